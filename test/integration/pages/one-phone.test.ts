import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { CallView } from '../../../src/phone-lab/phones.js';
import { type Service, startService } from '../../support/service.js';
import { aFlag } from '../../support/service/flag.js';
import { aProgramWithCalls, endAllCases, firstCallMs, isIn, StaffPhone } from './staff-phone.js';

interface RaisedCase {
  id: string;
  ref: string;
}

let service: Service;
let phone: StaffPhone;

beforeAll(async () => {
  service = await startService({ program: aProgramWithCalls(), processes: ['all', 'worker'] });
  phone = new StaffPhone(service, 'primary');
});

afterEach(async () => {
  await endAllCases(service);
  await service.check();
});

afterAll(() => service.stop());

async function raise(acuity: string): Promise<RaisedCase> {
  return (await service.raiseFlag(aFlag({ acuity }))).body.case!;
}

async function raiseAndText(acuity: string): Promise<RaisedCase> {
  const current = await raise(acuity);
  await service.phones.expectPage('primary', { ref: current.ref });
  return current;
}

const isAbout = ({ said }: CallView, { ref }: RaisedCase): boolean =>
  said.join(' ').includes(`case ${ref.split('').join(' ')}.`);

/** Waits for the phone to ring, alone, and picks it up. */
async function nextCall(): Promise<CallView> {
  await phone.ringing();
  const busy = (await phone.calls()).filter(isIn('queued', 'ringing', 'in-progress'));
  expect(busy).toHaveLength(1);
  return service.lab.answer(phone.number);
}

describe('one clinician with three cases', () => {
  it('has one call at a time, the most urgent first, each soon after the one before', async () => {
    const low = await raiseAndText('URGENT');
    const lower = await raiseAndText('URGENT');
    const high = await raiseAndText('EMERGENT');
    await service.passTime(firstCallMs);

    let endedAt = Date.now();
    for (const wanted of [high, low, lower]) {
      const call = await nextCall();
      const waitedMs = Date.now() - endedAt;
      expect(isAbout(call, wanted)).toBe(true);
      expect(waitedMs).toBeLessThan(4_000);
      expect(await phone.press('1')).toContain('You have taken the case.');
      endedAt = Date.now();
    }

    expect(await phone.calls()).toHaveLength(3);
  });

  it('hears of a more urgent one before those that waited already', async () => {
    const first = await raiseAndText('URGENT');
    const second = await raiseAndText('URGENT');
    await service.passTime(firstCallMs);
    await phone.ringing();
    const toText = { number: phone.number, channel: 'sms' } as const;
    await service.lab.fault({ match: toText, times: 1, fault: { errorCode: 30_034 } });

    const emergent = await raise('EMERGENT');
    await service.eventually(async () => {
      const failed = await service.sql(
        `select from pages where subject_id = $1 and state = 'sent'`,
        [emergent.id],
      );
      return failed.length > 0;
    });
    await service.lab.hangUp(phone.number);
    const calls = [await nextCall()];
    await service.lab.hangUp(phone.number);
    calls.push(await nextCall());

    expect(isAbout(calls[0]!, emergent)).toBe(true);
    expect(isAbout(calls[1]!, second)).toBe(true);
    expect(isAbout(calls[1]!, first)).toBe(false);
  });
});
