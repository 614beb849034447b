import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../../support/service.js';
import { applyOther } from '../../oncall/programs.js';
import { givePasswords, type Page, type Visitor } from '../visitor.js';
import { aProgramToLookAt, idOf, inDays, send, signedIn } from './place.js';

const page = '/on-call/overrides?program=harness&schedule=backup';

let service: Service;
let supervisor: Visitor;
let schedule: string;
let ids: Record<'primary' | 'backup', string>;
beforeAll(async () => {
  service = await startService({ program: aProgramToLookAt() });
  await applyOther(service.database, aProgramToLookAt());
  await givePasswords(service);
  supervisor = await signedIn(service, 'supervisor');
  schedule = await idOf(service, 'schedules', 'backup');
  ids = {
    primary: await idOf(service, 'staff', 'primary'),
    backup: await idOf(service, 'staff', 'backup'),
  };
});
afterAll(() => service.stop());
beforeEach(() => service.sql('update schedule_overrides set withdrawn_at = handrail_now()'));

async function replacing(): Promise<Record<string, string>> {
  return {
    program: 'harness',
    schedule,
    kind: 'replace',
    incoming: ids.primary,
    outgoing: ids.backup,
    from: await inDays(service, 3),
    to: await inDays(service, 4),
    reason: 'A day at the dentist',
  };
}

const look = (fields: Record<string, string>, who = supervisor): Promise<Page> =>
  send(who, page, '/on-call/overrides', { ...fields, act: 'look' });

async function make(fields: Record<string, string>): Promise<Page> {
  const seen = (await look(fields)).field('seen');
  return send(supervisor, page, '/on-call/overrides', { ...fields, act: 'make', seen });
}

const inForce = (): Promise<{ id: string; reason: string; gap: string | null }[]> =>
  service.sql(
    `select id, reason, accepted_gap_reason as gap from schedule_overrides
      where withdrawn_at is null`,
  );

describe('the form for an override', () => {
  it('first shows who would be on call, and changes nothing', async () => {
    const shown = await look(await replacing());

    expect(shown.status).toBe(200);
    expect(shown.text).toMatch(/9:00 AM E[SD]T .* backup Quillfeather .* primary Quillfeather/);
    expect(shown.text).toContain('Make this override');
    expect(shown.html).toContain('value="A day at the dentist"');
    expect(await inForce()).toEqual([]);
  });

  it('makes it as it was seen, for everybody who looks then', async () => {
    const made = await make(await replacing());

    expect(made.status).toBe(303);
    expect((await supervisor.get(made.location)).text).toContain('The override is made.');
    const clinician = await signedIn(service, 'primary');
    const days = await clinician.get('/on-call?program=harness');
    expect(days.text).toContain('Override: instead of Zebulon backup Quillfeather');
    const seen = await clinician.get(page);
    expect(seen.text).toContain('A day at the dentist');
    expect(seen.text).not.toContain('New override');
  });

  it('asks to look again when it is not what was seen', async () => {
    const fields = await replacing();
    const seen = (await look(fields)).field('seen');
    const longer = { ...fields, to: await inDays(service, 5), act: 'make', seen };
    const answer = await send(supervisor, page, '/on-call/overrides', longer);

    expect(answer.status).toBe(409);
    expect(answer.text).toContain('it is not what you saw before');
    expect(await inForce()).toEqual([]);
  });

  it('says so when nothing would change', async () => {
    const idle = { ...(await replacing()), outgoing: ids.primary, incoming: ids.backup };
    expect((await look(idle)).text).toContain('No effect');
  });

  it('begins now when no beginning is given', async () => {
    const { from: _now, ...fields } = await replacing();
    expect((await make(fields)).status).toBe(303);
    expect((await supervisor.get(page)).text).toContain('In force now');
  });

  it('leaves a gap only when a supervisor says why', async () => {
    const { incoming: _nobody, ...rest } = await replacing();
    const fields = { ...rest, kind: 'remove' };
    const shown = await look(fields);
    expect(shown.text).toContain('It leaves nobody on call');
    expect(shown.text).toContain('I accept this gap, because');
    const refused = await make(fields);
    expect(refused.status).toBe(422);
    expect(await inForce()).toEqual([]);

    expect((await make({ ...fields, gapReason: 'The day team is here' })).status).toBe(303);
    expect(await inForce()).toMatchObject([{ gap: 'The day team is here' }]);
  });

  it('names another override of the same people, and keeps what was typed', async () => {
    await make(await replacing());
    const again = await look({ ...(await replacing()), reason: 'Typed at length' });

    expect(again.status).toBe(409);
    expect(again.text).toContain('Another override has it already: Zebulon primary');
    expect(again.html).toContain('value="Typed at length"');
  });

  it.each<[string, Record<string, string>, string]>([
    ['an end before the beginning', { to: '2020-01-01T09:00' }, 'ends before it begins'],
    ['a day that does not exist', { to: '2027-02-31T09:00' }, 'A day and a time of day'],
    ['no end', { to: '' }, 'Please fill in or correct: the end'],
    ['nobody to come', { incoming: '' }, 'who comes on call'],
    ['no kind that there is', { kind: 'swap' }, 'what changes'],
    ['the same person twice', { incoming: 'backup' }, 'Nobody stands in for themselves'],
    ['a reason of one letter', { reason: 'x' }, 'reason'],
  ])('is refused in words for %s, with what was typed', async (_what, wrong, said) => {
    const twice = wrong['incoming'] === 'backup' ? { incoming: ids.backup } : {};
    const fields: Record<string, string> = { ...(await replacing()), ...wrong, ...twice };
    const answer = await look(fields);

    expect(answer.status).toBe(422);
    expect(answer.text).toContain(said);
    expect(answer.html).toContain(`value="${fields['from']}"`);
  });
});

describe('an override on the page', () => {
  it('is taken back once', async () => {
    await make(await replacing());
    const [row] = await inForce();
    const path = `/on-call/overrides/${row!.id}/withdrawal`;
    const undone = await send(supervisor, page, path, { program: 'harness', schedule });

    expect(undone.status).toBe(303);
    expect((await supervisor.get(undone.location)).text).toContain('no longer holds');
    expect(await inForce()).toEqual([]);
    const twice = await send(supervisor, page, path, { program: 'harness', schedule });
    expect(twice.status).toBe(409);
    expect(twice.text).toContain('withdrawn already');
  });
});

describe('an override that somebody relies on', () => {
  it('is taken back only when a supervisor accepts the gap', async () => {
    const { incoming, outgoing, ...fields } = await replacing();
    const removed = { ...fields, kind: 'remove', outgoing: outgoing!, gapReason: 'Covered below' };
    await make(removed);
    await make({ ...fields, kind: 'add', incoming: incoming!, reason: 'In their place' });
    await service.sql('update schedule_overrides set accepted_gap_reason = null');
    const added = (await inForce()).find(({ reason }) => reason === 'In their place');
    const path = `/on-call/overrides/${added!.id}/withdrawal`;
    const asked = { program: 'harness', schedule };
    const refused = await send(supervisor, page, path, asked);

    expect(refused.status).toBe(422);
    expect(refused.text).toContain('I accept this gap, because');
    const gapReason = 'The day team is here';
    expect((await send(supervisor, page, path, { ...asked, gapReason })).status).toBe(303);
  });
});

describe('somebody who may not change who is on call', () => {
  it('sees overrides and cannot make them', async () => {
    const clinician = await signedIn(service, 'primary');
    expect((await look(await replacing(), clinician)).status).toBe(403);
    expect(await inForce()).toEqual([]);
  });

  it('cannot make one with a form from elsewhere', async () => {
    const fields = { ...(await replacing()), act: 'look' };
    expect((await supervisor.post('/on-call/overrides', fields)).status).toBe(403);
    const { csrf } = await supervisor.get(page);
    const foreign = { 'sec-fetch-site': 'cross-site' };
    const answer = await supervisor.post('/on-call/overrides', { ...fields, csrf }, foreign);
    expect(answer.status).toBe(403);
  });

  it('cannot accept a gap as an admin', async () => {
    const admin = await signedIn(service, 'admin');
    const { incoming: _nobody, ...rest } = await replacing();
    const fields = { ...rest, kind: 'remove' };
    const shown = await look(fields, admin);
    expect(shown.text).toContain('Only a supervisor can accept this');
    const seen = shown.field('seen');
    const claimed = { ...fields, act: 'make', seen, gapReason: 'I say so' };
    expect((await send(admin, page, '/on-call/overrides', claimed)).status).toBe(403);
    expect(await inForce()).toEqual([]);
  });

  it.each([randomUUID(), 'x'])('finds no schedule %j', async (other) => {
    expect((await look({ ...(await replacing()), schedule: other })).status).toBe(404);
  });

  it('finds no other program', async () => {
    const clinician = await signedIn(service, 'primary');
    expect((await clinician.get('/on-call/overrides?program=other')).status).toBe(404);
    expect((await clinician.get('/on-call?program=nowhere')).status).toBe(404);
  });
});
