import { describe, expect, it } from '@jest/globals';
import { createTestDatabase, runSql } from '../support/database.js';

const tables = `select count(*)::int as n from information_schema.tables
  where table_schema in ('public', 'audit', 'bullmq')`;

describe('a test database', () => {
  it('is migrated, separate from every other, and gone afterwards', async () => {
    const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    await runSql(one.adminUrl, `update clock set test_offset = '1 hour'`);
    const [here] = await runSql<{ n: number }>(other.appUrl, tables);
    const [time] = await runSql(other.appUrl, 'select test_offset::text as shift from clock');
    await Promise.all([one.drop(), other.drop()]);

    expect(here?.n).toBeGreaterThan(20);
    expect(time).toEqual({ shift: '00:00:00' });
    await expect(runSql(other.appUrl, 'select')).rejects.toThrow('does not exist');
  });
});
