import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dispositionCodes } from '../../../src/followup/follow-up-requests.js';
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

describe('working a case', () => {
  it('goes from the page to the end, each step on record with who and when', async () => {
    const current = await aCase(taken);
    const states: unknown[] = [];
    for (const [what, body] of [
      ['contacts', { ...reached, note: 'spoke for ten minutes' }],
      [
        'dispatches',
        {
          agency: 'mobile team',
          number: '202-555-0142',
          consent: 'yes',
          attemptInProgress: true,
          arrivalConfirmedAt: new Date(Date.now() - minutes(1)).toISOString(),
        },
      ],
      ['disposition', { code: 'mobile_crisis_sent', note: 'team arrived' }],
      ['follow-up', tomorrow()],
      ['closure', undefined],
    ] as const) {
      const answer = await current.do('primary', what, body);
      expect(answer.status).toBe(201);
      states.push(answer.body['state']);
    }

    expect(states).toEqual(['in_contact', 'in_contact', 'disposed', 'follow_up', 'closed']);
    expect(await current.row()).toMatchObject({
      due_at: null,
      dispatched_at: expect.any(Date),
      closed_at: expect.any(Date),
    });
    const human = (await current.events()).filter(({ actor }) => actor.type === 'staff');
    expect(human.map(({ action }) => action)).toEqual([
      'case.acknowledged',
      'case.contact_logged',
      'case.dispatched',
      'case.disposed',
      'case.follow_up_set',
      'case.closed',
    ]);
    expect(new Set(human.map(({ actor }) => actor.id))).toEqual(new Set([ids.get('primary')]));
  });

  it('raises and lowers the acuity with a reason, and with none not', async () => {
    const current = await aCase(taken);

    const bare = await current.do('primary', 'acuity', { acuity: 'EMERGENT' });
    const raised = await current.do('primary', 'acuity', { acuity: 'EMERGENT', reason: 'means' });
    const same = await current.do('backup', 'acuity', { acuity: 'EMERGENT', reason: 'means' });
    const lowered = await current.do('primary', 'acuity', { acuity: 'PRIORITY', reason: 'safe' });

    expect(bare.status).toBe(400);
    expect(raised.body).toMatchObject({ acuity: 'EMERGENT', state: 'acknowledged' });
    expect([same.status, same.body['code']]).toEqual([409, 'same_acuity']);
    expect(lowered.body).toMatchObject({ acuity: 'PRIORITY' });
    expect(await current.reasons()).toEqual(
      expect.arrayContaining(['acuity_raised', 'acuity_lowered']),
    );
    await current.close();
  });

  it('begins to page anew when the acuity is raised before anybody has it', async () => {
    const current = await aCase();

    await current.do('supervisor', 'acuity', { acuity: 'EMERGENT', reason: 'sounds worse' });

    expect((await current.pages()).at(-1)).toBe('r1s0 primary step');
    await current.close();
  });

  it('is handed over when the other accepts it, and not before', async () => {
    const current = await aCase(taken);

    const offered = await current.do('primary', 'hand-overs', { to: ids.get('backup') });
    const page = await current.paged('backup');
    const before = await current.row();
    await service.phones.reply('backup', page);

    expect(offered.body).toMatchObject({ handOverTo: ids.get('backup'), state: 'acknowledged' });
    expect(page.body).toContain('is offered to you');
    expect(before['owner_id']).toBe(ids.get('primary'));
    expect((await current.row())['owner_id']).toBe(ids.get('backup'));
    await current.close();
  });

  it('stays with its owner when the other passes', async () => {
    const current = await aCase(taken, ['contacts', reached]);
    await current.do('primary', 'hand-overs', { to: ids.get('backup') });
    const page = await current.paged('backup');

    await service.phones.reply('backup', page, `${page.code} N`);

    expect(await current.row()).toMatchObject({
      state: 'in_contact',
      owner_id: ids.get('primary'),
      hand_over_to: null,
    });
    await current.close();
  });

  it('is escalated from the step that was seen, once', async () => {
    const current = await aCase();

    const both = await Promise.all(
      ['primary', 'supervisor'].map((person) =>
        current.do(person, 'escalations', { expectedStep: 0 }),
      ),
    );
    const stale = await current.do('primary', 'escalations', { expectedStep: 0 });

    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    expect([stale.status, stale.body['code']]).toEqual([409, 'step_moved']);
    await current.paged('backup');
    expect(await current.row()).toMatchObject({ step: 1 });
    await current.close();
  });

  it('brings more people to an owner in contact, who stays the owner', async () => {
    const current = await aCase(taken, ['contacts', reached]);

    const { status } = await current.do('primary', 'escalations', { expectedStep: 0 });
    await current.paged('backup');

    expect(status).toBe(201);
    expect(await current.row()).toMatchObject({
      state: 'in_contact',
      owner_id: ids.get('primary'),
    });
    await current.close();
  });

  it('names what was tried before somebody is sent', async () => {
    const current = await aCase(taken);
    const team = { agency: 'police', number: '202-555-0143', consent: 'no' };

    const bare = await current.do('primary', 'dispatches', team);
    const said = await current.do('primary', 'dispatches', { ...team, alternativesTried: 'calls' });

    expect([bare.status, bare.body['code']]).toEqual([422, 'needs_alternatives']);
    expect(said.status).toBe(201);
    expect(await service.lab.problems()).toEqual([]);
    const [{ id }] = (await service.sql('select id from dispatches where case_id = $1', [
      current.id,
    ])) as [{ id: string }];
    await current.do('primary', `dispatches/${id}/confirmation`);
    await current.close();
  });

  it.each(dispositionCodes.filter((code) => code !== 'unable_to_reach_closed_by_supervisor'))(
    'ends with %s',
    async (code) => {
      const current = await aCase(taken, ['disposition', { code }], followed, closed);

      expect(await current.row()).toMatchObject({ state: 'closed', unreachable_at: null });
    },
  );

  it('ends unreached only by a supervisor', async () => {
    const current = await aCase(taken);
    const code = 'unable_to_reach_closed_by_supervisor';

    const clinician = await current.do('primary', 'disposition', { code });
    const supervisor = await current.do('supervisor', 'disposition', { code });

    expect([clinician.status, clinician.body['code']]).toEqual([403, 'needs_supervisor']);
    expect(supervisor.body).toMatchObject({
      state: 'disposed',
      marks: { unreachable: expect.any(String) },
    });
    await current.close();
  });

  it('is recalled when its follow-up is due', async () => {
    const current = await aCase(taken, disposed);
    await current.paged('primary');
    await current.do('primary', 'follow-up', {
      at: new Date(Date.now() + minutes(120)).toISOString(),
    });

    await service.passTime(minutes(121));

    expect((await current.paged('primary')).body).toContain('still open');
    await current.close();
  });
});
