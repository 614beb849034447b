/** How long before a gap opens an alarm about it speaks; `now` when it has opened. */
export type GapStage = '7 days' | '24 hours' | '1 hour' | 'now';

/** What happened to somebody's time on call by another's hand. */
export type NewsReason =
  | 'override_made'
  | 'override_withdrawn'
  | 'override_ended'
  | 'swap_requested'
  | 'swap_accepted'
  | 'swap_declined'
  | 'swap_withdrawn'
  | 'swap_expired'
  | 'swap_reconfirm'
  | 'swap_undone';

interface Stretch {
  /** The program's own name for its schedule; for `coverage_thin` that of the program. */
  schedule: string;
  /** IANA zone in which the times are told. */
  zone: string;
  /** RFC 3339, both. */
  from: string;
  to: string;
}

/**
 * `check_in`: somebody's shift begins, are they there; `stand_in`: the same of whoever was put in
 * for somebody who was not; `stood_in_for`: told to the one who was not.
 */
export type ShiftContent = Stretch &
  (
    | { reason: 'check_in' | 'stand_in' | 'stood_in_for' | 'going_on' }
    | { reason: 'going_off'; openCases: number }
  );

/** `standIn`: whether somebody else was found and is asked. */
export type WarningContent = Stretch &
  (
    | { reason: 'check_in_missed'; standIn: boolean }
    | { reason: 'coverage_gap'; stage: GapStage }
    | { reason: 'coverage_thin' }
  );

export type NewsContent = Stretch & { reason: NewsReason };

/** What a page about time on call may say. */
export type OnCallContent = ShiftContent | WarningContent | NewsContent;

export type OnCallReason = OnCallContent['reason'];

export const newsWords: Readonly<Record<NewsReason, string>> = {
  override_made: 'on-call change',
  override_withdrawn: 'on-call change undone',
  override_ended: 'on-call change is over early',
  swap_requested: 'shift swap asked for',
  swap_accepted: 'shift swap accepted',
  swap_declined: 'shift swap declined',
  swap_withdrawn: 'shift swap withdrawn',
  swap_expired: 'shift swap expired',
  swap_reconfirm: 'shift swap must be confirmed again',
  swap_undone: 'shift swap undone',
};

/** One that is found late is nearer than its stage. */
export const stageWords: Readonly<Record<GapStage, string>> = {
  '7 days': 'within 7 days',
  '24 hours': 'within 24 hours',
  '1 hour': 'within 1 hour',
  now: 'now',
};

const warnings: ReadonlySet<OnCallReason> = new Set([
  'check_in_missed',
  'coverage_gap',
  'coverage_thin',
]);

export const isNews = (content: OnCallContent): content is NewsContent =>
  Object.hasOwn(newsWords, content.reason);

export const isWarning = (content: OnCallContent): content is WarningContent =>
  warnings.has(content.reason);

export function openCasesWords(count: number): string {
  if (count === 0) return 'No open case is yours';
  return count === 1 ? '1 open case is still yours' : `${count} open cases are still yours`;
}
