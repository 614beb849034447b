import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { FaultRuleInput } from '../support/phone-lab.js';
import { type Service, startService } from '../support/service.js';
import { onBothBackends } from '../support/queue/backends.js';
import { aProgram } from '../support/service/program.js';

jest.setTimeout(60_000);

let service: Service;

const requests = async (): Promise<number> => (await service.lab.requests()).length;

const toPrimary = (fault: FaultRuleInput['fault'], times?: number): FaultRuleInput => ({
  match: { number: service.phones.person('primary').phone },
  ...(times !== undefined && { times }),
  fault,
});

const disabled = () =>
  service.sql(
    `select s.key, m.disabled_reason as reason from contact_methods m join staff s
        on s.id = m.staff_id where m.disabled_at is not null`,
  );

/** Waits until the attempts of a case's pages have come to these states, in order. */
const attemptsCome = (caseId: string, ...states: string[]) =>
  service.eventually(async () => {
    const rows = await service.sql<{ state: string }>(
      `select a.state from page_attempts a join pages p on p.id = a.page_id
        where p.subject_id = $1 order by a.started_at`,
      [caseId],
    );
    return rows.map(({ state }) => state).join() === states.join();
  });

describe('a provider that fails', () => {
  onBothBackends((backend) => {
    beforeAll(async () => {
      service = await startService({ backend, program: aProgram({ waitSeconds: 300 }) });
    });
    afterEach(async () => {
      await service.check();
      await service.lab.clearFaults();
      await service.sql('update contact_methods set disabled_at = null, disabled_reason = null');
    });
    afterAll(() => service.stop());

    it.each([
      ['answers nothing', { acceptThenSilent: true, noReceipt: true }],
      ['cuts every connection', { reset: true }],
      ['answers 503', { status: 503 }],
    ] as const)('is tried on and on when it %s for a minute', async (_how, fault) => {
      await service.lab.fault({ fault });
      const { body } = await service.raiseFlag();
      for (let seconds = 0; seconds < 60; seconds += 20) {
        const before = await requests();
        await service.passTime(20_000);
        await service.eventually(async () => (await requests()) > before);
      }

      await service.lab.clearFaults();
      await service.passTime(10_000);

      await service.eventually(async () => {
        const delivered = await service.sql(
          `select from page_attempts a join pages p on p.id = a.page_id
            where p.subject_id = $1 and a.state = 'delivered'`,
          [body.case!.id],
        );
        return delivered.length > 0;
      });
      const page = await service.phones.expectPage('primary', { ref: body.case!.ref });
      expect(await service.phones.reply('primary', page)).toContain('you have taken');
    });

    it.each([
      [21610, 'opted_out'],
      [21211, 'bad_contact'],
    ])('pages the next person at once when a number is refused with %d', async (code, reason) => {
      await service.lab.fault(toPrimary({ errorCode: code }));

      const first = await service.raiseFlag();
      await service.phones.expectPage('backup', { ref: first.body.case!.ref });
      const second = await service.raiseFlag();
      await service.phones.expectPage('backup', { ref: second.body.case!.ref });

      expect(await disabled()).toEqual([{ key: 'primary', reason }]);
    });

    it('texts again when a text is reported undelivered', async () => {
      await service.lab.fault(toPrimary({ receiptErrorCode: 30003 }, 1));

      const { body } = await service.raiseFlag();

      await service.phones.expectPage('primary', { ref: body.case!.ref });
      await attemptsCome(body.case!.id, 'undelivered', 'delivered');
    });

    it('pages the next person at once when a text is undeliverable for good', async () => {
      await service.lab.fault(toPrimary({ receiptErrorCode: 30005 }));

      const { body } = await service.raiseFlag();
      await service.phones.expectPage('backup', { ref: body.case!.ref });

      expect(await disabled()).toEqual([{ key: 'primary', reason: 'bad_contact' }]);
    });

    it.each([
      ['twice and out of order', { receiptsTwice: true, receiptsOutOfOrder: true }],
      ['before its own answer', { receiptBeforeAnswer: true }],
    ] as const)('is understood when it sends receipts %s', async (_how, fault) => {
      await service.lab.fault({ fault });

      const { body } = await service.raiseFlag();

      await service.phones.expectPage('primary', { ref: body.case!.ref });
      await attemptsCome(body.case!.id, 'delivered');
    });
  });
});
