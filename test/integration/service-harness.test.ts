import { afterEach, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../support/service.js';
import { onBothBackends } from '../support/queue/backends.js';

let service: Service;
afterEach(() => service.stop());

describe('the service under test', () => {
  onBothBackends((backend) => {
    it('pages, is answered by text, and keeps the record', async () => {
      service = await startService({ backend });

      const { status, body } = await service.raiseFlag();
      const page = await service.phones.expectPage('primary', { ref: body.case!.ref });
      const said = await service.phones.reply('primary', page);

      expect(status).toBe(201);
      expect(body.resources).not.toHaveLength(0);
      expect(said).toContain(`you have taken case ${page.ref}`);
      const [row] = await service.cases();
      expect(row).toMatchObject({ id: body.case!.id, state: 'acknowledged' });
      const actions = (await service.auditOf(body.case!.id)).map(({ action }) => action);
      expect(actions).toContain('case.acknowledged');
    });

    it('pages the backup when time passes, also when every job is lost', async () => {
      service = await startService({ backend });

      await service.raiseFlag();
      await service.phones.expectPage('primary');
      await service.loseEveryJob();
      await service.passTime(60_000);
      const page = await service.phones.expectPage('backup');

      expect(page.body).toContain('step 2/3');
    });
  });
});
