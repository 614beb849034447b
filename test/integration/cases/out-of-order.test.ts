import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../support/service.js';
import { aHouse, Followed, minutes } from './house.js';

let service: Service;
const ids = new Map<string, string>();
beforeAll(async () => {
  service = await startService({ program: aHouse({ waitSeconds: 600 }) });
  const staff = await service.sql<{ id: string; key: string }>('select id, key from staff');
  for (const { id, key } of staff) ids.set(key, id);
});
afterAll(() => service.stop());

const reached = { kind: 'call', outcome: 'reached' };
const tomorrow = () => ({ at: new Date(Date.now() + minutes(24 * 60)).toISOString() });

/** A case of somebody new, with these acts of `primary` done. */
async function aCase(...acts: [what: string, body?: object][]): Promise<Followed> {
  const current = await Followed.open(service);
  for (const [what, body] of acts) {
    const answer = await current.do('primary', what, body);
    if (answer.status !== 201) throw new Error(`${what}: ${JSON.stringify(answer.body)}`);
  }
  return current;
}
const taken = ['acknowledgements'] as [string];
const disposed = ['disposition', { code: 'supported_by_phone' }] as [string, object];
const followed = ['follow-up', { none: true, reason: 'fine' }] as [string, object];
const closed = ['closure'] as [string];

describe('what is out of order is refused with its word, and changes nothing', () => {
  const acts: [
    state: string,
    done: Parameters<typeof aCase>,
    what: string,
    body: object,
    status: number,
    code: string,
  ][] = [
    ['paging', [], 'hand-overs', { to: 'backup' }, 409, 'not_acknowledged'],
    ['paging', [], 'follow-up', tomorrow(), 409, 'needs_disposition'],
    ['paging', [], 'closure', {}, 409, 'needs_disposition'],
    ['paging', [], 'escalations', { expectedStep: 3 }, 409, 'step_moved'],
    ['acknowledged', [taken], 'closure', {}, 409, 'needs_disposition'],
    ['acknowledged', [taken], 'hand-overs', { to: 'primary' }, 409, 'already_yours'],
    [
      'in contact',
      [taken, ['contacts', reached]],
      'declines',
      { reason: 'x' },
      409,
      'hand_over_instead',
    ],
    [
      'disposed',
      [taken, disposed],
      'disposition',
      { code: 'wrong_number' },
      409,
      'already_disposed',
    ],
    ['disposed', [taken, disposed], 'closure', {}, 409, 'needs_follow_up'],
    ['disposed', [taken, disposed], 'escalations', { expectedStep: 0 }, 409, 'not_open'],
    ['disposed', [taken, disposed], 'hand-overs', { to: 'backup' }, 409, 'not_open'],
    ['disposed', [taken, disposed], 'follow-up', { at: '2001-01-01T00:00:00Z' }, 422, 'not_ahead'],
    ['closed', [taken, disposed, followed, closed], 'acknowledgements', {}, 409, 'not_open'],
    ['closed', [taken, disposed, followed, closed], 'contacts', reached, 409, 'already_closed'],
    [
      'closed',
      [taken, disposed, followed, closed],
      'acuity',
      { acuity: 'ROUTINE', reason: 'x' },
      409,
      'already_closed',
    ],
    ['closed', [taken, disposed, followed, closed], 'closure', {}, 409, 'already_closed'],
    ['any', [taken], 'contacts', { kind: 'pigeon', outcome: 'reached' }, 400, 'invalid_body'],
    ['any', [taken], 'contacts', { ...reached, mood: 1 }, 400, 'invalid_body'],
    ['any', [taken], 'acuity', { acuity: 'PANIC', reason: 'x' }, 400, 'invalid_body'],
    ['any', [taken], 'disposition', { code: 'gone' }, 400, 'invalid_body'],
    ['any', [taken], 'follow-up', { none: true }, 400, 'invalid_body'],
    ['any', [taken], 'hand-overs', { to: 'nobody' }, 400, 'invalid_body'],
    ['any', [taken], 'escalations', {}, 400, 'invalid_body'],
    ['any', [taken], 'closure', { really: true }, 400, 'invalid_body'],
  ];

  it.each(acts)('%s: %j, then %s %j', async (_state, done, what, stated, status, code) => {
    const current = await aCase(...done);
    const before = await current.row();
    const to = (stated as { to?: string }).to;
    const body = to !== undefined && ids.has(to) ? { ...stated, to: ids.get(to) } : stated;

    const answer = await current.do('primary', what, body);

    expect([answer.status, answer.body['code']]).toEqual([status, code]);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await current.row()).toEqual(before);
  });
});
