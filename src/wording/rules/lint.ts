import { foreignToGsm7, smsSegments } from '../../platform/telephony/rules/gsm7.js';
import { fill, type Language, type SentenceKey, type Sentences } from './sentences.js';

/** Words that blame, threaten, belittle or promise what nobody can keep. */
const banned: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'commit suicide',
    'committed suicide',
    'successful attempt',
    'failed attempt',
    'attention-seeking',
    'attention seeking',
    'manipulative',
    'non-compliant',
    'noncompliant',
    'cutter',
    'addict',
    'relapse',
    'failure',
    'promise me',
    'contract for safety',
    'calm down',
    "don't worry",
    'do not worry',
    'everything will be fine',
    'at least',
    'think of your family',
    'always watching',
    'help is on the way',
    'your call is important',
    'please hold',
    'denied',
    'blocked',
    'invalid request',
  ],
  es: [
    'cometer suicidio',
    'cometió suicidio',
    'intento exitoso',
    'intento fallido',
    'llamar la atención',
    'manipulador',
    'manipuladora',
    'adicto',
    'adicta',
    'recaída',
    'fracaso',
    'prométeme',
    'contrato de seguridad',
    'cálmate',
    'no te preocupes',
    'todo va a estar bien',
    'todo estará bien',
    'al menos',
    'por lo menos',
    'piensa en tu familia',
    'siempre te vigilamos',
    'la ayuda está en camino',
    'tu llamada es importante',
    'espera en línea',
    'denegado',
    'bloqueado',
    'solicitud inválida',
    // The files say "tú"; mixing both forms of address reads as two different senders.
    'usted',
  ],
};

/** Carriers act on these words themselves, so no conversation may ask for them. */
const carrierWords = /\b(STOP|END|CANCEL|QUIT|UNSUBSCRIBE|YES|START|UNSTOP|HELP|INFO)\b/;
/** The two messages in which carriers demand them. */
const mayNameCarrierWords: ReadonlySet<string> = new Set(['sms.help', 'sms.stop']);

/**
 * The longest values a text message has to hold: a brand of 9 signs, a number of 12. Whether the
 * lines of every country fit is checked beside the directory.
 */
const longest = {
  brand: 'Handrails',
  masked: '202-555-0100',
  emergency: '911',
  crisisNumber: '988',
  keyword: 'SHOUT',
  number: '85258',
  directory: 'findahelpline.com',
};
const crisis: Readonly<Record<Language, string>> = { en: '988', es: '988 (marca 2)' };
const textLine: Readonly<Record<Language, string>> = { en: 'SHOUT to 85258', es: 'SHOUT al 85258' };

/** Everything in one language that must not reach a participant; one sentence each. */
export function lint(language: Language, texts: Sentences): string[] {
  return Object.entries(texts).flatMap(([key, text]) =>
    [
      ...phraseProblems(language, text),
      ...signProblems(text),
      ...(mayNameCarrierWords.has(key) ? [] : carrierProblems(text)),
      ...(isSms(key) ? smsProblems(language, text) : []),
    ].map((problem) => `${language} ${key}: ${problem}`),
  );
}

const isSms = (key: string): key is SentenceKey => key.startsWith('sms.');

function phraseProblems(language: Language, text: string): string[] {
  return banned[language]
    .filter((phrase) => new RegExp(`(?<!\\p{L})${phrase}(?!\\p{L})`, 'iu').test(text))
    .map((phrase) => `says "${phrase}"`);
}

function signProblems(text: string): string[] {
  return [
    ...(/[!¡]/.test(text) ? ['has an exclamation mark'] : []),
    ...(/\p{Extended_Pictographic}/u.test(text) ? ['has an emoji'] : []),
  ];
}

function carrierProblems(text: string): string[] {
  const word = carrierWords.exec(text)?.[1];
  return word === undefined ? [] : [`asks for "${word}", which carriers keep for themselves`];
}

function smsProblems(language: Language, text: string): string[] {
  const sent = fill(text, {
    ...longest,
    crisis: crisis[language],
    textLine: textLine[language],
  });
  const foreign = foreignToGsm7(sent);
  if (foreign.length > 0)
    return [`uses ${foreign.join(' ')}, not in GSM-7: choose other words, keep the accents`];
  const segments = smsSegments(sent);
  return segments === 1 ? [] : [`takes ${segments} segments`];
}
