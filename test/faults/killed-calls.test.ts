import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import type { Fault } from '../../src/phone-lab/faults/fault.js';
import { attemptsOf, caseOf, endAllCases, isIn } from '../integration/pages/staff-phone.js';
import { onBothBackends } from '../support/queue/backends.js';
import { type Service, startService } from '../support/service.js';
import { aProgramOfCallsOnly, asked, patientCalls, phonesOf, raise, taken } from './callable.js';

jest.setTimeout(60_000);

const leaseMs = 6_000;
const beforeTheCall: Fault = { delayMs: 3_000, reset: true };
const beforeTheAnswer: Fault = { acceptThenSilent: true, noReceipt: true };

let service: Service;
let phones: ReturnType<typeof phonesOf>;
const killed = new Set<number>();

async function kill(index: number): Promise<void> {
  killed.add(index);
  await service.kill(index);
}

async function restart(index: number): Promise<void> {
  await service.restart(index);
  killed.delete(index);
}

/** Whatever a test left, both processes run again. */
async function revive(): Promise<void> {
  if (!killed.has(1)) service.thaw(1);
  for (const index of killed) await restart(index);
}

/** The next call to the primary goes wrong, and whoever makes it is held there. */
const holdNextCall = (fault: Fault) =>
  service.lab.fault({
    match: { number: phones.primary.number, operation: 'CreateCall' },
    times: 1,
    fault,
  });

/** Waits until so many calls to the primary were asked for; resolves to the attempts. */
const callsAsked = (caseId: string, count: number) =>
  service.eventually(
    async () => {
      const attempts = await attemptsOf(service, caseId, 'primary');
      const heard = JSON.stringify(await service.lab.requests());
      return attempts.filter(({ nonce }) => heard.includes(nonce)).length === count && attempts;
    },
    { what: `call ${count}` },
  );

const statesOf = async (caseId: string): Promise<string[]> =>
  (await attemptsOf(service, caseId, 'primary')).map(({ state }) => state);

/** Every phone rings, and we know by which call. */
async function ringAll(): Promise<{ id: string }> {
  await service.lab.fault(patientCalls);
  const current = await raise(service);
  await Promise.all(Object.values(phones).map((phone) => phone.ringing()));
  await service.eventually(async () => {
    const people = Object.keys(phones);
    const attempts = await Promise.all(people.map((one) => attemptsOf(service, current.id, one)));
    return attempts.every(([call]) => call?.state === 'handed' && call.sid !== null);
  });
  return current;
}

describe('calls whose process is killed', () => {
  onBothBackends((backend) => {
    beforeAll(async () => {
      const program = aProgramOfCallsOnly();
      service = await startService({ backend, program, processes: ['all', 'all'] });
      phones = phonesOf(service);
    });
    beforeEach(() => service.freeze(1)); // So that the other one does everything.
    afterEach(async () => {
      await revive();
      await endAllCases(service);
      await service.check({ stepMs: 8_000 });
    });
    afterAll(() => service.stop({ stepMs: 8_000 }));

    it.each<[string, Fault]>([
      ['between claim and call', beforeTheCall],
      ['between the call and our record of it', { ...beforeTheAnswer, ringSeconds: 0.2 }],
    ])('are made again by another one when it dies %s', async (_when, fault) => {
      await holdNextCall(fault);
      const { id } = await raise(service);
      await callsAsked(id, 1);
      await kill(0);
      service.thaw(1);
      await service.passTime(leaseMs);

      const [first, second] = await callsAsked(id, 2);
      await phones.primary.pickUp();

      expect(second).toMatchObject({ causedBy: first!.id });
      expect(await phones.primary.press('1')).toContain(taken);
      expect(await statesOf(id)).toEqual(['unknown', 'answered']);
    });

    it('are made a third time when two die in the middle of the same page', async () => {
      await holdNextCall(beforeTheCall);
      const { id } = await raise(service);
      await callsAsked(id, 1);
      await kill(0);
      await holdNextCall(beforeTheCall);
      service.thaw(1);
      await service.passTime(leaseMs);
      await callsAsked(id, 2);
      await kill(1);
      await restart(0);
      await service.passTime(leaseMs);

      await callsAsked(id, 3);
      await phones.primary.pickUp();

      expect(await phones.primary.press('1')).toContain(taken);
      expect(await statesOf(id)).toEqual(['unknown', 'unknown', 'answered']);
    });

    it('are taken by their key although it died before it had their name', async () => {
      await holdNextCall({ ...beforeTheAnswer, ringSeconds: 60, gatherSeconds: 60 });
      const { id } = await raise(service);
      await phones.primary.pickUp();
      const [call] = await phones.primary.calls();
      const [before] = await callsAsked(id, 1);
      await kill(0);
      service.thaw(1);

      const said = await phones.primary.press('1');

      const [after] = await attemptsOf(service, id, 'primary');
      expect(before).toMatchObject({ state: 'started', sid: null });
      expect(said).toContain(taken);
      expect(after).toMatchObject({ state: 'answered', sid: call!.id });
      expect(await caseOf(service, id)).toMatchObject({ owner: 'primary' });
      await service.passTime(20_000); // Nobody ever tells that this call has ended.
    });

    it('speak, and are taken by their key, when every process dies while they ring', async () => {
      const { id } = await ringAll();
      await kill(0);
      await kill(1);
      const { said } = await phones.primary.pickUp();
      await restart(0);
      const before = await caseOf(service, id);

      const last = await phones.primary.press('1');

      expect(said.join()).toContain('To take it press 1');
      expect(before).toEqual({ state: 'paging', owner: null });
      expect(last).toContain(taken);
      expect(await caseOf(service, id)).toMatchObject({ owner: 'primary' });
    });

    it.each<[string, () => Promise<void>]>([
      ['another one', () => Promise.resolve(service.thaw(1))],
      ['the same one, started again,', () => restart(0)],
    ])('are hung up by %s when it dies after somebody took the case', async (_who, carryOn) => {
      await ringAll();
      const operation = 'UpdateCall';
      await service.lab.fault({ match: { operation }, fault: beforeTheCall });
      const before = await asked(service, operation);
      await phones.primary.pickUp();
      const said = await phones.primary.press('1');
      await service.eventually(async () => (await asked(service, operation)) > before);
      await kill(0);
      await service.loseEveryJob();
      const [ringing] = await phones.backup.calls();
      await service.lab.clearFaults();

      await carryOn();

      expect(said).toContain(taken);
      expect(ringing).toMatchObject({ state: 'ringing' });
      await phones.backup.call(isIn('canceled'), 10_000);
      await phones.supervisor.call(isIn('canceled'), 10_000);
    });
  });
});
