import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Service, startService } from '../../support/service.js';
import { aHouse, Followed, minutes } from './house.js';

let service: Service;

beforeAll(async () => {
  service = await startService({ program: aHouse() });
});
afterAll(() => service.stop());

const team = { agency: 'mobile team', number: '202-555-0142', consent: 'yes' };
const sent = { ...team, alternativesTried: 'two calls' };

/** Taken and reached by `primary`, who sent a team. */
async function dispatched(): Promise<{ current: Followed; id: string }> {
  const current = await Followed.open(service);
  await current.take('primary');
  await current.do('primary', 'contacts', { kind: 'call', outcome: 'reached' });
  const { status } = await current.do('primary', 'dispatches', sent);
  expect(status).toBe(201);
  const [row] = await service.sql('select id from dispatches where case_id = $1', [current.id]);
  return { current, id: String(row?.['id']) };
}

const confirmed = (current: Followed, id: string, body: object = {}, person = 'primary') =>
  current.do(person, `dispatches/${id}/confirmation`, body);

const asked = async (current: Followed) =>
  (await current.pages()).filter((page) => page.startsWith('dispatch-'));

it('asks the owner and the supervisor every ten minutes, until somebody says they arrived', async () => {
  const { current, id } = await dispatched();

  await service.passTime(minutes(10));
  await current.paged('supervisor');
  await service.eventually(async () => (await asked(current)).length === 2);
  await service.passTime(minutes(10));
  await service.eventually(async () => (await asked(current)).length === 4);
  const { status } = await confirmed(current, id);

  expect(status).toBe(201);
  expect(await current.row()).toMatchObject({ dispatch_due_at: null, state: 'in_contact' });
  expect(await current.reasons()).toEqual(expect.arrayContaining(['dispatch_settled']));
  await current.close();
});

it('is closed only when the dispatch is confirmed', async () => {
  const { current, id } = await dispatched();
  await current.do('primary', 'disposition', { code: 'mobile_crisis_sent' });
  await current.do('primary', 'follow-up', { none: true, reason: 'handed to the team' });

  const early = await current.do('primary', 'closure');
  await confirmed(current, id);
  const late = await current.do('primary', 'closure');

  expect([early.status, early.body['code']]).toEqual([409, 'dispatch_unconfirmed']);
  expect([late.status, late.body['state']]).toEqual([201, 'closed']);
});

it('is waived by a supervisor with a reason, and by nobody else', async () => {
  const { current, id } = await dispatched();
  const waive = { waive: true, reason: 'they do not call back' };

  const clinician = await confirmed(current, id, waive);
  const silent = await confirmed(current, id, { waive: true }, 'supervisor');
  const supervisor = await confirmed(current, id, waive, 'supervisor');
  const again = await confirmed(current, id);

  expect([clinician.status, clinician.body['code']]).toEqual([403, 'needs_supervisor_to_waive']);
  expect(silent.status).toBe(400);
  expect(supervisor.status).toBe(201);
  expect(again.status).toBe(404);
  await current.close();
});

it('has arrived at a time that lies behind, and at no other case', async () => {
  const { current, id } = await dispatched();
  const other = await Followed.open(service);
  const ahead = new Date(Date.now() + minutes(600)).toISOString();

  const future = await confirmed(current, id, { arrivedAt: ahead });
  const foreign = await confirmed(other, id);

  expect([future.status, future.body['code']]).toEqual([422, 'not_behind']);
  expect(foreign.status).toBe(404);
  expect((await confirmed(current, id)).status).toBe(201);
  await current.close();
  await other.close();
});
