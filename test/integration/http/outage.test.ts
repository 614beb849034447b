import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { DataSource, QueryFailedError } from 'typeorm';
import { isOutage } from '../../../src/platform/http/outage.js';
import { answerFor } from '../../../src/platform/http/problem.js';

const withCode = (code: string): Error => Object.assign(new Error('x'), { code });
const thrownBy = (work: () => Promise<unknown>): Promise<unknown> =>
  work().then(
    () => null,
    (error: unknown) => error,
  );

describe('telling an outage from a bug', () => {
  it.each([
    ['a lost connection', withCode('08006')],
    ['too many connections', withCode('53300')],
    ['a database that shuts down', withCode('57P01')],
    ['a canceled statement', withCode('57014')],
    ['a reset', withCode('ECONNRESET')],
    ['a read that takes too long', new Error('Query read timeout')],
    ['a full pool', new Error('timeout exceeded when trying to connect')],
    ['a cut connection', new Error('Connection terminated unexpectedly')],
    ['an outage inside another error', new Error('failed', { cause: withCode('08001') })],
    ['a failed query', new QueryFailedError('select 1', [], withCode('57P03'))],
  ])('%s is an outage', (_what, error) => {
    expect(isOutage(error)).toBe(true);
    expect(answerFor(error)).toMatchObject({
      fault: 'outage',
      problem: { status: 503 },
      headers: { 'Retry-After': '2' },
    });
  });

  it.each([
    ['a broken constraint', withCode('23505')],
    ['bad SQL', withCode('42601')],
    ['a plain error', new Error('no such step')],
    ['a text', 'thrown'],
    ['nothing', null],
  ])('%s is a bug', (_what, error) => {
    expect(isOutage(error)).toBe(false);
    expect(answerFor(error)).toMatchObject({ fault: 'bug', problem: { status: 500 } });
  });

  it('knows the errors of a database that is not there', async () => {
    const address = { host: '127.0.0.1', port: 1, user: 'nobody', database: 'none' };
    const source = new DataSource({ type: 'postgres', host: address.host, port: address.port });
    const errors = await Promise.all([
      thrownBy(() => new pg.Client(address).connect()),
      thrownBy(() => source.initialize()),
      thrownBy(() => source.query('select 1')),
      thrownBy(() => source.transaction(async () => 1)),
    ]);
    expect(errors.map((error) => isOutage(error))).toEqual([true, true, true, true]);
  });
});
