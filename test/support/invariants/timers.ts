import type { AlarmEvidence, Ask, Evidence, NegativeInterval } from './evidence.js';

/** Two transactions at once keep the times at which each began, whichever comes first. */
const sideBySideMs = 2_000;
const alarmRepeatsMs = 120_000;

/** Of each table the moment at which a row came to be, and what lies after it. */
const moments: Record<string, [since: string, later: string]> = {
  cases: [
    'opened_at',
    `due_at dispatch_due_at owner_since lease_until lease_warned_at owner_paged_at
     contact_attempted_at acknowledged_at in_contact_at disposed_at closed_at exhausted_at
     unreachable_at dispatched_at transferred_at withdrew_at`,
  ],
  pages: ['queued_at', 'due_at lease_until settled_at withdrawn_at'],
  page_attempts: ['started_at', 'deadline_at hang_up_at settled_at'],
  alarms: ['opened_at', 'due_at taken_at withdrawn_at'],
  coverage_gaps: ['found_at', 'gone_at'],
  shift_watches: ['asked_at', 'answered_at missed_at stood_in_at ended_at'],
  shift_hand_overs: ['offered_at', 'due_at settled_at'],
  flags: ['received_at', 'last_merged_at reviewed_at'],
  staff_sessions: ['created_at', 'last_active_at expires_at ended_at'],
};

export function readNegativeIntervals(ask: Ask): Promise<NegativeInterval[]> {
  const all = Object.entries(moments).map(([table, [since, later]]) => {
    const columns = later.split(/\s+/);
    const values = columns.map((name) => `('${name}', t.${name} - t.${since})`).join(', ');
    return `select '${table} ' || t.id as row, later.name as column,
                   extract(epoch from later.after)::float8 * 1000 as ms
              from ${table} t cross join lateral (values ${values}) as later (name, after)
             where later.after < interval '0'`;
  });
  return ask(all.join(' union all '));
}

/** What only the clock of a case does, and never a human. */
const byTheClock: ReadonlySet<unknown> = new Set([
  'step_timed_out',
  'lease_warned',
  'lease_expired',
  'reminded',
]);

/** I17: nothing is due before it is there, and every timer rings when it is due. */
export function timersKept(evidence: Evidence): string[] {
  const { negatives, alarms } = evidence;
  return [
    ...negatives
      .filter(({ ms }) => ms < -sideBySideMs)
      .map(({ row, column, ms }) => `I17 ${column} of ${row} is ${-ms} ms before the row itself`),
    ...caseTimers(evidence),
    ...alarms.flatMap((alarm) => alarmTimers(evidence, alarm)),
  ];
}

function caseTimers(evidence: Evidence): string[] {
  const moves = evidence.events.filter(
    ({ stream, body }) => stream.startsWith('case:') && 'to' in body,
  );
  return moves.flatMap((move, at) => {
    const before = moves[at - 1];
    if (!byTheClock.has(move.body['reason']) || before?.stream !== move.stream) return [];
    const due = new Date(String(before.body['dueAt']));
    const timer = { due, setAt: before.at, rangAt: move.at };
    return offTime(evidence, timer, `event ${move.seq} of ${move.stream}`);
  });
}

function alarmTimers(evidence: Evidence, { id }: AlarmEvidence): string[] {
  const sounded = evidence.events.filter(
    ({ action, body }) =>
      (action === 'alarm.opened' || action === 'alarm.repeated') && body['alarmId'] === id,
  );
  return sounded.slice(1).flatMap(({ at, seq }, before) => {
    const setAt = sounded[before]!.at;
    const due = new Date(setAt.getTime() + alarmRepeatsMs);
    return offTime(evidence, { due, setAt, rangAt: at }, `the repeated alarm in event ${seq}`);
  });
}

interface Timer {
  due: Date;
  /** A human may name a day that is over: it is due as soon as it is said. */
  setAt: Date;
  rangAt: Date;
}

function offTime({ time, bounds }: Evidence, timer: Timer, what: string): string[] {
  const { due, setAt, rangAt } = timer;
  if (rangAt < due) return [`I17 ${what} came ${due.getTime() - rangAt.getTime()} ms too early`];
  const ms = time.lateness(setAt > due ? setAt : due, rangAt);
  return ms > bounds.stepMs ? [`I17 ${what} came ${ms} ms late`] : [];
}
