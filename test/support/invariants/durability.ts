import type { Evidence, EventEvidence, FlagEvidence } from './evidence.js';

/** I1: every answer that names a flag names one that is there, once, with its one event. */
export function durable({ posted, flags, events }: Evidence): string[] {
  const stored = new Map(flags.map((flag) => [flag.id, flag]));
  const answered = posted.filter(({ answer }) => answer.status >= 200 && answer.status < 300);
  const lost = answered.filter(({ answer }) => !stored.has(answer.body.flag?.id));
  const arrivals = events.filter(({ action }) => arrival.has(action));
  const wrong = flags.filter(
    ({ id }) => arrivals.filter(({ stream }) => stream === `flag:${id}`).length !== 1,
  );
  return [
    ...lost.map(({ answer }) => `I1 flag ${answer.body.flag?.id} was answered and is not stored`),
    ...wrong.map(({ id }) => `I1 flag ${id} has not exactly one event of its arrival`),
  ];
}

const arrival = new Set(['flag.raised', 'flag.joined', 'flag.unverified']);

/** I2: the flag, its case, its first page and their events were one transaction. */
export function atomic(evidence: Evidence): string[] {
  const opened = evidence.flags.filter(({ joinedAs }) => joinedAs === 'opened');
  return opened.flatMap((flag) => atomicOne(evidence, flag));
}

function atomicOne({ events }: Evidence, flag: FlagEvidence): string[] {
  const raised = events.find(({ stream }) => stream === `flag:${flag.id}`);
  if (!raised) return [`I2 flag ${flag.id} has no event`];
  const together = events.filter(({ xid }) => xid === raised.xid);
  const opening = together.find((event) => isOf(event, flag.caseId, 'case.opened'));
  const problems: string[] = [];
  if (flag.mergedCount === 0 && flag.xmin !== raised.xid) {
    problems.push(`I2 flag ${flag.id} and its event are of different transactions`);
  }
  if (!opening) problems.push(`I2 flag ${flag.id} and its case are of different transactions`);
  const alerted = together.some(
    (event) =>
      isOf(event, flag.caseId, 'page.queued') ||
      (event.action === 'alarm.opened' && event.subjectRef === flag.caseId),
  );
  if (!alerted && opening?.body['reason'] !== 'quiet_hours') {
    problems.push(`I2 flag ${flag.id} was committed without its first page`);
  }
  return problems;
}

const isOf = (event: EventEvidence, caseId: string | null, action: string): boolean =>
  event.stream === `case:${caseId}` && event.action === action;

/** I3: one flag for one key and body, however often it was sent. */
export function idempotent({ posted, flags }: Evidence): string[] {
  const problems: string[] = [];
  const ids = new Map<string, string>();
  for (const { key, idempotencyKey, sent, answer } of posted) {
    const id = answer.body.flag?.id;
    if (idempotencyKey === null || id === undefined) continue;
    const same = JSON.stringify([key, idempotencyKey, sent]);
    const before = ids.get(same) ?? id;
    ids.set(same, before);
    if (before !== id)
      problems.push(`I3 key ${idempotencyKey} was answered as ${before} and ${id}`);
  }
  const keys = flags.flatMap(({ clientId, idempotencyKey }) =>
    idempotencyKey === null ? [] : `${idempotencyKey} of ${clientId}`,
  );
  const twice = keys.filter((key, at) => keys.indexOf(key) !== at);
  return [...problems, ...twice.map((key) => `I3 key ${key} is stored twice`)];
}

/** I4: a flag with a good key is never refused, but for one in flight that was taken later. */
export function neverRefused({ posted, integrationKey }: Evidence): string[] {
  const own = posted.filter(({ key }) => key === integrationKey);
  const refused = own.filter(({ answer: { status }, idempotencyKey }) => {
    if (status < 400 || status > 499) return false;
    const resolved = own.some(
      (other) => other.idempotencyKey === idempotencyKey && other.answer.status < 300,
    );
    return status !== 409 || idempotencyKey === null || !resolved;
  });
  return refused.map(({ answer }) => `I4 a flag was refused with ${answer.status}`);
}

/** I5: help in every answer. */
export function resourcesAlways({ posted }: Evidence): string[] {
  const bare = posted.filter(({ answer }) => !(answer.body.resources?.length > 0));
  return bare.map(({ answer }) => `I5 an answer ${answer.status} held no resources`);
}
