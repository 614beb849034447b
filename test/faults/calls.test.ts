import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Fault } from '../../src/phone-lab/faults/fault.js';
import {
  attemptsOf,
  caseOf,
  endAllCases,
  isIn,
  secondCallMs,
  takesOf,
} from '../integration/pages/staff-phone.js';
import { onBothBackends } from '../support/queue/backends.js';
import { type Service, startService } from '../support/service.js';
import { aProgramOfCallsOnly, asked, phonesOf, raise, taken } from './callable.js';

jest.setTimeout(60_000);

let service: Service;
let phones: ReturnType<typeof phonesOf>;

const rounds = 3;
const tooLate = /Another clinician has taken this case|This page needs no answer any more/;

const onCallTo = (number: string, fault: Fault) =>
  service.lab.fault({ match: { number, channel: 'voice' }, times: 1, fault });

/** The first attempt to call the primary, once it is like that. */
const firstCall = (caseId: string, state: string, settled: boolean) =>
  service.eventually(async () => {
    const [attempt] = await attemptsOf(service, caseId, 'primary', 'voice');
    return attempt?.state === state && attempt.settled === settled && attempt;
  });

describe('calls that go wrong', () => {
  onBothBackends((backend) => {
    beforeAll(async () => {
      const program = aProgramOfCallsOnly();
      service = await startService({ backend, program, processes: ['web', 'web', 'worker'] });
      phones = phonesOf(service);
    });
    afterEach(async () => {
      await endAllCases(service);
      await service.check();
    });
    afterAll(() => service.stop());

    it.each<[string, Fault, string]>([
      ['every line is busy', { busy: true }, 'no_answer'],
      ['nobody answers', { noAnswer: true }, 'no_answer'],
      ['voicemails answer', { voicemail: {}, gatherSeconds: 0.02 }, 'answered'],
    ])('take nothing when %s, and come again', async (_what, fault, state) => {
      await service.lab.fault({ fault });
      const { id } = await raise(service);
      await firstCall(id, state, true);
      const before = await caseOf(service, id);
      await service.lab.clearFaults();

      await service.passTime(secondCallMs);
      await phones.primary.pickUp();

      expect(before).toEqual({ state: 'paging', owner: null });
      expect(await takesOf(service, id)).toEqual([]);
      expect(await phones.primary.press('1')).toContain(taken);
    });

    it.each<[string, Fault]>([
      ['answers nothing', { acceptThenSilent: true, noReceipt: true, ringSeconds: 0.2 }],
      ['cuts every connection', { reset: true }],
      ['answers 503', { status: 503 }],
    ])('are made on and on when the provider %s for a minute', async (_how, fault) => {
      await service.lab.fault({ fault });
      const { id } = await raise(service);
      for (let seconds = 0; seconds < 60; seconds += 20) {
        const before = await asked(service, 'CreateCall');
        await service.passTime(20_000);
        await service.eventually(async () => (await asked(service, 'CreateCall')) > before);
      }
      expect(await caseOf(service, id)).toEqual({ state: 'paging', owner: null });

      await service.lab.clearFaults();
      await service.passTime(10_000);

      await phones.primary.ringing(10_000);
      await phones.primary.pickUp();
      expect(await phones.primary.press('1')).toContain(taken);
      expect(await caseOf(service, id)).toMatchObject({ owner: 'primary' });
    });

    it.each([
      ['while we still wait to hear of the call', 'started', false],
      ['after we gave up hearing of the call', 'unknown', true],
    ])('are answered by a key that comes %s', async (_when, state, settled) => {
      await onCallTo(phones.primary.number, { acceptThenSilent: true, noReceipt: true });
      const { id } = await raise(service);
      await phones.primary.pickUp();
      const [call] = await phones.primary.calls();
      const before = await firstCall(id, state, settled);

      const said = await phones.primary.press('1');

      const [attempt] = await attemptsOf(service, id, 'primary', 'voice');
      expect(before.sid).toBeNull();
      expect(said).toContain(taken);
      expect(attempt).toMatchObject({ id: before.id, state: 'answered', sid: call!.id });
      await phones.backup.call(isIn('canceled'));
      await service.passTime(20_000); // Nobody ever tells that this call has ended.
    });

    it('give a case to one of two who press 1 at once', async () => {
      for (let round = 0; round < rounds; round += 1) {
        const { id } = await raise(service);
        await Promise.all([phones.primary.pickUp(), phones.backup.pickUp()]);

        const [one, other] = await Promise.all([
          phones.primary.press('1'),
          phones.backup.press('1'),
        ]);

        const winner = one.includes(taken) ? 'primary' : 'backup';
        expect(winner === 'primary' ? one : other).toContain(taken);
        expect(winner === 'primary' ? other : one).toMatch(tooLate);
        expect(await caseOf(service, id)).toEqual({ state: 'acknowledged', owner: winner });
        const takes = await takesOf(service, id);
        const first = takes.filter(({ kind }) => kind === 'primary');
        expect(first).toMatchObject([{ person: winner, channel: 'voice' }]);
        await phones.supervisor.call(isIn('canceled'));
      }
    });
  });
});
