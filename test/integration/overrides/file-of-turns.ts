import type { TestDatabase } from '../../support/database.js';
import { runSql } from '../../support/database.js';
import { applyFile, type Ended } from '../../support/handrail.js';
import { aProgramWithDailyTurns, days, type FileOfTurns } from './turns.js';

/** Local noon in the zone of the schedule, so many days from today. */
export const noon = (count: number): string =>
  new Date(Date.now() + days(count)).toISOString().slice(0, 11) + '12:00';
const members = ['primary', 'clinician-1', 'clinician-2'];
/** Whose turn begins at noon, so many days from today. */
export const turn = (count: number): string => {
  const passed = (Date.parse(`${noon(count)}Z`) - Date.parse('2024-01-01T12:00Z')) / days(1);
  return members[passed % 3]!;
};

export const vacation = () => ({
  key: 'vacation',
  kind: 'replace',
  incoming: 'backup',
  outgoing: turn(3),
  from: noon(3),
  to: noon(4),
  reason: 'on vacation',
});
export const wedding = () => ({
  key: 'wedding',
  requester: turn(6),
  counterpart: turn(7),
  from: noon(6),
  to: noon(7),
  inReturn: { from: noon(7), to: noon(8) },
  reason: 'a wedding',
});

/** The command on the program's file with this beside its schedule. */
export const applyBeside = (
  database: TestDatabase,
  beside: object,
  change: (file: FileOfTurns) => unknown = () => undefined,
): Promise<Ended> => {
  const { file } = aProgramWithDailyTurns((whole) => {
    Object.assign(whole.schedules[0]!, beside);
    change(whole);
  });
  return applyFile(database, file);
};

/** `clinician-4` is on call as well for as long, by hand. */
export const addByHand = (database: TestDatabase, from: string, to: string): Promise<unknown> =>
  runSql(
    database.superuserUrl,
    `insert into schedule_overrides (id, schedule_id, kind, from_at, to_at, incoming, reason,
                                     made_via, made_at)
     select gen_random_uuid(), c.id, 'add', now() + $1::interval, now() + $2::interval,
            s.id, 'by hand', 'staff', now()
       from schedules c, staff s where c.key = 'primary' and s.key = 'clinician-4'`,
    [from, to],
  );

export const takeAwayByHand = (database: TestDatabase): Promise<unknown> =>
  runSql(database.superuserUrl, `delete from schedule_overrides where made_via = 'staff'`);
