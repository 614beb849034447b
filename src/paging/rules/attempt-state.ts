import type { LadderState } from './ladder.js';

type Channel = 'sms' | 'voice';

/** What the provider's adapter made of a send. */
interface Outcome {
  type: 'sent' | 'retry' | 'permanent' | 'unknown';
}

/** A receipt as the adapter reads it. */
type Receipt = { rank: number } & (
  | { type: 'in_progress' | 'delivered' | 'answered' | 'ended' }
  | { type: 'failed'; failure: { type: 'retry' | 'permanent' | 'unknown' } }
);

interface Judged {
  state: LadderState;
  failure: 'retry' | 'permanent' | null;
  settledAt: Date | null;
  deadlineAt?: Date;
}

/** The weightiest receipt seen so far. */
interface Known {
  rank: number;
  providerStatus: string | null;
}

/**
 * How long the provider's silence is waited for: a text's receipt, the end of the ringing (15 s,
 * the provider adds 5), the end of a call that was answered, the last words after a key.
 */
const silenceMs = { sms: 30_000, ringing: 30_000, talking: 120_000, farewell: 20_000 } as const;

/** A phone that rang, or was busy, is no defect: the next call comes in its own time. */
const notTaken: ReadonlySet<string> = new Set(['busy', 'no-answer', 'canceled']);

/** The attempt after the provider answered, or did not. */
export function afterSending(now: Date, channel: Channel, outcome: Outcome): Judged {
  switch (outcome.type) {
    case 'sent':
      return waitingFor(now, 'handed', channel === 'sms' ? silenceMs.sms : silenceMs.ringing);
    case 'retry':
    case 'permanent':
      return { state: 'failed', failure: outcome.type, settledAt: now };
    case 'unknown':
      return { state: 'unknown', failure: null, settledAt: now };
  }
}

/**
 * The attempt after one more receipt; null when that says less than was known. Further progress
 * weighs most, then good news, then bad news that no retry will mend, and between equals the name
 * of the status: so that any order of the same receipts ends in the same state.
 */
export function afterReceipt(
  now: Date,
  channel: Channel,
  known: Known,
  status: string,
  receipt: Receipt,
): (Judged & Known) | null {
  const rank = weightOf(receipt);
  const lighter =
    rank < known.rank || (rank === known.rank && status <= (known.providerStatus ?? ''));
  if (receipt.rank === 0 || lighter) return null;
  return { ...judgedBy(now, channel, status, receipt), rank, providerStatus: status };
}

/**
 * Whether a receipt only says that all goes its way. It is news while a call's own name is unknown,
 * and after the attempt was given up.
 */
export function isRoutine(channel: Channel, state: LadderState, { type }: Receipt): boolean {
  if (type !== 'in_progress' || state === 'unknown') return false;
  return channel === 'sms' || state !== 'started';
}

function weightOf(receipt: Receipt): number {
  if (receipt.type !== 'failed') return receipt.rank * 4 + 3;
  return receipt.rank * 4 + (receipt.failure.type === 'permanent' ? 2 : 1);
}

function judgedBy(now: Date, channel: Channel, status: string, receipt: Receipt): Judged {
  switch (receipt.type) {
    case 'in_progress':
      return afterSending(now, channel, { type: 'sent' });
    case 'delivered':
      return { state: 'delivered', failure: null, settledAt: now };
    case 'answered':
      return waitingFor(now, 'answered', silenceMs.talking);
    case 'ended':
      return { state: 'answered', failure: null, settledAt: now };
    case 'failed': {
      const failure = receipt.failure.type === 'permanent' ? 'permanent' : 'retry';
      const rang = channel === 'voice' && failure === 'retry' && notTaken.has(status);
      return { state: rang ? 'no_answer' : 'undelivered', failure, settledAt: now };
    }
  }
}

/** A key was pressed in the call: it goes on for its last words only. */
export function afterKey(now: Date): Judged & { deadlineAt: Date } {
  return waitingFor(now, 'answered', silenceMs.farewell);
}

/** Nothing was heard in time. A call that somebody answered stays answered. */
export function afterSilence(now: Date, { state }: { state: LadderState }): Judged {
  return { state: state === 'answered' ? state : 'unknown', failure: null, settledAt: now };
}

/**
 * When an attempt of a withdrawn page needs a look: a call is hung up at once, a text only has its
 * receipt waited for; null when it has ended.
 */
export function leftBehindAt(
  now: Date,
  attempt: { channel: Channel; settledAt: Date | null; deadlineAt: Date },
): Date | null {
  if (attempt.settledAt !== null) return null;
  return attempt.channel === 'voice' ? now : attempt.deadlineAt;
}

function waitingFor(now: Date, state: LadderState, ms: number): Judged & { deadlineAt: Date } {
  const deadlineAt = new Date(now.getTime() + ms);
  return { state, failure: null, settledAt: null, deadlineAt };
}
