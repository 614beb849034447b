import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../../src/platform/db/connection/data-source.js';
import { statement } from '../../../src/platform/db/statements.js';
import { type Tx, UnitOfWork } from '../../../src/platform/db/unit-of-work.js';
import { createTestDatabase, runSql } from '../../support/database.js';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let dataSource: DataSource;
let work: UnitOfWork;
let rung = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = new DataSource(dataSourceOptions(database.appUrl, []));
  await dataSource.initialize();
  work = new UnitOfWork(dataSource, { ringAll: () => void (rung += 1) });
  await asAdmin('create table words (word text unique)');
  await asAdmin('grant select, insert, update on words to handrail_app');
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

const asAdmin = (sql: string) => runSql(database.adminUrl, sql);
const write = (tx: Tx, word: string): void =>
  tx.write(statement('insert into words values ($1)', [word]));
const words = async (): Promise<string[]> => {
  const rows = await work.reader.query<{ word: string }[]>('select word from words order by word');
  return rows.map(({ word }) => word);
};

it('shows what was written without waiting to whatever is asked afterwards', async () => {
  const seen = await work.run(async (tx) => {
    write(tx, 'first');
    return tx.db.query<unknown[]>(`select from words where word = 'first'`);
  });

  expect(seen).toHaveLength(1);
  expect(await words()).toContain('first');
});

it('keeps nothing and rings for nothing when a write that nobody waited for fails', async () => {
  const before = { rung, words: await words() };

  const failing = work.run((tx) => {
    write(tx, 'twice');
    write(tx, 'twice');
    return Promise.resolve();
  });

  await expect(failing).rejects.toMatchObject({ driverError: { code: '23505' } });
  expect({ rung, words: await words() }).toEqual(before);
});

it('tells of the write that failed, and not of the question that came to nothing after it', async () => {
  const failing = work.run(async (tx) => {
    write(tx, 'again');
    write(tx, 'again');
    await tx.db.query('select 1');
  });

  await expect(failing).rejects.toMatchObject({ driverError: { code: '23505' } });
});

it('is no success when a failed question was passed over', async () => {
  const failing = work.run(async (tx) => {
    write(tx, 'passed over');
    await tx.db.query('select 1 / 0').catch(() => undefined);
  });

  await expect(failing).rejects.toThrow('rolled the transaction back');
  expect(await words()).not.toContain('passed over');
});

it('does afterwards what must stand although nothing else does, and only then', async () => {
  const done: string[] = [];
  const task = (name: string) => async () => void done.push(name, ...(await words()));

  await work.run((tx) => Promise.resolve(tx.ifRolledBack(task('kept'))));
  const failing = work.run(async (tx) => {
    write(tx, 'gone');
    tx.ifRolledBack(task('rolled back'));
    await tx.db.query('select 1');
    throw new Error('refused');
  });

  await expect(failing).rejects.toThrow('refused');
  expect(done[0]).toBe('rolled back');
  expect(done).not.toContain('gone');
});

it('gives no connection back that is still in a transaction, when its time cannot be told', async () => {
  await asAdmin('alter function handrail_now() rename to handrail_then');
  const failing = await Promise.allSettled(Array.from({ length: 8 }, () => work.run(nothing)));
  await asAdmin('alter function handrail_then() rename to handrail_now');

  const after = await Promise.allSettled(Array.from({ length: 8 }, () => work.run(nothing)));

  expect(new Set(failing.map(({ status }) => status))).toEqual(new Set(['rejected']));
  expect(new Set(after.map(({ status }) => status))).toEqual(new Set(['fulfilled']));
});

const nothing = (): Promise<void> => Promise.resolve();
