/** What became of handing one text or call to the provider. Nothing above this reads its codes. */
export type SendOutcome =
  | { type: 'sent'; sid: string }
  | { type: 'retry'; code: string; detail: string }
  | { type: 'permanent'; code: string; reason: PermanentReason }
  /** It may have been sent: go on to the next channel and accept a duplicate. */
  | { type: 'unknown'; code: string };

/** Whose the fault is: the number, its owner's wish, our sender or its rules, or the account. */
type PermanentReason = 'bad_contact' | 'opted_out' | 'sender_or_policy' | 'account';

export type Failure = Exclude<SendOutcome, { type: 'sent' }>;

/** Twilio's error dictionary, https://www.twilio.com/docs/api/errors, by what to do next. */
const reasonOf: ReadonlyMap<number, PermanentReason> = new Map([
  ...entries('bad_contact', [21211, 21214, 21217, 21614, 30005, 30006]),
  ...entries('opted_out', [21610]),
  ...entries('sender_or_policy', [21408, 21606, 21611, 30007, 30034, 63038]),
  ...entries('account', [20003, 10001, 30002]),
]);

/** System errors after which certainly no byte of the request has left this machine. */
const neverLeft: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

function entries(reason: PermanentReason, codes: number[]): [number, PermanentReason][] {
  return codes.map((code) => [code, reason]);
}

/**
 * Decides what a failed request means: `status` is the HTTP status, `code` the provider's own,
 * `networkCode` the system's; null where there is none. An unlisted code is taken as passing.
 */
export function classifyFailure(
  status: number | null,
  code: number | null,
  networkCode: string | null,
): Failure {
  if (status === null) return classifyNetworkFailure(networkCode);
  if (code !== null) return classifyProviderCode(code, `http ${status}`);
  if (status === 401 || status === 403) {
    return { type: 'permanent', code: `http_${status}`, reason: 'account' };
  }
  return { type: 'retry', code: `http_${status}`, detail: `http ${status}` };
}

/** The provider's own code, as in an error answer or in a delivery receipt. */
export function classifyProviderCode(code: number, detail: string): Failure {
  const reason = reasonOf.get(code);
  return reason === undefined
    ? { type: 'retry', code: String(code), detail }
    : { type: 'permanent', code: String(code), reason };
}

function classifyNetworkFailure(networkCode: string | null): Failure {
  if (networkCode !== null && neverLeft.has(networkCode)) {
    return { type: 'retry', code: networkCode, detail: 'provider not reached' };
  }
  return { type: 'unknown', code: networkCode ?? 'no_answer' };
}
