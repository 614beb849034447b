import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loadWording } from '../../src/wording/load-wording.js';
import { foreignToGsm7, smsSegments } from '../../src/platform/telephony/rules/gsm7.js';
import { lint } from '../../src/wording/rules/lint.js';
import {
  fill,
  pickLanguage,
  problemsOf,
  type Language,
  type Sentences,
} from '../../src/wording/rules/sentences.js';
import { WordingConfig } from '../../src/wording/wording.config.js';
import { Wording } from '../../src/wording/wording.service.js';

const { folder } = new WordingConfig();
const shipped: Record<Language, Sentences> = {
  en: loadWording(folder, 'en'),
  es: loadWording(folder, 'es'),
};
const findingsOf = (language: Language, key: string, text: string): string[] =>
  lint(language, { ...shipped[language], [key]: text }).map((finding) =>
    finding.replace(`${language} ${key}: `, ''),
  );

describe('the shipped sentences', () => {
  it.each(['en', 'es'] as const)('in %s have every key and pass every check', (language) => {
    expect(problemsOf(shipped[language])).toEqual([]);
    expect(lint(language, shipped[language])).toEqual([]);
  });

  it('stop the start when a file lacks a sentence or says a banned phrase', () => {
    const broken = mkdtempSync(path.join(os.tmpdir(), 'wording-'));
    cpSync(folder, broken, { recursive: true });
    const file = path.join(broken, 'en.yaml');
    const text = readFileSync(file, 'utf8');

    writeFileSync(file, text.replace('  more: More options\n', ''));
    expect(() => loadWording(broken, 'en')).toThrow('screen.more: missing');

    writeFileSync(file, text.replace('More options', 'Please hold'));
    expect(() => loadWording(broken, 'en')).toThrow('en screen.more: says "please hold"');
  });
});

describe('saying a sentence', () => {
  const wording = new Wording(new WordingConfig());

  it('speaks the language of the person, and English where it does not know theirs', () => {
    expect(wording.say('es-MX', 'screen.button')).toBe('Necesito ayuda ahora');
    expect(wording.say('de', 'screen.button')).toBe('I need help now');
    expect(wording.say(null, 'screen.button')).toBe('I need help now');
  });

  it('fills in values and picks the word for one or many', () => {
    const values = { people: 2, minutes: 1, next: wording.say('en', 'role.supervisor') };
    expect(wording.say('en', 'screen.waiting', values)).toBe(
      'Still trying. We have tried 2 people in 1 minute. Next: the supervisor. ' +
        'This is not because of anything you did.',
    );
    expect(wording.say('es', 'screen.waiting', { ...values, people: 1 })).toContain(
      'En 1 minuto buscamos a 1 persona.',
    );
  });

  it('leaves a placeholder visible when its value is missing', () => {
    expect(fill('{brand}: {people|one|many}', {})).toBe('{brand}: {people|one|many}');
  });

  it('takes es and its regions for Spanish and anything else for English', () => {
    expect(['es', 'ES-419', ' es_MX ', 'est', 'en', '', '?'].map(pickLanguage)).toEqual([
      'es',
      'es',
      'es',
      'en',
      'en',
      'en',
      'en',
    ]);
  });
});

describe('checking the keys', () => {
  it('names what is missing, unknown or filled differently', () => {
    const { 'screen.more': _more, ...rest } = shipped.en;
    const found = { ...rest, 'screen.extra': 'x', 'screen.again': 'From {when}' };
    expect(problemsOf(found)).toEqual([
      'screen.extra: no such sentence',
      'screen.more: missing',
      'screen.again: has the placeholders (when), needs (time)',
    ]);
  });
});

describe('checking the words', () => {
  it.each([
    ['en', 'People who commit suicide', 'says "commit suicide"'],
    ['en', 'Calm Down now', 'says "calm down"'],
    ['en', 'Help is on the way', 'says "help is on the way"'],
    ['en', 'Your request was denied', 'says "denied"'],
    ['es', 'No te preocupes', 'says "no te preocupes"'],
    ['es', 'Cálmate', 'says "cálmate"'],
    ['es', 'Usted puede llamar', 'says "usted"'],
    ['en', 'We are here!', 'has an exclamation mark'],
    ['es', '¡Hola', 'has an exclamation mark'],
    ['en', 'We are here 🙂', 'has an emoji'],
    ['en', 'Reply STOP to end this talk', 'asks for "STOP", which carriers keep for themselves'],
    ['en', 'Reply YES', 'asks for "YES", which carriers keep for themselves'],
  ] as const)('refuses in %s: %s', (language, text, finding) => {
    expect(findingsOf(language, 'screen.more', text)).toEqual([finding]);
  });

  it('does not take part of a longer word for a banned one', () => {
    expect(findingsOf('en', 'screen.more', 'An addictive game, a haircutter')).toEqual([]);
  });

  it('refuses a text message with an accent that leaves GSM-7, or of two segments', () => {
    expect(findingsOf('es', 'sms.caring', 'Llama a la línea')).toEqual([
      'uses í, not in GSM-7: choose other words, keep the accents',
    ]);
    expect(findingsOf('en', 'sms.caring', `{brand}: ${'x'.repeat(150)}`)).toEqual([
      'takes 2 segments',
    ]);
  });

  it('lets the two messages name carrier words in which carriers demand them', () => {
    expect(findingsOf('en', 'sms.help', 'STOP ends texts.')).toEqual([]);
  });
});

describe('counting segments of a text message', () => {
  it.each([
    ['160 letters', 'a'.repeat(160), 1],
    ['161 letters', 'a'.repeat(161), 2],
    ['Spanish signs of GSM-7', 'ñ¿¡üé', 1],
    ['80 signs that count twice', '€'.repeat(80), 1],
    ['81 signs that count twice', '€'.repeat(81), 2],
    ['70 foreign signs', 'í'.repeat(70), 1],
    ['71 foreign signs', 'í'.repeat(71), 2],
  ])('of %s', (_what, text, segments) => {
    expect(smsSegments(text)).toBe(segments);
  });

  it('finds no foreign sign in any text of plain letters and digits', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9 .,:;?'()/&-]*$/), (text) => {
        expect(foreignToGsm7(text)).toEqual([]);
      }),
    );
  });
});
