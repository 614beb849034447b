import { classifyProviderCode, type Failure } from './send-outcome.js';

/**
 * What a status callback says. `rank` rises with progress: a receipt with a lower rank than one
 * already seen came late. None of them says that a human has taken anything.
 */
export type Receipt = { rank: number } & (
  | { type: 'in_progress' }
  | { type: 'delivered' }
  | { type: 'answered' }
  | { type: 'ended' }
  | { type: 'failed'; failure: Failure }
);

export type ReceiptChannel = 'sms' | 'voice';

const smsRanks: ReadonlyMap<string, number> = new Map([
  ['queued', 1],
  ['accepted', 2],
  ['scheduled', 3],
  ['sending', 4],
  ['sent', 5],
  ['delivered', 6],
  ['undelivered', 6],
  ['failed', 6],
  ['canceled', 6],
]);

const voiceRanks: ReadonlyMap<string, number> = new Map([
  ['queued', 1],
  ['initiated', 1],
  ['ringing', 2],
  ['in-progress', 3],
  ['answered', 3],
  ['completed', 4],
  ['busy', 4],
  ['no-answer', 4],
  ['failed', 4],
  ['canceled', 4],
]);

const noReceipt: Receipt = { rank: 0, type: 'in_progress' };

/** Reads one receipt. A status that is not known has rank 0 and moves nothing. */
export function receiptClass(
  channel: ReceiptChannel,
  status: string,
  errorCode: number | null,
): Receipt {
  const rank = (channel === 'sms' ? smsRanks : voiceRanks).get(status);
  if (rank === undefined) return noReceipt;

  switch (status) {
    case 'delivered':
      return { rank, type: 'delivered' };
    case 'in-progress':
    case 'answered':
      return { rank, type: 'answered' };
    case 'completed':
      return { rank, type: 'ended' };
    case 'undelivered':
    case 'failed':
    case 'canceled':
    case 'busy':
    case 'no-answer':
      return { rank, type: 'failed', failure: failureOf(status, errorCode) };
    default:
      return { rank, type: 'in_progress' };
  }
}

function failureOf(status: string, errorCode: number | null): Failure {
  return errorCode === null
    ? { type: 'retry', code: status, detail: status }
    : classifyProviderCode(errorCode, status);
}
