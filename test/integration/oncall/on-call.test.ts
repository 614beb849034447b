import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../support/service.js';
import { aProgram } from '../../support/service/program.js';
import { aProgramWithTurns, applyOther } from './programs.js';

interface OnCallAnswer {
  at: string;
  steps: { step: number; people: { id: string; name: string; why: string }[] }[];
}

let service: Service;
const ids = new Map<string, string>();
beforeAll(async () => {
  service = await startService({ program: aProgramWithTurns() });
  const staff = await service.sql<{ id: string; key: string }>('select id, key from staff');
  for (const { id, key } of staff) ids.set(key, id);
});
afterAll(() => service.stop());

async function ask(query: string, person = 'backup'): Promise<OnCallAnswer> {
  const { status, body } = await service.api(person).get(`/v1/on-call?${query}`);
  expect(status).toBe(200);
  return body as unknown as OnCallAnswer;
}

const someone = (key: string, why: string) => ({
  id: ids.get(key),
  name: service.program.people.get(key)!.name,
  why,
});

describe('who is on call', () => {
  it('is told step by step, the backstop last, each with why', async () => {
    const answer = await ask('program=harness&at=2024-01-03T12:00:00Z');

    expect(answer).toMatchObject({
      at: '2024-01-03T12:00:00.000Z',
      steps: [
        {
          step: 0,
          people: [someone('primary', 'schedule primary, layer rotation')],
        },
        {
          step: 1,
          people: [someone('backup', 'schedule backup, layer rotation')],
        },
        { step: 2, people: [someone('supervisor', 'role supervisor')] },
        { step: 3, people: [someone('backstop', 'role backstop')] },
      ],
    });
    expect(answer.steps).toHaveLength(4);
  });

  it.each([
    ['before the hand-off', '2024-01-08T13:59:59.999Z', 'primary'],
    ['from the hand-off on', '2024-01-08T14:00:00Z', 'clinician-1'],
    ['in another offset', '2024-01-08T09:00:00-05:00', 'clinician-1'],
    ['after the next one', '2024-01-15T14:00:00Z', 'primary'],
    ['when summer time has begun', '2024-03-11T13:00:00Z', 'primary'],
    ['just before that', '2024-03-11T12:59:59Z', 'clinician-1'],
  ])('changes with the turn: %s', async (_when, at, key) => {
    const { steps } = await ask(`program=harness&at=${encodeURIComponent(at)}`);
    expect(steps[0]!.people.map(({ id }) => id)).toEqual([ids.get(key)]);
  });

  it('is told for now when no time is asked for, by the clock of the service', async () => {
    const { at, steps } = await ask('program=harness');
    const { body } = await service.raiseFlag();
    const paged = await service.sql<{ id: string }>(
      'select staff_id as id from pages where subject_id = $1',
      [body.case!.id],
    );

    expect(Math.abs(Date.now() - Date.parse(at))).toBeLessThan(60_000);
    expect(steps[0]!.people.map(({ id }) => ({ id }))).toEqual(paged);
  });

  it('names those the policy names, in its order, each once', async () => {
    const { steps } = await ask('program=harness&acuity=EMERGENT&at=2024-01-03T12:00:00Z');

    expect(steps.map(({ people }) => people.map(({ why }) => why.split(',')[0]))).toEqual([
      ['person clinician-1', 'schedule backup', 'role backstop'],
      ['role backstop'],
    ]);
  });

  it('leaves out whoever no page can reach', async () => {
    const own = `staff_id = '${ids.get('supervisor')}'`;
    await service.sql(`update contact_methods set disabled_at = now() where ${own}`);
    const { steps } = await ask('program=harness');
    await service.sql(`update contact_methods set disabled_at = null where ${own}`);

    expect(steps.map(({ step, people }) => [step, people.length])).toEqual([
      [0, 1],
      [1, 1],
      [2, 0],
      [3, 1],
    ]);
  });
});

describe('who is on call is not told', () => {
  beforeAll(() => applyOther(service.database));

  it('of a program that the caller is no member of, as if there were none', async () => {
    const { get } = service.api('backup');
    const other = await get('/v1/on-call?program=other');
    const none = await get('/v1/on-call?program=nowhere');

    expect(other.status).toBe(404);
    expect(other.body).toMatchObject({ code: 'not_found', detail: 'There is no such program.' });
    expect(without(other.body)).toEqual(without(none.body));
    expect(none.status).toBe(404);
    expect((await service.api('supervisor').get('/v1/on-call?program=other')).status).toBe(200);
  });

  it.each([
    ['without a token', {}],
    ['with one that was never one', { authorization: 'Bearer never-a-token' }],
    ['with the key of an integration', { authorization: `Bearer ${aProgram().integrationKey}` }],
  ])('%s', async (_what, headers) => {
    const response = await fetch(`${service.url}/v1/on-call?program=harness`, { headers });
    const body = await response.text();

    expect(response.status).toBe(401);
    expect(body).not.toContain('steps');
    expect(body).not.toContain('Quillfeather');
  });

  it.each(['', 'program=harness&at=yesterday', 'program=harness&at=2024-01-03T12:00:00', 'at=now'])(
    'for a question that cannot be read: %j',
    async (query) => {
      const { status, body } = await service.api('backup').get(`/v1/on-call?${query}`);
      expect(status).toBe(400);
      expect(Object.keys(body)).toContain('code');
    },
  );
});

/** But for what is another one each time. */
function without(problem: Record<string, unknown>): Record<string, unknown> {
  return { ...problem, instance: undefined };
}
