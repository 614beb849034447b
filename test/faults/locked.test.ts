import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import {
  aProgramWithCalls,
  caseOf,
  endAllCases,
  firstCallMs,
  StaffPhone,
} from '../integration/pages/staff-phone.js';
import { type Service, startService } from '../support/service.js';
import { aFlag } from '../support/service/flag.js';
import { patientCalls, taken } from './callable.js';

jest.setTimeout(60_000);

let service: Service;
let phone: StaffPhone;
beforeAll(async () => {
  service = await startService({ program: aProgramWithCalls() });
  phone = new StaffPhone(service, 'primary');
});
afterEach(async () => {
  await endAllCases(service);
  await service.check({ stepMs: 15_000 });
});
afterAll(() => service.stop({ stepMs: 15_000 }));

/** Somebody who died in the middle of a transaction holds these rows for a while. */
async function hold(rows: string, caseId: string): Promise<{ release(): Promise<void> }> {
  const client = new pg.Client({ connectionString: service.database.superuserUrl });
  await client.connect();
  await client.query('begin');
  await client.query(`select from ${rows} = $1 for update`, [caseId]);
  return { release: () => client.end() };
}

describe('rows that are locked for longer than anybody may wait', () => {
  it('let a key be told that it was not recorded, and the next one take the case', async () => {
    await service.lab.fault(patientCalls);
    const { id, ref } = (await service.raiseFlag()).body.case!;
    await service.phones.expectPage('primary', { ref });
    await service.passTime(firstCallMs);
    await phone.pickUp();
    const lock = await hold('cases where id', id);

    const locked = await phone.press('1');
    await lock.release();
    const free = await phone.press('1');

    expect(locked).toContain('could not be recorded just now. Nobody has it yet.');
    expect(free).toContain(taken);
    expect(await caseOf(service, id)).toMatchObject({ owner: 'primary' });
  });

  it('let a flag be answered with help and when to try again', async () => {
    const flag = aFlag();
    const { id } = (await service.raiseFlag(flag)).body.case!;
    const lock = await hold('cases where id', id);

    const { status, headers, body } = await service.raiseFlag(flag);
    await lock.release();

    expect(status).toBe(503);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(body.resources).not.toHaveLength(0);
  });
});
