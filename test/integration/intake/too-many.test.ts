import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../support/service.js';
import { expectHelp, stored } from './posting.js';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

describe('too many flags of one person', () => {
  const flood = (body: object, count: number) =>
    Promise.all(Array.from({ length: count }, () => service.raiseFlag({ ...body })));

  /** Posts so many that this one is merged, whenever the present ten seconds end. */
  async function raiseMerged(participant: object, flag: object) {
    for (let tries = 0; tries < 5; tries += 1) {
      const idempotencyKey = randomUUID();
      await flood({ participant }, 11);
      const answer = await service.raiseFlag({ participant, ...flag }, { idempotencyKey });
      if (answer.status === 202) return { answer, idempotencyKey };
    }
    throw new Error('Nothing was merged.');
  }

  it('are merged into the open one, and help is in every answer', async () => {
    const participant = { externalId: `p-${randomUUID()}` };
    const first = await service.raiseFlag({ participant });

    const answers = [await flood({ participant }, 12), await flood({ participant }, 12)].flat();

    const merged = answers.filter(({ status }) => status === 202);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 202]));
    for (const { body } of answers) {
      expect(body.case!.id).toBe(first.body.case!.id);
      expectHelp(body.resources);
    }
    expect(merged).not.toHaveLength(0);
    expect(new Set(answers.map(({ body }) => body.flag.id)).size).toBe(24);
  });

  it('are each kept as they came, on the case and its page, and page nobody again', async () => {
    const participant = { externalId: `p-${randomUUID()}` };
    const { answer } = await raiseMerged(participant, {
      text: 'I am in the blue car',
      callback: { phone: '+12025550183', safeToCall: false },
      location: { country: 'MX', address: '9 Example Road' },
    });

    const { id: caseId } = answer.body.case!;
    const counts = await service.sql(
      `select (select count(*)::int from pages where subject_id = $1) as pages,
              (select count(*)::int from flags where case_id = $1 and joined_as <> 'merged')
                as paged`,
      [caseId],
    );
    expect(counts[0]!['pages']).toBe(counts[0]!['paged']);
    const flag = await stored(service, answer.body.flag.id);
    expect(flag).toMatchObject({ joinedAs: 'merged', text: 'I am in the blue car' });
    const { body: file } = await service.api('primary').get(`/v1/cases/${caseId}`);
    expect(file['flags']).toContainEqual(
      expect.objectContaining({ text: 'I am in the blue car', joinedAs: 'merged' }),
    );
    expect(file['contactPoints']).toContainEqual(
      expect.objectContaining({ phone: '+12025550183', safeToCall: false }),
    );
    expect(file['locations']).toContainEqual(
      expect.objectContaining({ country: 'MX', address: '9 Example Road' }),
    );
  });

  it('keep their keys: the same again is the same flag', async () => {
    const participant = { externalId: `p-${randomUUID()}` };
    const flag = { participant, text: 'still here' };
    const { answer: first, idempotencyKey } = await raiseMerged(participant, flag);

    const again = await service.raiseFlag(flag, { idempotencyKey });
    const other = await service.raiseFlag({ ...flag, text: 'more' }, { idempotencyKey });

    expect(again.status).toBe(200);
    expect(again.body.flag).toEqual(first.body.flag);
    expect(again.body.case!.id).toBe(first.body.case!.id);
    expect(again.body.links).toEqual(first.body.links);
    expect(other.headers.get('Idempotency-Conflict')).toBe('true');
    expect(other.body.flag.id).not.toBe(first.body.flag.id);
  });

  it('that know a status token are merged as well', async () => {
    const first = await service.raiseFlag({ text: 'one' });
    const statusToken = first.body.links!.status.split('/').at(-1);

    const answers: Awaited<ReturnType<typeof flood>> = [];
    for (let tries = 0; tries < 5 && !answers.some(({ status }) => status === 202); tries += 1) {
      answers.push(...(await flood({ statusToken }, 14)));
    }

    expect(answers.map(({ status }) => status)).toContain(202);
    expect(new Set(answers.map(({ body }) => body.case!.id))).toEqual(
      new Set([first.body.case!.id]),
    );
  });

  it('never hide one that says more', async () => {
    const participant = { externalId: `p-${randomUUID()}` };
    await flood({ participant }, 14);

    const { status, body } = await service.raiseFlag({
      participant,
      danger: { meansAtHand: true },
    });

    expect(status).toBe(201);
    expect(body.case).toMatchObject({ acuity: 'EMERGENT' });
  });

  it('never hide one for which nobody would come any more', async () => {
    const participant = { externalId: `p-${randomUUID()}` };
    const answers = await flood({ participant }, 14);
    const over = answers[0]!.body.case!.id;
    await service.api('supervisor').post(`/v1/cases/${over}/acknowledgements`);
    await service.api('supervisor').post(`/v1/cases/${over}/disposition`, { code: 'wrong_number' });

    const { status, body } = await service.raiseFlag({ participant });

    expect(status).toBe(201);
    expect(body.case!.id).not.toBe(over);
  });

  it('of different people are all of them cases', async () => {
    const answers = [];
    for (let count = 0; count < 15; count += 1) answers.push(await service.raiseFlag({}));

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.case!.id)).size).toBe(15);
  });
});
