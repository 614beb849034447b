import { setTimeout as delay } from 'node:timers/promises';
import { aFlag } from './program.mjs';
import { drain, textsByCase } from './rig.mjs';
import { summarize } from './statistics.mjs';

const openCases = 10_000;
const latenessMaxMs = 500;
const realCases = 20;

/** A step's wait in a usual policy: 10,000 open cases come due evenly over so long. */
const spreadSeconds = 300;
const leadSeconds = 3;
const settleSeconds = 5;

/** How late a step's timer fires while thousands of cases wait for theirs. */
export async function measureTimers(stage, { seconds }) {
  const sender = stage.sender(realCases);
  await Promise.all(Array.from({ length: realCases }, () => sender.raise(aFlag())));
  await drain(stage);
  const began = await openMany(stage);
  await delay((leadSeconds + seconds + settleSeconds) * 1_000);
  const fired = await timersOf(stage, began, seconds);
  const texts = await textsByCase(stage);
  const lateness = summarize(fired.map(({ dueAt, firedAt }) => firedAt - dueAt));
  const paged = fired.flatMap(({ ref, dueAt }) => (texts.has(ref) ? [texts.get(ref) - dueAt] : []));
  const what = `${openCases} open cases, ${lateness.count} due in ${seconds} s`;
  const missing = fired.length - paged.length;
  return [
    { figure: `step timer late, ${what}, p50`, unit: 'ms', value: lateness.p50Ms },
    {
      figure: `step timer late, ${what}, p99`,
      unit: 'ms',
      value: lateness.p99Ms,
      aim: { max: latenessMaxMs },
      details: lateness,
    },
    {
      figure: 'the same, due to provider request, p99',
      unit: 'ms',
      value: summarize(paged).p99Ms,
      details: { ...summarize(paged), missing },
    },
  ];
}

/** Copies of real ones, of people nobody knows, due one after the other. Returns when it begins. */
async function openMany({ database }) {
  const columns = await database.ask(
    `select column_name as name from information_schema.columns where table_name = 'cases'`,
  );
  const own = {
    id: 'gen_random_uuid()',
    subject_id: 'gen_random_uuid()',
    participant_id: 'null',
    ref: `'b' || n`,
    due_at: `$2::timestamptz + n * $3 * interval '1 ms'`,
  };
  const names = columns.map(({ name }) => name);
  const [{ began }] = await database.ask(`select handrail_now() + $1 * interval '1 s' as began`, [
    leadSeconds,
  ]);
  await database.ask(
    `insert into cases (${names.join(', ')})
     select ${names.map((name) => own[name] ?? `c.${name}`).join(', ')}
       from generate_series(1, $1::int) n
       join (select *, row_number() over (order by id) as nth from cases) c on c.nth = 1 + n % $4`,
    [openCases, began, (spreadSeconds * 1_000) / openCases, realCases],
  );
  await database.ask('analyze cases');
  return began;
}

/** Every timer that was due in the window, with the time of the transaction that answered it. */
async function timersOf({ database }, began, seconds) {
  const rows = await database.ask(
    `select c.ref, $1::timestamptz + substr(c.ref, 2)::int * $3 * interval '1 ms' as due, e.at
       from cases c
       left join audit.audit_events e on e.stream = 'case:' || c.id and e.seq = 1
      where c.ref ~ '^b[0-9]+$' and substr(c.ref, 2)::int * $3 <= $2 * 1000`,
    [began, seconds, (spreadSeconds * 1_000) / openCases],
  );
  const lost = rows.filter(({ at }) => at === null).length;
  if (lost > 0) throw new Error(`${lost} of ${rows.length} step timers never fired`);
  return rows.map(({ ref, due, at }) => ({ ref, dueAt: due.getTime(), firedAt: at.getTime() }));
}
