import { afterEach, describe, expect, it, jest } from '@jest/globals';
import net from 'node:net';
import { type Service, startService } from '../support/service.js';
import type { Patience } from '../support/service/eventually.js';
import { aFlag } from '../support/service/flag.js';
import { onBothBackends } from '../support/queue/backends.js';
import { lockTable, someoneWaits } from './locks.js';

jest.setTimeout(60_000);

let service: Service;
afterEach(() => service.stop({ stepMs: 8_000 }));

/** The provider carries the next text out and never says so: whoever sent it is held there. */
const holdNextText = () =>
  service.lab.fault({ times: 1, fault: { acceptThenSilent: true, noReceipt: true } });

const requests = (count: number, patience: Patience = {}) =>
  service.eventually(async () => (await service.lab.requests()).length >= count, {
    what: `request ${count} to the provider`,
    ...patience,
  });

const attempts = () =>
  service.sql<{ state: string; sid: string | null }>(
    'select state, provider_sid as sid from page_attempts order by started_at, try',
  );

describe('processes that die, freeze or are asked to end', () => {
  onBothBackends((backend) => {
    it('pages again when two processes are killed between claim and result', async () => {
      service = await startService({ backend, processes: ['all', 'all'] });
      service.freeze(1);
      await holdNextText();
      const { body } = await service.raiseFlag();
      await requests(1);
      await service.kill(0);
      await holdNextText();
      service.thaw(1);
      await requests(2);
      await service.kill(1);
      await service.restart(0);
      await requests(3);

      const page = await service.phones.expectPage('primary', { ref: body.case!.ref });
      const said = await service.phones.reply('primary', page);

      expect(said).toContain('you have taken');
      await service.eventually(async () => {
        const states = (await attempts()).map(({ state }) => state);
        return states.join() === 'unknown,unknown,delivered';
      });
    });

    it('pages again within seconds when the only worker is killed in the middle', async () => {
      service = await startService({ backend, processes: ['web', 'worker'] });
      await holdNextText();
      const { body } = await service.raiseFlag();
      await requests(1);

      await service.kill(1);

      await requests(2, { deadlineMs: 8_000 });
      await service.phones.expectPage('primary', { ref: body.case!.ref });
    });

    it('writes nothing with an old claim when a process wakes up past its lease', async () => {
      service = await startService({ backend, processes: ['all', 'all'] });
      service.freeze(1);
      await service.lab.fault({ times: 1, fault: { delayMs: 1_500, noReceipt: true } });
      const { body } = await service.raiseFlag();
      await requests(1);
      service.freeze(0);
      service.thaw(1);
      await service.passTime(6_000);
      await requests(2);
      service.thaw(0);

      await service.eventually(async () =>
        (await service.auditOf(body.case!.id)).some(({ action }) => action === 'fence.rejected'),
      );
      const page = await service.phones.expectPage('primary');
      expect(await service.phones.reply('primary', page)).toContain('you have taken');
    });

    it('answers a flag in flight when asked to end, and the page goes out', async () => {
      service = await startService({ backend });
      const lock = await lockTable(service, 'flags');
      const answering = service.raiseFlag();
      await service.eventually(() => someoneWaits(service));
      const ending = service.term(0);
      await service.eventually(() => isClosed(service.processes.portOf(0)), { deadlineMs: 1_500 });
      await lock.release();
      const { status, body } = await answering;
      await ending;

      expect(status).toBe(201);
      await service.restart(0);
      const page = await service.phones.expectPage('primary', { ref: body.case!.ref });
      expect(await service.phones.reply('primary', page)).toContain('you have taken');
    });

    it('ends a page that is under way when asked to end, and sends it no second time', async () => {
      service = await startService({ backend });
      await service.lab.fault({ times: 1, fault: { delayMs: 1_000 } });
      const { body } = await service.raiseFlag();
      await requests(1);

      await service.term(0);
      const left = await attempts();
      await service.restart(0);

      const page = await service.phones.expectPage('primary', { ref: body.case!.ref });
      expect(left).toEqual([
        { state: expect.stringMatching(/handed|delivered/), sid: expect.any(String) },
      ]);
      expect(await service.phones.reply('primary', page)).toContain('you have taken');
      expect(await service.lab.requests()).toHaveLength(1);
    });

    it('loses no flag and delays no page when one of two is asked to end under load', async () => {
      service = await startService({ backend, processes: ['all', 'all'] });
      const posting = Array.from({ length: 20 }, async (_, at) => {
        if (at === 10) await service.term(0);
        const flag = aFlag();
        return service.eventually(async () => {
          const { status, body } = await service.raiseFlag(flag, { idempotencyKey: `load-${at}` });
          return status < 300 && body.case!.ref;
        });
      });
      const refs = await Promise.all(posting);

      for (const ref of refs) await service.phones.expectPage('primary', { ref });
      expect(await service.cases()).toHaveLength(20);
    });
  });
});

function isClosed(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', () => resolve(true));
  });
}
