import {
  afterReceipt,
  afterSending,
  afterSilence,
} from '../../../src/paging/rules/attempt-state.js';
import { receiptClass } from '../../../src/platform/telephony/receipt.js';
import type {
  AlarmEvidence,
  AttemptEvidence,
  CaseEvidence,
  Evidence,
  EventEvidence,
  PageEvidence,
} from './evidence.js';

/** I26: what stands in the tables is what the events come to, one after the other. */
export function foldedEvents(evidence: Evidence): string[] {
  const { cases, pages, attempts, alarms } = evidence;
  return [
    ...cases.flatMap((one) => asEvents(`case ${one.id}`, whatCaseIs(one), foldCase(evidence, one))),
    ...pages.flatMap((one) => pageAsEvents(evidence, one)),
    ...attempts.flatMap((one) => attemptAsEvents(evidence, one)),
    ...alarms.flatMap((one) =>
      asEvents(`alarm ${one.id}`, whatAlarmIs(one), foldAlarm(evidence, one)),
    ),
  ];
}

function asEvents(what: string, is: unknown, said: unknown): string[] {
  const [row, events] = [JSON.stringify(is), JSON.stringify(said)];
  return row === events ? [] : [`I26 ${what} is ${row} and by its events ${events}`];
}

function whatCaseIs({ state, acuity, step, round, ownerId, dueAt }: CaseEvidence): unknown[] {
  return [state, acuity, step, round, ownerId, dueAt?.toISOString() ?? null];
}

function foldCase({ events }: Evidence, { id }: CaseEvidence): unknown[] {
  const stream = `case:${id}`;
  const last = events.findLast((event) => event.stream === stream && 'to' in event.body);
  const fields = ['to', 'acuity', 'step', 'round', 'ownerId', 'dueAt'];
  return fields.map((field) => last?.body[field]);
}

const whatAlarmIs = ({ repeats, takenAt }: AlarmEvidence): unknown[] => [repeats, takenAt];

function foldAlarm({ events }: Evidence, { id }: AlarmEvidence): unknown[] {
  const own = events.filter(({ body }) => body['alarmId'] === id);
  const repeated = own.filter(({ action }) => action === 'alarm.repeated');
  const taken = own.find(({ action }) => action === 'alarm.taken');
  return [repeated.length, taken?.at ?? null];
}

function pageAsEvents({ events }: Evidence, page: PageEvidence): string[] {
  const own = events.filter(({ subjectRef }) => subjectRef === page.id);
  const started = own.filter(({ action }) => action === 'attempt.started');
  const answered = own.filter(({ body }) => 'outcome' in body && 'attemptId' in body);
  const last = started.at(-1)?.body['attemptId'];
  const underWay = started.length > 0 && !answered.some(({ body }) => body['attemptId'] === last);
  const isWithdrawn = own.some(({ action }) => action === 'page.withdrawn');
  const fits: Record<string, boolean> = {
    queued: !isWithdrawn && started.length === 0,
    sending: !isWithdrawn && underWay,
    sent: !isWithdrawn,
    settled: !isWithdrawn,
    withdrawn: isWithdrawn,
  };
  const right = fits[page.state] === true && page.leaseEpoch === started.length;
  return right ? [] : [`I26 page ${page.id} is ${page.state}, which its events do not say`];
}

interface Known {
  state: Parameters<typeof afterSilence>[1]['state'];
  failure: string | null;
  rank: number;
  providerStatus: string | null;
}

const begun: Known = { state: 'started', failure: null, rank: 0, providerStatus: null };

/** A pressed key is recorded with its page, not with the attempt: it may have come at any time. */
function attemptAsEvents(evidence: Evidence, attempt: AttemptEvidence): string[] {
  const { id, nonce, channel, state, failure, providerStatus } = attempt;
  const own = evidence.events.filter(({ body }) => body['attemptId'] === id);
  const known = own.reduce((before, event) => next(channel, before, event), begun);
  const pressed = evidence.receipts.some((one) => one.kind === 'keys' && one.nonce === nonce);
  if (pressed && state === 'answered') return [];
  const said = [known.state, known.failure, known.providerStatus];
  return asEvents(`attempt ${id}`, [state, failure, providerStatus], said);
}

function next(channel: string, known: Known, { action, at, body }: EventEvidence): Known {
  if (channel !== 'sms' && channel !== 'voice') return known;
  if (action === 'attempt.received_receipt') {
    const { status, errorCode } = body as { status: string; errorCode: number | null };
    const receipt = receiptClass(channel, status, errorCode);
    return { ...known, ...afterReceipt(at, channel, known, status, receipt) };
  }
  if (action !== 'attempt.settled') return known;
  if (!('outcome' in body)) return { ...known, ...afterSilence(at, known) };
  if (known.state !== 'started') return known;
  const type = body['outcome'] as Parameters<typeof afterSending>[2]['type'];
  return { ...known, ...afterSending(at, channel, { type }) };
}
