import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../support/service.js';
import { aHouse, Followed, minutes } from './house.js';

let service: Service;

beforeAll(async () => {
  service = await startService({ program: aHouse() });
});
afterAll(() => service.stop());

const acknowledgements = (current: Followed) =>
  service.sql(
    `select s.key, a.kind, a.channel from acknowledgements a join staff s on s.id = a.staff_id
      where a.case_id = $1 order by a.at`,
    [current.id],
  );

describe('a contact logged before anybody took the case', () => {
  it('takes it, as on record as by any other way', async () => {
    const current = await Followed.open(service);

    const logged = await current.do('backup', 'contacts', { kind: 'call', outcome: 'reached' });

    expect(logged.body).toMatchObject({
      state: 'in_contact',
      acknowledgedAt: expect.any(String),
      ownerSince: expect.any(String),
    });
    expect(await acknowledgements(current)).toEqual([
      { key: 'backup', kind: 'primary', channel: 'contact' },
    ]);
    await current.close();
  });

  it('takes nothing when nobody was reached, or only a relative', async () => {
    const current = await Followed.open(service);

    await current.do('backup', 'contacts', { kind: 'call', outcome: 'no_answer' });
    const kin = await current.do('backup', 'contacts', {
      kind: 'support_contact',
      outcome: 'reached',
    });

    expect(kin.body).toMatchObject({ state: 'paging', owner: null });
    expect(await acknowledgements(current)).toEqual([]);
    await current.close();
  });
});

describe('a number that turns out to be wrong', () => {
  it('is marked on the case, and no other number is', async () => {
    const participant = { externalId: 'wrong-number' };
    const said = { participant, callback: { phone: '+12025550171', safeToCall: true } };
    const current = await Followed.open(service, said);
    const other = await Followed.open(service);
    await current.take('primary');
    const points = async (): Promise<{ id: string; wrongNumberAt: string | null }[]> => {
      const { body } = await service.api('primary').get(`/v1/cases/${current.id}`);
      return body['contactPoints'] as never;
    };
    const [{ id: contactPoint } = { id: '' }] = await points();
    const wrong = { kind: 'call', outcome: 'wrong_number', contactPoint };

    const foreign = await other.do('primary', 'contacts', wrong);
    const logged = await current.do('primary', 'contacts', wrong);

    expect([foreign.status, logged.status]).toEqual([404, 201]);
    expect(await points()).toMatchObject([{ id: contactPoint, wrongNumberAt: expect.any(String) }]);
    await current.close();
    await other.close();
  });
});

describe('who has it', () => {
  it('is told with the time since when, to whoever comes later', async () => {
    const current = await Followed.open(service);
    await current.take('primary');
    await current.do('primary', 'declines', { reason: 'cannot talk now' });
    const second = await current.take('backup');

    const late = await current.take('supervisor');

    expect([late.status, late.body['code']]).toEqual([409, 'already_acknowledged']);
    expect(late.body['acknowledgedAt']).toBe(second.body['ownerSince']);
    expect(second.body['ownerSince']).not.toBe(second.body['acknowledgedAt']);
    await current.close('backup');
  });

  it('is nobody while the case is disposed of without having been taken', async () => {
    const current = await Followed.open(service);

    const helped = await current.do('primary', 'disposition', { code: 'supported_by_phone' });
    const mistaken = await current.do('primary', 'disposition', { code: 'entered_in_error' });

    expect([helped.status, helped.body['code']]).toEqual([409, 'needs_acknowledgement']);
    expect(mistaken.body).toMatchObject({ state: 'disposed' });
    await current.close();
  });
});

describe('a refusal for want of a right', () => {
  it('stands in the audit log', async () => {
    const current = await Followed.open(service);
    await current.take('primary');

    const refused = await current.do('primary', 'disposition', {
      code: 'unable_to_reach_closed_by_supervisor',
    });

    expect(refused.status).toBe(403);
    const denied = await service.sql(
      `select outcome from audit.audit_events where action = 'access.denied' and subject_ref = $1`,
      [`case:${current.id}`],
    );
    expect(denied).toEqual([{ outcome: 'denied' }]);
    await current.close();
  });
});

describe('a follow-up', () => {
  it('is within a year', async () => {
    const current = await Followed.open(service);
    await current.take('primary');
    await current.do('primary', 'disposition', { code: 'supported_by_phone' });
    const inDays = (days: number) => ({
      at: new Date(Date.now() + days * minutes(24 * 60)).toISOString(),
    });

    const far = await current.do('primary', 'follow-up', { at: '9999-12-31T00:00:00Z' });
    const year = await current.do('primary', 'follow-up', inDays(360));

    expect([far.status, far.body['code']]).toEqual([422, 'too_far']);
    expect(year.status).toBe(201);
    await current.do('primary', 'closure');
  });
});

describe('the list of cases', () => {
  it('has open cases first, whoever waits longest before all, then closed ones', async () => {
    const older = await Followed.open(service);
    const newer = await Followed.open(service);
    const gone = await Followed.open(service);
    await gone.close();

    const { body } = await service.api('primary').get('/v1/cases?program=harness');

    const listed = (body['cases'] as { id: string }[]).map(({ id }) => id);
    const mine = listed.filter((id) => [older.id, newer.id, gone.id].includes(id));
    expect(mine).toEqual([older.id, newer.id, gone.id]);
    expect(body['nextPage']).toBeNull();
    await older.close();
    await newer.close();
  });

  it.each([
    ['a state that is none', '/v1/cases?state=lost', 400],
    ['a program that is not theirs', '/v1/cases?program=elsewhere', 404],
    ['a page that is none', '/v1/cases?page=0', 400],
  ])('is not given for %s', async (_what, path, status) => {
    expect((await service.api('primary').get(path)).status).toBe(status);
  });
});
