import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase, runSql, type TestDatabase } from '../../support/database.js';
import { applyFile, type Ended } from '../../support/handrail.js';
import { contentOf } from '../../support/service/program.js';
import { everyRow } from '../operations/program-files.js';
import { aProgramWithDailyTurns, days, type FileOfTurns } from './turns.js';

const refused = 64;
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ content: contentOf(aProgramWithDailyTurns()) });
});
afterAll(() => database.drop());

/** Local noon in the zone of the schedule, so many days from today. */
const noon = (count: number): string =>
  new Date(Date.now() + days(count)).toISOString().slice(0, 11) + '12:00';
const members = ['primary', 'clinician-1', 'clinician-2'];
/** Whose turn begins at noon, so many days from today. */
const turn = (count: number): string => {
  const passed = (Date.parse(`${noon(count)}Z`) - Date.parse('2024-01-01T12:00Z')) / days(1);
  return members[passed % 3]!;
};

const withSchedule = (beside: object, change: (file: FileOfTurns) => unknown = () => undefined) =>
  aProgramWithDailyTurns((file) => {
    Object.assign(file.schedules[0]!, beside);
    change(file);
  }).file;

const apply = (beside: object, change?: (file: FileOfTurns) => unknown): Promise<Ended> =>
  applyFile(database, withSchedule(beside, change));

const planOf = (said: string): string[] =>
  said.split('\n').flatMap((line) => (line.startsWith('  ') ? [line.slice(2)] : []));

/** What is in force of the file, by its keys. */
const inForce = () =>
  runSql<{ key: string }>(
    database.superuserUrl,
    `select coalesce(o.file_key, w.file_key) as key from schedule_overrides o
       left join shift_swaps w on w.id = o.swap_id
      where o.withdrawn_at is null order by 1, o.from_at`,
  ).then((rows) => rows.map(({ key }) => key));

const vacation = () => ({
  key: 'vacation',
  kind: 'replace',
  incoming: 'backup',
  outgoing: turn(3),
  from: noon(3),
  to: noon(4),
  reason: 'on vacation',
});
const wedding = () => ({
  key: 'wedding',
  requester: turn(6),
  counterpart: turn(7),
  from: noon(6),
  to: noon(7),
  inReturn: { from: noon(7), to: noon(8) },
  reason: 'a wedding',
});

describe('a program file', () => {
  beforeEach(async () => {
    expect((await apply({})).code).toBe(0);
  });

  it('makes overrides and swaps, says whose time they change, and changes nothing again', async () => {
    const beside = { overrides: [vacation()], swaps: [wedding()] };
    const first = await apply(beside);
    const second = await apply(beside);

    expect(first.code).toBe(0);
    const plan = planOf(first.said);
    expect(plan[0]).toBe('override vacation of schedule primary: new');
    expect(plan[1]).toContain(`backup instead of ${turn(3)}`);
    expect(plan[2]).toBe('swap wedding of schedule primary: new');
    expect(plan[3]).toContain(`${turn(7)} instead of ${turn(6)}`);
    expect(plan[4]).toContain(`${turn(6)} instead of ${turn(7)}`);
    expect(await inForce()).toEqual(['vacation', 'wedding', 'wedding']);
    expect([second.code, second.said]).toEqual([0, 'Nothing to change.\n']);
  });

  it('replaces what it says differently, and withdraws what it says no more', async () => {
    await apply({ overrides: [vacation()], swaps: [wedding()] });
    const longer = { ...vacation(), to: noon(4).replace('12:00', '14:00') };

    const changed = await apply({ overrides: [longer] });

    expect(planOf(changed.said).filter((line) => !line.startsWith('  '))).toEqual([
      'swap wedding of schedule primary: gone',
      'override vacation of schedule primary: taken back',
      'override vacation of schedule primary: new',
    ]);
    expect(await inForce()).toEqual(['vacation']);
    await apply({});
    expect(await inForce()).toEqual([]);
  });

  it('leaves alone what is over, and what people have made', async () => {
    const past = { ...vacation(), key: 'past', from: noon(-3), to: noon(-2) };
    const running = {
      ...vacation(),
      key: 'running',
      outgoing: turn(-1),
      from: noon(-1),
      to: noon(2),
    };
    await runSql(
      database.superuserUrl,
      `insert into schedule_overrides (id, schedule_id, kind, from_at, to_at, incoming, reason,
                                       made_via, made_at)
       select gen_random_uuid(), c.id, 'add', now() + interval '20 days', now() + interval '21 days',
              s.id, 'by hand', 'staff', now()
         from schedules c, staff s where c.key = 'primary' and s.key = 'clinician-4'`,
    );

    const first = await apply({ overrides: [past, running] });
    const again = await apply({ overrides: [past, running] });

    expect(first.said).not.toContain('past');
    expect(again.said).toBe('Nothing to change.\n');
    await apply({});
    const left = await runSql<{ via: string; kind: string }>(
      database.superuserUrl,
      `select made_via as via, kind from schedule_overrides
        where withdrawn_at is null and to_at > now() order by made_at`,
    );
    expect(left).toEqual([{ via: 'staff', kind: 'add' }]);
    await runSql(database.superuserUrl, `delete from schedule_overrides where made_via = 'staff'`);
  });

  it('can take a gap upon a supervisor by name, in an override', async () => {
    const { key: _, incoming: _incoming, ...rest } = vacation();
    const remove = { ...rest, key: 'closed', kind: 'remove' };

    const open = await apply({ overrides: [remove] });
    const byOther = await apply({
      overrides: [{ ...remove, acceptGap: { by: 'clinician-1', reason: 'closed' } }],
    });
    const accepted = await apply({
      overrides: [{ ...remove, acceptGap: { by: 'supervisor', reason: 'closed' } }],
    });

    expect(open.code).toBe(refused);
    expect(open.said).toContain('leaves nobody on call from');
    expect(byOther.said).toContain('accepted by clinician-1, who is no supervisor');
    expect(accepted.code).toBe(0);
    const rows = await runSql<{ key: string; reason: string }>(
      database.superuserUrl,
      `select s.key, o.accepted_gap_reason as reason
         from schedule_overrides o join staff s on s.id = o.made_by
        where o.withdrawn_at is null`,
    );
    expect(rows).toEqual([{ key: 'supervisor', reason: 'closed' }]);
  });

  it('may fill by an override the hole that its own schedule leaves', async () => {
    const hole = { name: 'quiet', from: noon(9), to: noon(10), shifts: [] };
    const filled = { key: 'fill', kind: 'add', incoming: 'backup', reason: 'the hole' };

    const open = await apply({ fixed: [hole] });
    const whole = await apply({
      fixed: [hole],
      overrides: [{ ...filled, from: noon(9), to: noon(10) }],
    });

    expect([open.code, whole.code]).toEqual([refused, 0]);
  });
});

describe('a program file is refused as a whole', () => {
  const swapOf = (change: object) => ({ swaps: [{ ...wedding(), ...change }] });
  it.each<[string, () => object, string]>([
    [
      'when two overrides have the same person at once',
      () => ({ overrides: [vacation(), { ...vacation(), key: 'other' }] }),
      'Another override has it already',
    ],
    [
      'when an override and a swap do',
      () => ({
        overrides: [{ ...vacation(), outgoing: turn(6), from: noon(6), to: noon(7) }],
        ...swapOf({}),
      }),
      'Another override has it already',
    ],
    ['with a swap with oneself', () => swapOf({ counterpart: turn(6) }), 'Nobody swaps with'],
    [
      'with a shift that is not theirs',
      () => swapOf({ requester: turn(7), counterpart: turn(6) }),
      'has no shift on this schedule',
    ],
    [
      'with an override that ends before it begins',
      () => ({ overrides: [{ ...vacation(), to: noon(2) }] }),
      'schedules.0.overrides.0.to: is not after its beginning',
    ],
    [
      'with two of the same key',
      () => ({ overrides: [vacation(), vacation()] }),
      'schedules.0.overrides: has a key twice',
    ],
    [
      'with a person who is none',
      () => ({ overrides: [{ ...vacation(), incoming: 'nobody' }] }),
      'schedules.primary: there is no staff nobody',
    ],
    [
      'with somebody who may not take cases',
      () => ({ overrides: [{ ...vacation(), incoming: 'clinician-3' }] }),
      'has no role here that may take cases',
    ],
  ])('%s', async (_what, beside, problem) => {
    const before = await everyRow(database);

    const { code, said } = await apply(beside());

    expect(said).toContain(problem);
    expect(code).toBe(refused);
    expect(await everyRow(database)).toBe(before);
  });

  it('when somebody leaves whom an override or a swap made by hand still names', async () => {
    await runSql(
      database.superuserUrl,
      `insert into schedule_overrides (id, schedule_id, kind, from_at, to_at, incoming, reason,
                                       made_via, made_at)
       select gen_random_uuid(), c.id, 'add', now() - interval '1 hour', now() + interval '1 day',
              s.id, 'by hand', 'staff', now()
         from schedules c, staff s where c.key = 'primary' and s.key = 'clinician-4'`,
    );
    const before = await everyRow(database);

    const { code, said } = await apply({}, (file) => {
      file.staff = file.staff.filter(({ key }) => key !== 'clinician-4');
    });

    expect(said).toContain(
      'Schedule primary still names clinician-4, who holds the current shift and has no role',
    );
    expect(code).toBe(refused);
    expect(await everyRow(database)).toBe(before);
    await runSql(database.superuserUrl, `delete from schedule_overrides where made_via = 'staff'`);
  });

  it('when somebody loses the role who holds the current shift', async () => {
    const hour = new Date().getUTCHours();
    const current = turn(hour < 12 ? -1 : 0);

    const { code, said } = await apply({}, (file) => {
      for (const one of file.staff) if (one.key === current) one.roles = ['admin'];
    });

    expect(said).toContain(
      `Schedule primary names ${current}, who holds the current shift and has no role`,
    );
    expect(code).toBe(refused);
  });
});
