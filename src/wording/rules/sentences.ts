/**
 * Every sentence a participant can see or hear, with its placeholders.
 * Each language file has exactly these, so a missing translation stops the start.
 */
export const sentences = {
  'screen.button': [],
  'screen.accepted': [],
  'screen.call_emergency': ['number'],
  'screen.call_crisis': ['number'],
  'screen.call_crisis_key': ['number', 'key'],
  'screen.text_crisis': ['number'],
  'screen.text_crisis_keyword': ['keyword', 'number'],
  'screen.more': [],
  'screen.waiting': ['people', 'minutes', 'next'],
  'screen.your_plan': [],
  'screen.slow_breathing': [],
  'screen.safer_place': [],
  'screen.acknowledged': ['time'],
  'screen.exhausted': [],
  'screen.exhausted_backup': [],
  'screen.again': ['time'],
  'screen.again_noted': ['time'],
  'screen.withdrew': [],
  'screen.neutral': [],
  'screen.other_country': ['country'],
  'screen.exit': [],
  'role.on_call': [],
  'role.backup': [],
  'role.supervisor': [],
  'role.backstop': [],
  'help.title': [],
  'help.heading': [],
  'help.numbers_for': ['country'],
  'help.numbers_anywhere': [],
  'help.no_line_known': ['country'],
  'help.change': [],
  'help.country': [],
  'help.region': [],
  'help.show_also': [],
  'help.show': [],
  'help.youth': [],
  'help.veterans': [],
  'help.lgbtq': [],
  'help.deaf': [],
  'help.maternal': [],
  'help.substance': [],
  'help.dv': [],
  'help.child_protection': [],
  'help.poison': [],
  'help.disaster': [],
  'help.by_call': ['line'],
  'help.by_text': ['line'],
  'help.by_chat': ['line'],
  'help.by_web': ['line'],
  'help.by_videophone': ['line'],
  'help.by_relay': ['line'],
  'help.your_team': [],
  'help.one_tap': [],
  'help.unknown_program': [],
  'help.merged': [],
  'help.stay_safe': [],
  'help.breathe': [],
  'help.plan': [],
  'help.exit_limits': [],
  'help.fast_exit': [],
  'status.heading': [],
  'status.asked': ['time', 'minutes'],
  'status.asked_now': ['time'],
  'status.as_of': ['time'],
  'status.quiet': ['time'],
  'status.passed_on': ['next'],
  'status.attempted': ['time', 'until'],
  'status.in_contact': [],
  'status.over': [],
  'status.check_again': [],
  'status.try_again': [],
  'status.ask_again': [],
  'status.ask_again_note': [],
  'status.ok_now': [],
  'status.ok_now_note': [],
  'status.reach_heading': [],
  'status.optional': [],
  'status.phone': [],
  'status.has_phone': [],
  'status.safe': [],
  'status.safe_call': [],
  'status.safe_text': [],
  'status.safe_voicemail': [],
  'status.where_heading': [],
  'status.address': [],
  'status.send': [],
  'status.saved': [],
  'status.nothing_said': [],
  'status.number_needed': [],
  'status.place_saved': [],
  'status.thanks': [],
  'status.exit_limits': [],
  'status.too_fast': [],
  'status.unknown': [],
  'status.unavailable': [],
  'status.not_saved': [],
  'plan.warning_signs': [],
  'plan.internal_coping': [],
  'plan.people_and_places': [],
  'plan.people_to_ask': [],
  'plan.professionals': [],
  'plan.safer_surroundings': [],
  'answer.accepted': [],
  'answer.again': ['time'],
  'answer.again_noted': ['time'],
  'answer.neutral': [],
  'answer.unverified': [],
  'answer.unverified_many': [],
  'answer.spooled': [],
  'answer.not_stored': [],
  'answer.not_found': [],
  'answer.not_understood': [],
  'answer.went_wrong': [],
  'sms.ack': ['brand', 'emergency', 'crisis'],
  'sms.still': ['brand', 'crisis', 'emergency'],
  'sms.taken': ['brand', 'masked', 'crisisNumber', 'emergency'],
  'sms.missed': ['brand', 'masked', 'emergency', 'crisis'],
  'sms.help': ['brand', 'crisis', 'emergency'],
  'sms.stop': ['brand', 'crisis'],
  'sms.caring': ['brand', 'crisisNumber'],
  'sms.discreet': ['emergency', 'crisis'],
  'sms.resources': ['brand', 'emergency', 'crisis'],
  'sms.resources_text': ['brand', 'emergency', 'crisis', 'textLine'],
  'sms.resources_anywhere': ['brand', 'directory'],
  'sms.keyword': ['keyword', 'number'],
  'sms.not_matched': ['emergency', 'crisis'],
  'sms.not_matched_anywhere': ['directory'],
  'voice.resources': ['emergency', 'crisis'],
  'voice.resources_anywhere': ['directory'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type SentenceKey = keyof typeof sentences;
export type ValuesOf<K extends SentenceKey> = Readonly<
  Record<(typeof sentences)[K][number], string | number>
>;
export type Language = 'en' | 'es';

/** All sentences of one language by key. */
export type Sentences = Readonly<Record<SentenceKey, string>>;

const isSentenceKey = (key: string): key is SentenceKey => Object.hasOwn(sentences, key);

/** What a file lacks, has too much, or says with other placeholders; one sentence each. */
export function problemsOf(found: Readonly<Record<string, string>>): string[] {
  const unknown = Object.keys(found).filter((key) => !isSentenceKey(key));
  return [
    ...unknown.map((key) => `${key}: no such sentence`),
    ...Object.entries(sentences).flatMap(([key, expected]) => {
      const text = found[key];
      if (text === undefined) return [`${key}: missing`];
      const [has, needs] = [namesIn(text), [...expected].sort()].map((names) => names.join(', '));
      return has === needs ? [] : [`${key}: has the placeholders (${has}), needs (${needs})`];
    }),
  ];
}

/** `{name}`, or `{name|one|other}` for a word that depends on the number. */
const placeholder = /\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}/g;

function namesIn(text: string): string[] {
  return [...new Set([...text.matchAll(placeholder)].map(([, name]) => String(name)))].sort();
}

/** Fills the placeholders; one without a value stays visible, so that tests and eyes find it. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(placeholder, (whole, name: string, one?: string, other?: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    if (one === undefined || other === undefined) return String(value);
    return Number(value) === 1 ? one : other;
  });
}

/** The language of a BCP 47 tag among those we speak; English for any other. */
export function pickLanguage(stated: string | null | undefined): Language {
  return /^\s*es(?:[-_]|\s*$)/i.test(stated ?? '') ? 'es' : 'en';
}
