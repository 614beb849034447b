export type LadderChannel = 'sms' | 'voice';

/** A way to reach the person; in the order in which they want it used. */
export interface LadderMethod {
  id: string;
  channel: LadderChannel;
  usable: boolean;
}

/** `handed`: the provider has it. `answered`: somebody, or a voicemail, picked up. */
export type LadderState =
  | 'started'
  | 'handed'
  | 'delivered'
  | 'undelivered'
  | 'answered'
  | 'no_answer'
  | 'failed'
  | 'unknown';

export interface LadderAttempt {
  id: string;
  channel: LadderChannel;
  methodId: string;
  state: LadderState;
  failure?: 'retry' | 'permanent' | null;
  at: Date;
  /** When it ended for good; not set while a receipt or a ringing phone is waited for. */
  finishedAt?: Date | null;
  /** Until when an answer of the provider is waited for; default by channel. */
  deadlineAt?: Date | null;
  /** The lost attempt that this one makes up for. */
  causedBy?: string | null;
}

export interface LadderTiming {
  voiceAfterMs: number;
  secondVoiceAfterMs: number;
  /** How long a text may go without a receipt before it no longer counts as heard. */
  smsDeadlineMs: number;
}

export const ladderTiming: LadderTiming = {
  voiceAfterMs: 15_000,
  secondVoiceAfterMs: 45_000,
  smsDeadlineMs: 30_000,
};

/** An attempt as it looks now. */
export interface JudgedAttempt extends LadderAttempt {
  /** When it ended or, by its deadline, counts as ended. */
  endsAt: number;
  /** Still with the provider, or on the line. */
  busy: boolean;
  /** Did not reach the person as far as we know: another has to make up for it. */
  lost: boolean;
}

/** Silence past the deadline: a request that began counts as unknown, a handed one as over. */
export function judge(now: Date, attempt: LadderAttempt, timing: LadderTiming): JudgedAttempt {
  const open = ['started', 'handed', 'answered'].includes(attempt.state) && !attempt.finishedAt;
  const endsAt = open ? deadlineOf(attempt, timing) : (attempt.finishedAt ?? attempt.at).getTime();
  const busy = open && endsAt > now.getTime();
  const state = attempt.state === 'started' && !busy ? 'unknown' : attempt.state;
  const lost = state === 'failed' || state === 'unknown' || state === 'undelivered';
  return { ...attempt, state, endsAt, busy, lost };
}

function deadlineOf({ at, channel, deadlineAt }: LadderAttempt, timing: LadderTiming): number {
  if (deadlineAt) return deadlineAt.getTime();
  return at.getTime() + (channel === 'sms' ? timing.smsDeadlineMs : timing.secondVoiceAfterMs);
}
