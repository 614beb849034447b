import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Fault } from '../../../src/phone-lab/faults/fault.js';
import { type Service, startService } from '../../support/service.js';
import { aFlag } from '../../support/service/flag.js';
import {
  aProgramWithCalls,
  attemptsOf,
  caseOf,
  endAllCases,
  firstCallMs,
  isIn,
  lastWordsMs,
  secondCallMs,
  StaffPhone,
  takesOf,
} from './staff-phone.js';

let service: Service;
let phone: StaffPhone;

beforeAll(async () => {
  service = await startService({ program: aProgramWithCalls() });
  phone = new StaffPhone(service, 'primary');
});

afterEach(async () => {
  await endAllCases(service);
  await service.check();
});

afterAll(() => service.stop());

const goesWrong = (fault: Fault, channel: 'sms' | 'voice' = 'voice', times = 1) =>
  service.lab.fault({ match: { number: phone.number, channel }, times, fault });

async function raise(): Promise<{ id: string; ref: string }> {
  return (await service.raiseFlag(aFlag())).body.case!;
}

/** A case whose text has arrived and whose phone rings. */
async function raiseAndRing() {
  const current = await raise();
  await service.phones.expectPage('primary', { ref: current.ref });
  await service.passTime(firstCallMs);
  await phone.ringing();
  return current;
}

describe('the call of a page', () => {
  it('is passed with key 2: the next person is paged, and this one not called again', async () => {
    const current = await raiseAndRing();
    await phone.pickUp();

    const last = await phone.press('2');
    await service.phones.expectPage('backup', { ref: current.ref });
    await service.passTime(secondCallMs);
    await new StaffPhone(service, 'backup').ringing();

    expect(last).toBe('You passed. The next person is being paged. Goodbye.');
    expect(await attemptsOf(service, current.id, 'primary', 'voice')).toHaveLength(1);
    const actions = (await service.auditOf(current.id)).map(({ action }) => action);
    expect(actions).toContain('case.declined');
    expect(actions).toContain('page.declined');
  });

  it('is repeated with key 9 as often as wanted, and can be taken then', async () => {
    const current = await raiseAndRing();
    const { said } = await phone.pickUp();

    const again = [await phone.press('9'), await phone.press('9'), await phone.press('9')];
    const last = await phone.press('1');

    expect(again).toEqual([said[0], said[0], said[0]]);
    expect(last).toContain('You have taken the case.');
    expect(await caseOf(service, current.id)).toMatchObject({ owner: 'primary' });
  });

  it('is asked again after a wrong key, three times at most', async () => {
    const current = await raiseAndRing();
    const { said } = await phone.pickUp();

    const heard = [await phone.press('5'), await phone.press('#'), await phone.press('0')];

    expect(heard).toEqual([said[0], said[0], 'No answer was given. Goodbye.']);
    expect((await phone.calls())[0]).toMatchObject({ state: 'completed' });
    expect(await caseOf(service, current.id)).toEqual({ state: 'paging', owner: null });
  });

  it('ends after three times of silence and takes nothing', async () => {
    await goesWrong({ gatherSeconds: 0.05 });
    const current = await raiseAndRing();
    await service.lab.answer(phone.number);

    const call = await phone.call(isIn('completed'));

    expect(call.said).toEqual([
      call.said[0],
      call.said[0],
      call.said[0],
      'No answer was given. Goodbye.',
    ]);
    expect(await caseOf(service, current.id)).toEqual({ state: 'paging', owner: null });
  });

  it('is not taken by hanging up in the middle of it', async () => {
    const current = await raiseAndRing();
    await phone.pickUp();
    await service.lab.hangUp(phone.number);

    await service.eventually(async () => {
      const [call] = await attemptsOf(service, current.id, 'primary', 'voice');
      return call?.status === 'completed';
    });

    expect(await caseOf(service, current.id)).toEqual({ state: 'paging', owner: null });
    expect(await takesOf(service, current.id)).toEqual([]);
  });

  it('is taken by a key that comes before we know the name of the call', async () => {
    await goesWrong({ acceptThenSilent: true, noReceipt: true });
    const current = await raiseAndRing();
    await service.lab.answer(phone.number);
    const [before] = await attemptsOf(service, current.id, 'primary', 'voice');

    const last = await phone.press('1');
    const [after] = await attemptsOf(service, current.id, 'primary', 'voice');

    expect(before).toMatchObject({ state: 'started', sid: null });
    expect(last).toContain('You have taken the case.');
    expect(after).toMatchObject({ state: 'answered', sid: (await phone.calls())[0]!.id });
    expect(await caseOf(service, current.id)).toMatchObject({ owner: 'primary' });
    await service.passTime(lastWordsMs); // Nobody ever tells that this call has ended.
  });

  it('is taken once when the provider tells everything before it answers us', async () => {
    await goesWrong({ receiptBeforeAnswer: true });
    const current = await raiseAndRing();
    await service.lab.answer(phone.number);
    await phone.press('1');

    await service.eventually(async () => {
      const [call] = await attemptsOf(service, current.id, 'primary', 'voice');
      return call?.status === 'completed' && call.state === 'answered';
    });
    expect(await caseOf(service, current.id)).toMatchObject({ owner: 'primary' });
  });

  it('says who has it to whoever presses a key too late', async () => {
    const current = await raiseAndRing();
    await phone.pickUp();
    await service.lab.fault({ match: { operation: 'UpdateCall' }, fault: { status: 500 } });
    await service.api('backup').post(`/v1/cases/${current.id}/acknowledgements`);

    const last = await phone.press('1');

    expect(last).toBe('Another clinician has taken this case. No action needed. Goodbye.');
    expect(await caseOf(service, current.id)).toEqual({ state: 'acknowledged', owner: 'backup' });
    expect(await takesOf(service, current.id)).toMatchObject([
      { kind: 'primary', person: 'backup' },
      { kind: 'co', person: 'primary', channel: 'voice' },
    ]);
  });

  it('says that it is over when the case has ended meanwhile', async () => {
    const current = await raiseAndRing();
    await phone.pickUp();
    await service.lab.fault({ match: { operation: 'UpdateCall' }, fault: { status: 500 } });
    const api = service.api('supervisor');
    await api.post(`/v1/cases/${current.id}/acknowledgements`);
    await api.post(`/v1/cases/${current.id}/contacts`, { kind: 'call', outcome: 'reached' });
    const disposed = await api.post(`/v1/cases/${current.id}/disposition`, {
      code: 'supported_by_phone',
    });

    const last = await phone.press('2');

    expect(disposed.status).toBe(201);
    expect(last).toBe('This case no longer waits for an answer. No action needed. Goodbye.');
    expect(await caseOf(service, current.id)).toMatchObject({ state: 'disposed' });
  });
});
