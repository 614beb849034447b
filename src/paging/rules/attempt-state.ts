import type { LadderState } from './ladder.js';

/** What the provider's adapter made of a send. */
interface Outcome {
  type: 'sent' | 'retry' | 'permanent' | 'unknown';
}

/** A receipt as the adapter reads it. */
interface Receipt {
  rank: number;
  type: 'in_progress' | 'delivered' | 'answered' | 'ended' | 'failed';
  failure?: { type: 'retry' | 'permanent' | 'unknown' };
}

interface Judged {
  state: LadderState;
  failure: 'retry' | 'permanent' | null;
  settledAt: Date | null;
  deadlineAt?: Date;
}

// A text without a receipt, or a call without an end, is given up for unknown after this long.
const deadlineMs = { sms: 30_000, voice: 120_000 } as const;

/** The attempt after the provider answered, or did not. */
export function afterSending(now: Date, channel: 'sms' | 'voice', outcome: Outcome): Judged {
  switch (outcome.type) {
    case 'sent': {
      const deadlineAt = new Date(now.getTime() + deadlineMs[channel]);
      return { state: 'handed', failure: null, settledAt: null, deadlineAt };
    }
    case 'retry':
    case 'permanent':
      return { state: 'failed', failure: outcome.type, settledAt: now };
    case 'unknown':
      return { state: 'unknown', failure: null, settledAt: now };
  }
}

/**
 * Its weight decides between receipts, so that any order of the same ones ends in the same state:
 * further progress first, then good news, then bad news that no retry will mend.
 */
export function receiptWeight(receipt: Receipt): number {
  const certainty = receipt.type !== 'failed' ? 3 : receipt.failure?.type === 'permanent' ? 2 : 1;
  return receipt.rank * 4 + certainty;
}

/** The attempt after a receipt that outweighs those before it. */
export function afterReceipt(now: Date, channel: 'sms' | 'voice', receipt: Receipt): Judged {
  switch (receipt.type) {
    case 'in_progress':
      return afterSending(now, channel, { type: 'sent' });
    case 'delivered':
      return { state: 'delivered', failure: null, settledAt: now };
    case 'answered':
      return { ...afterSending(now, channel, { type: 'sent' }), state: 'answered' };
    case 'ended':
      return { state: 'answered', failure: null, settledAt: now };
    case 'failed': {
      const permanent = receipt.failure?.type === 'permanent';
      const state = channel === 'sms' ? 'undelivered' : permanent ? 'failed' : 'no_answer';
      return { state, failure: permanent ? 'permanent' : 'retry', settledAt: now };
    }
  }
}
