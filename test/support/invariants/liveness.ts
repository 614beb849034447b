import type { AttemptEvidence, CaseEvidence, Evidence, PageEvidence } from './evidence.js';

const live = new Set(['queued', 'sending', 'sent']);
/** What a healthy engine may take to notice that something is due. */
const overdueMs = 3_000;
const quietNightMs = 24 * 3_600_000;

/** I6: nothing that is open stands still. */
export function alive(evidence: Evidence): string[] {
  const { cases, pages, alarms, clocks, now, time } = evidence;
  const late = (due: Date | null): boolean => due === null || time.lateness(due, now) > overdueMs;
  const alarmed = new Set(
    alarms.flatMap((one) => (one.takenAt || one.withdrawnAt ? [] : one.subjectId)),
  );
  const open = cases.filter(({ state }) => state !== 'closed');
  return [
    ...open.filter((one) => late(one.dueAt)).map((one) => `I6 case ${one.id} waits for nothing`),
    ...open
      .filter((one) => !alarmed.has(one.id) && isTooFar(one, now))
      .map((one) => `I6 case ${one.id} waits too long, until ${one.dueAt?.toISOString()}`),
    ...pages
      .filter(({ state, dueAt }) => live.has(state) && late(dueAt))
      .map(({ id, state }) => `I6 page ${id} is ${state} and not looked at`),
    ...clocks.filter(({ dueAt }) => late(dueAt)).map(({ row }) => `I6 ${row} is not looked at`),
  ];
}

function isTooFar({ state, acuity, step, dueAt, policy }: CaseEvidence, now: Date): boolean {
  const rules = policy.acuities[acuity];
  if (dueAt === null || rules === undefined) return false;
  const waits = [...rules.steps.map(({ waitSeconds }) => waitSeconds), rules.roundAgainSeconds];
  const bounds: Record<string, number> = {
    paging: step === null ? quietNightMs : Math.max(...waits) * 1_000,
    acknowledged: rules.leaseSeconds * 1_000,
    in_contact: policy.reminders.inContactSeconds * 1_000,
  };
  return dueAt.getTime() > now.getTime() + (bounds[state] ?? Infinity);
}

/** I7: the provider hears of a flag's first page in time. */
export function firstPageInTime(evidence: Evidence): string[] {
  const { flags, bounds, pages } = evidence;
  const opened = flags.filter(({ joinedAs }) => joinedAs === 'opened');
  return opened.flatMap(({ id, caseId, receivedAt }) => {
    const own = pages.filter(({ subjectId, queuedAt }) => {
      return subjectId === caseId && queuedAt.getTime() === receivedAt.getTime();
    });
    const soonest = Math.min(...own.map((page) => waited(evidence, page)));
    if (own.length === 0 || soonest <= bounds.firstPageMs) return [];
    return [`I7 the first page for flag ${id} took ${soonest} ms`];
  });
}

/** I24: whatever comes too fast, the first page of a new case goes out. */
export function firstPageKept(evidence: Evidence): string[] {
  const { cases, flags, alarms } = evidence;
  const opened = new Set(flags.flatMap((one) => (one.joinedAs === 'opened' ? one.caseId : [])));
  const alarmed = new Set(
    alarms.flatMap((one) => (one.kind === 'nobody_reachable' ? one.subjectId : [])),
  );
  const unpaged = cases.filter(({ id }) => !alarmed.has(id)).filter(lacksFirstPage(evidence));
  return [
    ...cases
      .filter(({ id }) => !opened.has(id))
      .map(({ id }) => `I24 case ${id} was opened by no flag of its own`),
    ...unpaged.map(({ id }) => `I24 case ${id} opened without a page of its first step`),
  ];
}

const passedOver = new Set(['nobody_reachable', 'nobody_meant']);

/** A step that reaches nobody is passed over in the same transaction. */
function lacksFirstPage({ events, pages }: Evidence) {
  return ({ id, openedAt }: CaseEvidence): boolean => {
    const own = events.filter(({ stream }) => stream === `case:${id}`);
    const opening = own.find(({ action }) => action === 'case.opened');
    if (opening?.body['reason'] === 'quiet_hours') return false;
    const passed = own.some(
      ({ xid, body }) => xid === opening?.xid && passedOver.has(String(body['reason'])),
    );
    return !pages.some(
      ({ subjectId, queuedAt, occasion }) =>
        subjectId === id &&
        queuedAt.getTime() === openedAt.getTime() &&
        (passed ? occasion.startsWith('r0s') : occasion === 'r0s0'),
    );
  };
}

/** I8: a step comes when it is due, and its pages go out. */
export function stepsInTime(evidence: Evidence): string[] {
  const { events, bounds, time, pages, flags } = evidence;
  const moves = events.filter(({ stream, body }) => stream.startsWith('case:') && 'to' in body);
  const late = moves.flatMap((move, at) => {
    const before = moves[at - 1];
    const due = before?.body['dueAt'];
    if (move.body['reason'] !== 'step_timed_out' || before?.stream !== move.stream) return [];
    const ms = time.lateness(new Date(String(due)), move.at);
    return ms > bounds.stepMs ? [`I8 a step of ${move.stream} came ${ms} ms late`] : [];
  });
  const opening = new Set(flags.map(({ receivedAt }) => receivedAt.getTime()));
  const slow = pages.filter(
    (page) => !opening.has(page.queuedAt.getTime()) && waited(evidence, page) > bounds.stepMs,
  );
  return [...late, ...slow.map((page) => `I8 page ${page.id} went out late or not at all`)];
}

/** From the page's row to its first attempt, or to when it was not needed any more, or till now. */
function waited({ attempts, time, now }: Evidence, page: PageEvidence): number {
  const first = attempts.find(({ pageId }) => pageId === page.id);
  return time.lateness(page.queuedAt, first?.startedAt ?? page.withdrawnAt ?? now);
}

/** A call that nobody answered is none of them: the ladder has its own end. */
const lost = new Set(['failed', 'unknown', 'undelivered']);
const settleGraceMs = 5_000;

/** I11: every attempt ends, and a lost one is followed by another. */
export function noSilentEnd(evidence: Evidence): string[] {
  const { attempts, pages, now, time } = evidence;
  const byId = new Map(pages.map((page) => [page.id, page]));
  const followed = new Set(attempts.map(({ causedBy }) => causedBy));
  const hanging = attempts.filter(
    ({ settledAt, deadlineAt }) =>
      settledAt === null && time.lateness(deadlineAt, now) > settleGraceMs,
  );
  const dropped = attempts.filter((attempt) => {
    const page = byId.get(attempt.pageId);
    if (!lost.has(attempt.state) || followed.has(attempt.id) || !page) return false;
    return page.state === 'settled' && hasAnotherWay(evidence, page);
  });
  return [
    ...hanging.map(({ id }) => `I11 attempt ${id} never ended`),
    ...dropped.map((attempt: AttemptEvidence) => `I11 nothing followed attempt ${attempt.id}`),
  ];
}

function hasAnotherWay({ methods, attempts }: Evidence, page: PageEvidence): boolean {
  const dead = attempts.filter(
    ({ pageId, failure }) => pageId === page.id && failure === 'permanent',
  );
  const deadIds = new Set(dead.map(({ contactMethodId }) => contactMethodId));
  return methods.some(
    ({ id, staffId, verifiedAt, disabledAt }) =>
      staffId === page.staffId && verifiedAt && !disabledAt && !deadIds.has(id),
  );
}

/** I18: where nobody was left to page there is an alarm, and it repeats. */
export function loudAlarm({ cases, alarms, now, time }: Evidence): string[] {
  const known = new Set(alarms.map(({ kind, subjectId }) => `${kind} ${subjectId}`));
  const silent = cases.filter((one) => one.exhaustedAt && !known.has(`exhausted ${one.id}`));
  const stuck = alarms.filter(
    ({ takenAt, withdrawnAt, dueAt }) =>
      !takenAt && !withdrawnAt && (!dueAt || time.lateness(dueAt, now) > overdueMs),
  );
  return [
    ...silent.map(({ id }) => `I18 case ${id} was tried wholly in vain without an alarm`),
    ...stuck.map(({ id }) => `I18 alarm ${id} does not repeat`),
  ];
}
