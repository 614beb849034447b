import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type FlagAnswer, type Service, startService } from '../../support/service.js';
import type { Answer } from '../../support/service/requests.js';
import { stored } from './posting.js';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const hours = (count: number): number => count * 3_600_000;
const idsIn = ({ body }: Answer<FlagAnswer>): string[] =>
  (body.resources as { id: string }[]).map(({ id }) => id);
const tokenOf = ({ body }: Answer<FlagAnswer>): string => body.links!.status.split('/').at(-1)!;

/** To the very end, so that nobody waits for anything while the time passes. */
async function close({ body }: Answer<FlagAnswer>): Promise<void> {
  const staff = service.api('supervisor');
  for (const [what, fields] of [
    ['acknowledgements', {}],
    ['disposition', { code: 'supported_by_phone' }],
    ['follow-up', { none: true, reason: 'fine' }],
    ['closure', {}],
  ] as const) {
    const { status } = await staff.post(`/v1/cases/${body.case!.id}/${what}`, fields);
    expect(status).toBe(201);
  }
}

describe('a repeat within a day, of somebody without an account', () => {
  const low = { acuity: 'ROUTINE', need: 'coaching' };

  it.each<[what: string, passed: number, acuity: string]>([
    ['at once', 0, 'URGENT'],
    ['hours later', hours(5), 'URGENT'],
    ['two days later', hours(48), 'ROUTINE'],
  ])('%s', async (_what, passed, acuity) => {
    const first = await service.raiseFlag({ text: 'one' });
    await close(first);
    await service.passTime(passed);

    const again = await service.raiseFlag({ ...low, statusToken: tokenOf(first) });

    expect(again.body.case!.id).not.toBe(first.body.case!.id);
    expect(again.body.case).toMatchObject({ acuity });
    await close(again);
  });
});

describe('where somebody said they are', () => {
  it.each<[what: string, later: number, first: string]>([
    ['counts for the next flag', 0, 'mx-911'],
    ['counts for a day', hours(23), 'mx-911'],
    ['counts no longer after a day', hours(25), 'us-911'],
  ])('%s', async (_what, later, id) => {
    const participant = { externalId: `p-${randomUUID()}` };
    await close(await service.raiseFlag({ participant, location: { country: 'MX' } }));
    await service.passTime(later);

    const answer = await service.raiseFlag({ participant });

    expect(idsIn(answer)[0]).toBe(id);
    expect((await stored(service, answer.body.flag.id)).resourcesShown[0]).toBe(id);
    await close(answer);
  });
});
