import { CryptoConfig } from '../../../src/platform/crypto/crypto.config.js';
import { BlindIndex } from '../../../src/platform/crypto/blind-index.js';
import type { ProviderRequest } from '../../../src/phone-lab/network/lab-log.js';
import { keyBytes } from '../service/environment.js';
import type { AttemptEvidence, Evidence, EventEvidence } from './evidence.js';

const index = new BlindIndex(new CryptoConfig([], keyBytes('index')));
/** Whatever the clocks of the lab and of the database are apart. */
const clocksApartMs = 500;
const quietAfterMs = 2_000;

const sends = ({ requests }: Evidence): ProviderRequest[] =>
  requests.filter(({ operation }) => operation === 'CreateMessage' || operation === 'CreateCall');

const param = ({ params }: ProviderRequest, name: string): string => String(params[name] ?? '');

const nonceOf = (request: ProviderRequest): string =>
  /([\w-]+)(?:[?#].*)?$/.exec(param(request, 'StatusCallback'))?.[1] ?? '';

/** I9: nothing is asked of the provider that was not written down before, and nothing twice. */
export function writtenAhead(evidence: Evidence): string[] {
  const attempts = new Map(evidence.attempts.map((attempt) => [attempt.nonce, attempt]));
  const used = new Set<string>();
  return sends(evidence).flatMap((request) => {
    const nonce = nonceOf(request);
    const attempt = attempts.get(nonce);
    if (!attempt) return [`I9 request ${request.id} has no attempt`];
    if (used.has(nonce)) return [`I9 attempt ${attempt.id} was sent twice`];
    used.add(nonce);
    const wrote = evidence.time.onTheWall(attempt.startedAt);
    const ahead = wrote <= Date.parse(request.at) + clocksApartMs;
    return ahead ? [] : [`I9 attempt ${attempt.id} was written after its request`];
  });
}

/** I10: of a page, each claim has a higher epoch than all before. */
export function fenced({ pages, attempts }: Evidence): string[] {
  return pages.flatMap(({ id, leaseEpoch }) => {
    const epochs = attempts.filter(({ pageId }) => pageId === id).map(({ epoch }) => epoch);
    const rising = epochs.every((epoch, at) => at === 0 || epoch > epochs[at - 1]!);
    const newest = epochs.at(-1) ?? 0;
    return rising && newest <= leaseEpoch ? [] : [`I10 the epochs of page ${id} do not rise`];
  });
}

/** I13: whoever has taken a case ends the pages for it. Ordered by the case's own record. */
export function quietAfterTake(evidence: Evidence): string[] {
  const takes = evidence.events.filter(({ action }) => action === 'case.acknowledged');
  return takes.flatMap((take) => {
    const own = evidence.events.filter(({ stream }) => stream === take.stream);
    const before = own.filter(({ seq }) => seq < take.seq);
    const paged = new Set(
      before.filter(({ action }) => action === 'page.queued').map(({ subjectRef }) => subjectRef),
    );
    const claims = own.filter(
      ({ action, seq, subjectRef }) =>
        action === 'attempt.started' && seq > take.seq && paged.has(subjectRef),
    );
    return [
      ...claims.map(
        ({ body }) => `I13 attempt ${String(body['attemptId'])} began after the case was taken`,
      ),
      ...lateRequests(evidence, take, paged),
    ];
  });
}

function lateRequests(
  evidence: Evidence,
  take: EventEvidence,
  paged: ReadonlySet<string | null>,
): string[] {
  const ours = new Map(
    evidence.attempts.filter(({ pageId }) => paged.has(pageId)).map((one) => [one.nonce, one]),
  );
  const until = evidence.time.onTheWall(take.at) + quietAfterMs;
  const late = sends(evidence).filter(
    (request) => ours.has(nonceOf(request)) && Date.parse(request.at) > until,
  );
  return late.map(({ id }) => `I13 request ${id} was made long after the case was taken`);
}

const ranks: Record<string, string[]> = {
  sms: ['queued', 'accepted', 'scheduled', 'sending', 'sent', 'delivered'],
  voice: ['queued', 'ringing', 'in-progress', 'completed'],
};
const alsoLast = new Set(['undelivered', 'failed', 'canceled', 'busy', 'no-answer']);

function rankOf({ channel }: AttemptEvidence, status: string | null): number {
  const order = ranks[channel] ?? [];
  if (status === 'initiated') return 0;
  if (status === 'answered') return order.indexOf('in-progress');
  return status !== null && alsoLast.has(status) ? order.length - 1 : order.indexOf(status ?? '');
}

/** Receipts that say nothing of the attempt they were sent to. */
const notOurs = new Set(['ignored_foreign', 'ignored_unknown', 'orphan']);

/** I15: what is known of an attempt only ever grows, in whatever order it was told. */
export function monotone({ attempts, receipts, events }: Evidence): string[] {
  return attempts.flatMap((attempt) => {
    const told = receipts.filter(
      ({ kind, nonce, outcome }) =>
        kind === 'receipt' && nonce === attempt.nonce && !notOurs.has(outcome),
    );
    const last = (ranks[attempt.channel] ?? []).length - 1;
    const known = told
      .map(({ params, outcome }) => ({
        rank: rankOf(attempt, params['MessageStatus'] ?? params['CallStatus'] ?? null),
        onlyNoted: outcome === 'noted',
      }))
      // What is still on its way changes nothing, so it need not be taken over.
      .filter(({ rank, onlyNoted }) => !onlyNoted || rank === last)
      .map(({ rank }) => rank);
    const applied = events
      .filter(({ action, body }) => {
        return action === 'attempt.received_receipt' && body['attemptId'] === attempt.id;
      })
      .map(({ body }) => rankOf(attempt, String(body['status'])));
    const fell = applied.some((rank, at) => at > 0 && rank < applied[at - 1]!);
    const final = rankOf(attempt, attempt.providerStatus);
    // That it is queued is known without being told.
    if (!fell && Math.max(0, final) >= Math.max(0, ...known, ...applied)) return [];
    return [
      `I15 attempt ${attempt.id} is ${attempt.providerStatus}, which is less than it was told`,
    ];
  });
}

/** I23: only numbers that their owners proved to be theirs. */
export function knownNumbers(evidence: Evidence): string[] {
  const { methods, time } = evidence;
  const strange = sends(evidence).filter((request) => {
    const address = index.of('staff.phone', param(request, 'To'));
    const at = Date.parse(request.at);
    return !methods.some(
      ({ addressIndex, verifiedAt, disabledAt }) =>
        addressIndex.equals(address) &&
        verifiedAt !== null &&
        time.onTheWall(verifiedAt) <= at + clocksApartMs &&
        (disabledAt === null || time.onTheWall(disabledAt) + quietAfterMs >= at),
    );
  });
  return strange.map(({ id }) => `I23 request ${id} went to a number nobody verified`);
}

/** I27: the person in need or a clinician dials them, never we. */
export function noEmergencyNumber(evidence: Evidence): string[] {
  const short = sends(evidence).filter((one) => !/^\+\d{8,15}$/.test(param(one, 'To')));
  return short.map(({ id }) => `I27 request ${id} went to an emergency number or a short code`);
}
