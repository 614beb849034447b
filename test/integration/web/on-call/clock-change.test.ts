import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Service, startService } from '../../../support/service.js';
import { givePasswords } from '../visitor.js';
import { aProgramToLookAt, signedIn } from './place.js';

let service: Service;
beforeAll(async () => {
  service = await startService({ program: aProgramToLookAt() });
  await givePasswords(service);
});
afterAll(() => service.stop());

const dayMs = 86_400_000;

/** The second Sunday of the next March that is at least a week ahead, in UTC. */
function nextChange(now: Date): Date {
  const [year] = [now.getUTCFullYear()];
  const candidates = [year, year + 1].map((one) => {
    const first = new Date(Date.UTC(one, 2, 1, 7));
    return new Date(first.getTime() + (((7 - first.getUTCDay()) % 7) + 7) * dayMs);
  });
  return candidates.find((one) => one.getTime() > now.getTime() + 7 * dayMs)!;
}

it('says on the day of a clock change whose shift is an hour shorter', async () => {
  const [row] = await service.sql<{ now: Date }>('select handrail_now() as now');
  const now = new Date(row!.now);
  await service.passTime(nextChange(now).getTime() - 3 * dayMs - now.getTime());
  const visitor = await signedIn(service, 'supervisor');
  const { text } = await visitor.get('/on-call');

  expect(text).toMatch(
    /Clocks go forward on Sun, Mar \d+, from 1:59 AM EST to 3:00 AM EDT: this shift of Zebulon/,
  );
  expect(text).toContain('is an hour shorter.');
  const simulated = await visitor.get('/on-call/simulation?program=harness');
  expect(simulated.html).toContain('<td class="level-none"></td>');
});
