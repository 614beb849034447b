import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase, runSql, type TestDatabase } from '../../support/database.js';
import { contentOf } from '../../support/service/program.js';
import {
  addByHand,
  applyBeside,
  noon,
  takeAwayByHand,
  turn,
  vacation,
  wedding,
} from './file-of-turns.js';
import { aProgramWithDailyTurns } from './turns.js';

const refused = 64;
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ content: contentOf(aProgramWithDailyTurns()) });
});
afterAll(() => database.drop());

const apply = (beside: object) => applyBeside(database, beside);

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
    await addByHand(database, '20 days', '21 days');

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
    await takeAwayByHand(database);
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
