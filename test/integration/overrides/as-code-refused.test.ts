import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { contentOf } from '../../support/service/program.js';
import { everyRow } from '../operations/program-files.js';
import {
  addByHand,
  applyBeside,
  noon,
  takeAwayByHand,
  turn,
  vacation,
  wedding,
} from './file-of-turns.js';
import { aProgramWithDailyTurns, type FileOfTurns } from './turns.js';

const refused = 64;
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ content: contentOf(aProgramWithDailyTurns()) });
});
afterAll(() => database.drop());

const apply = (beside: object, change?: (file: FileOfTurns) => unknown) =>
  applyBeside(database, beside, change);

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
    await addByHand(database, '-1 hours', '1 day');
    const before = await everyRow(database);

    const { code, said } = await apply({}, (file) => {
      file.staff = file.staff.filter(({ key }) => key !== 'clinician-4');
    });

    expect(said).toContain(
      'Schedule primary still names clinician-4, who holds the current shift and has no role',
    );
    expect(code).toBe(refused);
    expect(await everyRow(database)).toBe(before);
    await takeAwayByHand(database);
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
