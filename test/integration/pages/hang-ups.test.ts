import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Fault } from '../../../src/phone-lab/faults/fault.js';
import { type Service, startService } from '../../support/service.js';
import {
  aProgramWithCalls,
  attemptsOf,
  caseOf,
  endAllCases,
  firstCallMs,
  isIn,
  StaffPhone,
} from './staff-phone.js';

let service: Service;
let primary: StaffPhone;
let backup: StaffPhone;
let supervisor: StaffPhone;

/** Everybody is paged at once. */
beforeAll(async () => {
  service = await startService({ program: aProgramWithCalls({ steps: [{ role: 'clinician' }] }) });
  const phoneOf = (person: string): StaffPhone => new StaffPhone(service, person);
  [primary, backup, supervisor] = [phoneOf('primary'), phoneOf('backup'), phoneOf('supervisor')];
});

afterEach(async () => {
  await endAllCases(service);
  await service.check();
});

afterAll(() => service.stop());

async function raise(): Promise<{ id: string; ref: string }> {
  const current = (await service.raiseFlag()).body.case!;
  for (const person of ['primary', 'backup', 'supervisor']) {
    await service.phones.expectPage(person, { ref: current.ref });
  }
  return current;
}

async function raiseAndRingAll() {
  const current = await raise();
  await service.passTime(firstCallMs);
  await Promise.all([primary.ringing(), backup.ringing(), supervisor.ringing()]);
  return current;
}

const toBackup = (fault: Fault) =>
  service.lab.fault({ match: { number: backup.number, channel: 'voice' }, times: 1, fault });

const take = (id: string) => service.api('primary').post(`/v1/cases/${id}/acknowledgements`);

describe('when somebody takes the case', () => {
  it('other phones fall silent, and whoever had picked up is told', async () => {
    const current = await raiseAndRingAll();
    await service.lab.answer(supervisor.number);
    await primary.pickUp();

    const said = await primary.press('1');
    const stopped = await backup.call(isIn('canceled', 'completed'));
    const told = await supervisor.call(isIn('completed'));

    expect(said).toContain('You have taken the case.');
    expect(stopped.said).toEqual([]);
    expect(told.said.at(-1)).toBe('This page needs no answer any more. Goodbye.');
    expect(await caseOf(service, current.id)).toMatchObject({ owner: 'primary' });
  });

  it('their own phone falls silent too, where they took it another way', async () => {
    const { ref } = await raiseAndRingAll();
    const [page] = (await service.phones.pagesOf('backup')).filter((one) => one.ref === ref);

    await service.phones.reply('backup', page!);

    const all = [primary, backup, supervisor];
    const calls = await Promise.all(all.map((one) => one.call(isIn('canceled'))));
    expect(calls.map(({ said }) => said)).toEqual([[], [], []]);
  });

  it('phones fall silent although the provider fails at first', async () => {
    const fault = { match: { operation: 'UpdateCall', number: backup.number } } as const;
    const current = await raiseAndRingAll();
    await service.lab.fault({ ...fault, times: 2, fault: { status: 503 } });
    await service.lab.fault({ ...fault, times: 1, fault: { reset: true } });

    await take(current.id);

    await backup.call(isIn('canceled'), 15_000);
    expect(service.output).toContain('hang_up.failed');
  });

  it('a phone that begins to ring only then falls silent at once', async () => {
    const current = await raise();
    const known = (await backup.calls()).map(({ id }) => id);
    await toBackup({ delayMs: 1_200 });
    await service.passTime(firstCallMs);
    await service.eventually(async () => {
      const [call] = await attemptsOf(service, current.id, 'backup', 'voice');
      return call?.state === 'started';
    });

    await take(current.id);

    const call = await backup.call(({ id, state }) => state === 'canceled' && !known.includes(id));
    const [attempt] = await attemptsOf(service, current.id, 'backup', 'voice');
    expect(attempt).toMatchObject({ sid: call.id });
  });

  it('a phone whose call we first hear of in a receipt falls silent then', async () => {
    const current = await raise();
    await toBackup({ acceptThenSilent: true, receiptsLateMs: 2_500 });
    await service.passTime(firstCallMs);
    await backup.ringing();
    await take(current.id);
    await service.eventually(async () => {
      const [call] = await attemptsOf(service, current.id, 'backup', 'voice');
      return call?.state === 'unknown' && call.sid === null;
    });

    await backup.call(isIn('canceled'));

    const [attempt] = await attemptsOf(service, current.id, 'backup', 'voice');
    expect(attempt).toMatchObject({ sid: (await backup.calls())[0]!.id });
  });

  it('a text that nobody ever tells the end of is given up', async () => {
    await service.lab.fault({
      match: { number: backup.number, channel: 'sms' },
      times: 1,
      fault: { noReceipt: true },
    });
    const current = await raise();
    await take(current.id);
    const [before] = await attemptsOf(service, current.id, 'backup', 'sms');
    await service.passTime(30_000);

    await service.eventually(async () => {
      const [text] = await attemptsOf(service, current.id, 'backup', 'sms');
      return text?.state === 'unknown' && text.settled && !text.left;
    });
    expect(before).toMatchObject({ state: 'handed', settled: false });
  });
});
