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

describe('a page by phone', () => {
  it('comes 15 s after the text, and key 1 takes the case and says so', async () => {
    const current = await raise();
    await service.phones.expectPage('primary', { ref: current.ref });
    const before = await attemptsOf(service, current.id, 'primary');
    await service.passTime(firstCallMs);

    const { said } = await phone.pickUp();
    const confirmation = await phone.press('1');

    expect(before).toMatchObject([{ channel: 'sms' }]);
    expect(said.join(' ')).toContain(`case ${current.ref.split('').join(' ')}.`);
    expect(confirmation).toContain('You have taken the case.');
    expect(await caseOf(service, current.id)).toEqual({ state: 'acknowledged', owner: 'primary' });
    const [call] = await attemptsOf(service, current.id, 'primary', 'voice');
    const proof = { digits: '1', callSid: call!.sid, attemptId: call!.id };
    expect(await takesOf(service, current.id)).toEqual([
      { kind: 'primary', person: 'primary', channel: 'voice', proof },
    ]);
  });

  it('lets the call of whoever takes it end by itself, after its last words', async () => {
    const current = await raiseAndRing();
    await phone.pickUp();
    await phone.press('1');

    const call = await phone.call(isIn('completed'));
    await service.eventually(async () => {
      const [attempt] = await attemptsOf(service, current.id, 'primary', 'voice');
      return attempt?.settled && attempt.status === 'completed' && !attempt.left;
    });

    expect(call.said.at(-1)).toContain('You have taken the case.');
    const changes = (await service.lab.requests()).filter(({ path }) => path.includes(call.id));
    expect(changes).toEqual([]);
  });

  it('comes at once when the text is refused', async () => {
    await goesWrong({ errorCode: 30_034 }, 'sms');
    const current = await raise();

    await phone.pickUp();
    await phone.press('1');

    expect(await caseOf(service, current.id)).toMatchObject({ owner: 'primary' });
    const [text, call] = await attemptsOf(service, current.id, 'primary');
    expect(text).toMatchObject({ channel: 'sms', state: 'failed', failure: 'permanent' });
    expect(call).toMatchObject({ channel: 'voice', causedBy: text!.id });
  });

  it('comes at once when a receipt says that the text did not arrive', async () => {
    await goesWrong({ receiptErrorCode: 30_003 }, 'sms');
    const current = await raise();

    await phone.pickUp();
    await phone.press('1');

    expect(await caseOf(service, current.id)).toMatchObject({ owner: 'primary' });
    const [text, call] = await attemptsOf(service, current.id, 'primary');
    expect(text).toMatchObject({ channel: 'sms', state: 'undelivered' });
    expect(call).toMatchObject({ channel: 'voice', causedBy: text!.id });
  });

  it.each<[string, Fault, string]>([
    ['nobody answers', { noAnswer: true }, 'no_answer'],
    ['the line is busy', { busy: true }, 'no_answer'],
    ['a voicemail answers', { voicemail: {}, gatherSeconds: 0.02 }, 'answered'],
    [
      'a voicemail answers and is known as one',
      { voicemail: { answeredBy: 'machine_start' }, gatherSeconds: 0.02 },
      'answered',
    ],
  ])('comes again after 45 s when %s, which takes nothing', async (_what, fault, state) => {
    await goesWrong(fault);
    const current = await raise();
    await service.passTime(firstCallMs);
    await service.eventually(async () => {
      const [call] = await attemptsOf(service, current.id, 'primary', 'voice');
      return call?.settled && call.state === state;
    });
    const before = await attemptsOf(service, current.id, 'primary', 'voice');
    await service.passTime(secondCallMs - firstCallMs);

    await phone.ringing();

    expect(before).toHaveLength(1);
    expect(await attemptsOf(service, current.id, 'primary', 'voice')).toHaveLength(2);
    expect(await caseOf(service, current.id)).toEqual({ state: 'paging', owner: null });
  });

  it('is followed by a text when the network cannot connect the call', async () => {
    await goesWrong({ callFails: true });
    const current = await raise();
    await service.phones.expectPage('primary', { ref: current.ref });
    await service.passTime(firstCallMs);

    await service.phones.expectPage('primary', { ref: current.ref });

    const [first, call, second] = await attemptsOf(service, current.id, 'primary');
    expect(first).toMatchObject({ channel: 'sms', state: 'delivered' });
    expect(call).toMatchObject({ channel: 'voice', state: 'undelivered' });
    expect(second).toMatchObject({ channel: 'sms', causedBy: call!.id });
  });
});
