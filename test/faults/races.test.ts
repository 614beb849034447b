import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Service, startService } from '../support/service.js';
import { onBothBackends } from '../support/queue/backends.js';
import { aProgram } from '../support/service/program.js';

jest.setTimeout(60_000);

let service: Service;

/** Tries again where the service says that it is too busy right now. */
const take = (person: string, path: string): Promise<number> =>
  service.eventually(async () => {
    const { status } = await service.api(person).post(path);
    return status !== 503 && status;
  });

const takers = 50;
const rounds = 5;

describe('things that happen at once', () => {
  onBothBackends((backend) => {
    beforeAll(async () => {
      const program = aProgram({ moreClinicians: takers, leaseSeconds: 600 });
      service = await startService({ backend, program, processes: ['web', 'web', 'worker'] });
    });
    afterEach(() => service.check());
    afterAll(() => service.stop());

    it('gives a case to one of fifty who take it, and records the others', async () => {
      const { body } = await service.raiseFlag();
      const path = `/v1/cases/${body.case!.id}/acknowledgements`;

      const takes = Array.from({ length: takers }, (_, at) => take(`clinician-${at + 1}`, path));
      const statuses = await Promise.all(takes);

      expect(statuses.filter((status) => status === 201)).toHaveLength(1);
      expect(statuses.filter((status) => status === 409)).toHaveLength(takers - 1);
      const kinds = await service.sql(
        'select kind, count(*)::int as n from acknowledgements group by kind order by kind',
      );
      expect(kinds).toEqual([
        { kind: 'co', n: takers - 1 },
        { kind: 'primary', n: 1 },
      ]);
    });

    it('lets a take stand that comes at the very moment of the next step', async () => {
      for (let round = 0; round < rounds; round += 1) {
        const { body } = await service.raiseFlag();
        const page = await service.phones.expectPage('primary', { ref: body.case!.ref });

        const [said] = await Promise.all([
          service.phones.reply('primary', page),
          service.passTime(60_000),
        ]);

        expect(said).toContain('you have taken');
        const [row] = await service.sql('select state, owner_id from cases where id = $1', [
          body.case!.id,
        ]);
        expect(row).toMatchObject({ state: 'acknowledged', owner_id: expect.any(String) });
      }
    });
  });
});
