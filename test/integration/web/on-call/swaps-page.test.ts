import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../../support/service.js';
import { givePasswords, type Page, type Visitor } from '../visitor.js';
import { aProgramToLookAt, idOf, send, signedIn } from './place.js';

const page = '/on-call/swaps?program=harness';
const path = '/on-call/swaps';

let service: Service;
let [supervisor, one, other, outsider]: Visitor[] = [];
let ids: Record<'primary' | 'clinician-1', string>;
beforeAll(async () => {
  service = await startService({ program: aProgramToLookAt() });
  await givePasswords(service);
  supervisor = await signedIn(service, 'supervisor');
  one = await signedIn(service, 'primary');
  other = await signedIn(service, 'clinician-1');
  outsider = await signedIn(service, 'backup');
  ids = {
    primary: await idOf(service, 'staff', 'primary'),
    'clinician-1': await idOf(service, 'staff', 'clinician-1'),
  };
});
afterAll(() => service.stop());
beforeEach(async () => {
  await service.sql('update schedule_overrides set withdrawn_at = handrail_now()');
  await service.sql(`update shift_swaps set state = 'withdrawn', due_at = null`);
});

/** The first of somebody's shifts that the page offers, as a field says it. */
async function firstShift(who: Visitor, whose: string): Promise<string> {
  const { html } = await who.get(`${page}&for=${whose}`);
  return /shift=([^"]+)"/.exec(html)![1]!;
}

async function asking(): Promise<Record<string, string>> {
  const shift = await firstShift(one!, ids.primary);
  const [, from, to] = (await firstShift(supervisor!, ids['clinician-1'])).split('~');
  return {
    program: 'harness',
    requester: ids.primary,
    shift,
    with: `${ids['clinician-1']}~${from}~${to}`,
    reason: 'A wedding',
  };
}

const look = (who: Visitor, fields: Record<string, string>): Promise<Page> =>
  send(who, page, path, { ...fields, act: 'look' });

async function request(who = one!): Promise<Page> {
  const fields = await asking();
  const seen = (await look(who, fields)).field('seen');
  return send(who, page, path, { ...fields, act: 'request', seen });
}

async function swap(): Promise<{ id: string; state: string; version: string }> {
  const [row] = await service.sql<{ id: string; state: string; version: string }>(
    'select id, state, version::text from shift_swaps order by made_at desc limit 1',
  );
  return row!;
}

async function act(who: Visitor, name: string, version?: string): Promise<Page> {
  const known = await swap();
  const fields = { program: 'harness', act: name, version: version ?? known.version };
  return send(who, page, `${path}/${known.id}`, fields);
}

describe('a swap on the page', () => {
  it('is shown to whoever asks before anybody is asked', async () => {
    const shown = await look(one!, await asking());

    expect(shown.status).toBe(200);
    expect(shown.text).toMatch(/primary Quillfeather Zebulon clinician-1 Quillfeather/);
    expect(shown.text).toMatch(/clinician-1 Quillfeather Zebulon primary Quillfeather/);
    const rows = await service.sql(`select 1 from shift_swaps where state = 'requested'`);
    expect(rows).toEqual([]);
  });

  it('is asked for by one and accepted by the other, and then holds', async () => {
    expect((await request()).status).toBe(303);
    expect((await one!.get(page)).text).toContain('Withdraw');
    const offered = await other!.get(page);
    expect(offered.text).toContain('Your swaps that are not settled');

    const accepted = await act(other!, 'accept');
    expect(accepted.status).toBe(303);
    expect((await other!.get(accepted.location)).text).toContain('holds from now on');
    const days = await one!.get('/on-call?program=harness');
    expect(days.text).toContain('Swap: instead of');
    expect((await act(one!, 'undo')).status).toBe(303);
    expect((await one!.get('/on-call?program=harness')).text).not.toContain('Swap: instead of');
  });

  it.each([
    ['declined', 'clinician-1', 'decline'],
    ['withdrawn', 'primary', 'withdraw'],
  ])('is %s', async (state, who, name) => {
    await request();
    expect((await act(who === 'primary' ? one! : other!, name)).status).toBe(303);
    expect(await swap()).toMatchObject({ state });
  });

  it('is settled by nobody else, and by a supervisor for them', async () => {
    await request();
    expect((await outsider!.get(page)).text).not.toContain('Accept');
    expect((await act(outsider!, 'accept')).status).toBe(403);
    expect((await act(one!, 'accept')).status).toBe(403);
    expect((await supervisor!.get(page)).text).toContain('You would act for them');
    expect((await act(supervisor!, 'accept')).status).toBe(303);
    expect(await swap()).toMatchObject({ state: 'accepted' });
  });

  it('is asked for by a supervisor for somebody, and by nobody else', async () => {
    expect((await look(outsider!, await asking())).status).toBe(403);
    expect((await request(supervisor)).status).toBe(303);
    expect(await swap()).toMatchObject({ state: 'requested' });
  });

  it('is not settled twice, or on what was read before', async () => {
    await request();
    const { version } = await swap();
    await act(other!, 'accept');
    const again = await act(other!, 'accept', version);

    expect(again.status).toBe(409);
    expect(again.text).toContain('Something has happened to this swap since');
  });

  it.each<[string, Record<string, string>, string]>([
    ['oneself', { with: 'self' }, 'Nobody swaps with themselves'],
    ['nobody', { with: '' }, 'who takes it'],
    ['what no form says', { with: 'x~1' }, 'Choose who takes the shift'],
    ['a shift that is none', { shift: 'none' }, 'Choose the shift again'],
    ['no reason', { reason: '' }, 'reason'],
  ])('is refused in words with %s, and what was typed stays', async (_what, wrong, said) => {
    const own = wrong['with'] === 'self' ? { with: ids.primary } : {};
    const answer = await look(one!, { ...(await asking()), ...wrong, ...own });

    expect(answer.status).toBe(422);
    expect(answer.text).toContain(said);
    const isForm = !('shift' in wrong);
    expect(answer.html.includes('name="reason"')).toBe(isForm);
    expect(answer.html.includes('value="A wedding"')).toBe(isForm && wrong['reason'] !== '');
  });

  it('is not found under another name or in another way', async () => {
    await request();
    expect((await act(other!, 'eat')).status).toBe(404);
    const stranger = '00000000-0000-4000-8000-000000000000';
    const fields = { program: 'harness', act: 'accept', version: '1' };
    expect((await send(other!, page, `${path}/${stranger}`, fields)).status).toBe(404);
  });
});
