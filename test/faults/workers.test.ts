import { afterEach, describe, expect, it, jest } from '@jest/globals';
import net from 'node:net';
import pg from 'pg';
import { type Service, startService } from '../support/service.js';
import { aFlag } from '../support/service/flag.js';
import { onBothBackends } from '../support/queue/backends.js';

jest.setTimeout(60_000);

let service: Service;
afterEach(() => service.stop({ stepMs: 8_000 }));

/** The provider carries the next text out and never says so: whoever sent it is held there. */
const holdNextText = () =>
  service.lab.fault({ times: 1, fault: { acceptThenSilent: true, noReceipt: true } });

const requests = (count: number) =>
  service.eventually(async () => (await service.lab.requests()).length >= count, {
    what: `request ${count} to the provider`,
  });

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
        const attempts = await service.sql('select state from page_attempts order by try');
        return attempts.map(({ state }) => state).join() === 'unknown,unknown,delivered';
      });
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
      const lock = await lockFlags();
      const answering = service.raiseFlag();
      await service.eventually(someoneWaits);
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

/** Until it is released nobody can store a flag. */
async function lockFlags(): Promise<{ release(): Promise<void> }> {
  const client = new pg.Client({ connectionString: service.database.superuserUrl });
  await client.connect();
  await client.query('begin; lock table flags in share mode');
  return { release: () => client.end() };
}

async function someoneWaits(): Promise<boolean> {
  const waiting = await service.sql(
    `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return waiting.length > 0;
}

function isClosed(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', () => resolve(true));
  });
}
