import { septets } from '../../platform/telephony/rules/gsm7.js';

/** What a page asks for; `owner_asked_again` goes to whoever already has the case. */
export type PageReason =
  | 'step'
  | 'wider'
  | 'asked_again'
  | 'owner_asked_again'
  | 'lease_warning'
  | 'reminder'
  | 'unattended'
  | 'hand_over'
  | 'hand_over_open'
  | 'still_yours'
  | 'alarm';

/** All that a page may say: nothing here names or describes a participant. */
export interface PageWords {
  acuity: 'EMERGENT' | 'URGENT' | 'PRIORITY' | 'ROUTINE';
  ref: string;
  /** From 0; `steps` is the backstop. */
  step: number;
  steps: number;
  waitingSeconds: number;
  code: string;
  link: string;
  reason: PageReason;
}

const onlyTells: ReadonlySet<PageReason> = new Set([
  'owner_asked_again',
  'lease_warning',
  'reminder',
  'unattended',
  'still_yours',
]);

/** Whether a page is there to be taken or passed; the others tell what is left to do. */
export const asksToTake = (reason: PageReason): boolean => !onlyTells.has(reason);

const segmentSeptets = 160;

/**
 * One GSM-7 segment with a link of up to 82 characters; a longer link is left out, since the code
 * alone still takes the case. Never a word that carriers act on, such as STOP or HELP.
 */
export function smsPageText(words: PageWords): string {
  const { link } = words;
  const full = `${fullText(words)} ${link}`;
  if (fits(full)) return full;
  const short = `${shortText(words)} ${link}`;
  return fits(short) ? short : shortText(words);
}

function fullText(words: PageWords): string {
  const { acuity, ref, code } = words;
  const [situation, ask] = smsWords[words.reason];
  return `ONCALL ${acuity} ${ref} ${situation(words)}. ${ask(code)}`;
}

function shortText(words: PageWords): string {
  const { acuity, ref, code, reason } = words;
  const [, ask, brief] = smsWords[reason];
  return `ONCALL ${acuity} ${ref} ${brief(words)}. ${ask(code)}`;
}

type Say = (words: PageWords) => string;
type Ask = (code: string) => string;

const reply: Ask = (code) => `Reply ${code} to take, ${code} N to pass.`;
const log: Ask = () => 'Log it:';
const look: Ask = () => 'Please look:';

const smsWords: Record<PageReason, readonly [situation: Say, ask: Ask, brief: Say]> = {
  step: [(words) => `${stepOf(words)} ${waiting(words)}`, reply, position],
  wider: [(words) => `${stepOf(words)} ${waiting(words)}, not yet taken`, reply, position],
  asked_again: [(words) => `asked again, ${waiting(words)}`, reply, () => 'asked again'],
  owner_asked_again: [() => 'is yours: they asked again, please call', log, () => 'asked again'],
  lease_warning: [
    () => 'is yours: nothing new is logged, soon it goes to others',
    log,
    () => 'nothing logged',
  ],
  reminder: [() => 'is yours and still open', log, () => 'still open'],
  unattended: [() => 'is open and nobody has logged anything new', look, () => 'unattended'],
  hand_over: [() => 'is offered to you', reply, () => 'offered to you'],
  hand_over_open: [() => 'ALARM: nobody has accepted its hand-over', reply, () => 'ALARM'],
  still_yours: [
    () => 'is still yours: nobody has accepted the hand-over',
    look,
    () => 'still yours',
  ],
  alarm: [() => 'ALARM: nobody has taken it', reply, () => 'ALARM'],
};

function stepOf({ step, steps }: PageWords): string {
  return step < steps ? `step ${step + 1}/${steps}` : 'backup';
}

function position(words: PageWords): string {
  const { step, steps } = words;
  return `${step < steps ? `${step + 1}/${steps}` : 'backup'} ${elapsed(words)}`;
}

function waiting(words: PageWords): string {
  return `waiting ${elapsed(words)}`;
}

/** Minutes and seconds; whole hours from one hundred minutes on. */
function elapsed({ waitingSeconds }: PageWords): string {
  const minutes = Math.floor(waitingSeconds / 60);
  if (minutes >= 100) return `${Math.min(Math.floor(minutes / 60), 999)} h`;
  return `${minutes}:${String(Math.floor(waitingSeconds) % 60).padStart(2, '0')}`;
}

function fits(text: string): boolean {
  const count = septets(text);
  return count !== null && count <= segmentSeptets;
}

/** What a ringing page says: as little as the text, spelled so that it can be understood. */
export function voicePageText({
  acuity,
  ref,
  reason,
}: Pick<PageWords, 'acuity' | 'ref' | 'reason'>): string {
  const spelled = ref.split('').join(' ');
  return `On-call page, ${acuity.toLowerCase()}, case ${spelled}. ${voiceWords[reason]} ${again}`;
}

const again = 'To hear this again press 9.';
const keys = 'To take it press 1. To pass press 2.';
const open = 'Please sign in and log what was done.';

const voiceWords: Record<PageReason, string> = {
  step: keys,
  wider: `It is not yet taken. ${keys}`,
  asked_again: `They asked again. ${keys}`,
  owner_asked_again: `This case is yours. They asked again. Please call them. ${open}`,
  lease_warning: `This case is yours. Nothing new is logged. Soon it goes to others. ${open}`,
  reminder: `This case is yours and still open. ${open}`,
  unattended: 'It is open and nobody has logged anything new. Please sign in and look.',
  hand_over: `It is offered to you. ${keys}`,
  hand_over_open: `This is an alarm. Nobody has accepted the hand-over of the case. ${keys}`,
  still_yours:
    'This case is still yours. Nobody has accepted the hand-over. Please sign in and look.',
  alarm: `This is an alarm. Nobody has taken the case. ${keys}`,
};
