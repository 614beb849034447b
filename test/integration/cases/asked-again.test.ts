import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../support/service.js';
import { aHouse, Followed, minutes, seconds, somebody } from './house.js';

let service: Service;
beforeAll(async () => {
  service = await startService({ program: aHouse({ waitSeconds: 600 }) });
});
afterAll(() => service.stop());

describe('somebody who asks again', () => {
  it('while nobody has the case: those who are waited on are paged again', async () => {
    const who = somebody();
    const current = await Followed.open(service, who);
    await current.paged('primary');

    const again = await service.raiseFlag({ ...who, text: 'once more from me' });
    const page = await current.paged('primary');

    expect(again.body.case).toMatchObject({ id: current.id, state: 'paging' });
    expect(page.body).toContain('asked again');
    expect(await current.pages()).toEqual(['r0s0 primary step', 'asked-1 primary asked_again']);
    await current.close();
  });

  it('with more danger than before: paging begins anew, at the higher acuity', async () => {
    const who = somebody();
    const current = await Followed.open(service, who);

    const again = await service.raiseFlag({ ...who, danger: { meansAtHand: true } });

    expect(again.body.case).toMatchObject({ id: current.id, acuity: 'EMERGENT' });
    expect(await current.pages()).toContain('r1s0 primary step');
    await current.close();
  });

  it('with less danger than before: the acuity stays', async () => {
    const who = somebody();
    const current = await Followed.open(service, { ...who, acuity: 'EMERGENT' });

    const again = await service.raiseFlag({ ...who, need: 'coaching', acuity: 'ROUTINE' });

    expect(again.body.case).toMatchObject({ acuity: 'EMERGENT' });
    await current.close();
  });

  it('while somebody has it who has not called: that one, at most once in two minutes', async () => {
    const who = somebody();
    const current = await Followed.open(service, who);
    await current.take('primary');
    const before = (await current.pages()).length;

    for (const _ of [1, 2, 3]) await service.raiseFlag(who);
    const soon = await current.pages();
    await service.passTime(seconds(121));
    await service.raiseFlag(who);

    expect(soon).toHaveLength(before + 1);
    expect(soon.at(-1)).toMatch(/primary owner_asked_again$/);
    const asked = (await current.pages()).filter((page) => page.includes('asked_again'));
    expect(asked).toHaveLength(2);
    const page = await current.paged('primary');
    expect(page.ref).toBe(current.ref);
    expect(await current.row()).toMatchObject({ state: 'acknowledged' });
    await current.close();
  });

  it('while somebody is in contact: it is noted, and nobody is paged', async () => {
    const who = somebody();
    const current = await Followed.open(service, who);
    await current.take('primary');
    await current.do('primary', 'contacts', { kind: 'call', outcome: 'reached' });
    const before = await current.pages();

    const again = await service.raiseFlag({ ...who, text: 'again' });

    expect(again.status).toBe(201);
    expect(again.body.case).toMatchObject({ id: current.id, state: 'in_contact' });
    expect(await current.pages()).toEqual(before);
    const joined = (await current.events()).filter(({ action }) => action === 'case.flag_joined');
    expect(joined).toHaveLength(1);
    await current.close();
  });

  it.each([
    ['a disposition', []],
    ['a follow-up date', ['follow-up']],
    ['the end', ['follow-up', 'closure']],
  ])('after %s: a new case, linked to the old one, and people are paged', async (_what, steps) => {
    const who = somebody();
    const over = await Followed.open(service, who);
    await over.take('primary');
    await over.do('primary', 'disposition', { code: 'supported_by_phone' });
    const bodies = { 'follow-up': { none: true, reason: 'fine' }, closure: {} };
    for (const step of steps) await over.do('primary', step, bodies[step as 'closure']);

    const current = await Followed.open(service, who);

    expect(current.id).not.toBe(over.id);
    expect(current.answer.body.message).toContain('We have your request');
    expect(await current.row()).toMatchObject({ follows_case_id: over.id, state: 'paging' });
    await current.paged('primary');
    const joined = await service.raiseFlag(who);
    expect(joined.body.case!.id).toBe(current.id);
    await current.close();
  });

  it('"I am OK now" never closes anything', async () => {
    const who = somebody();
    const current = await Followed.open(service, who);
    const [token] = current.answer.body.links!.status.split('/').slice(-1);

    const response = await fetch(`${service.url}/help/status/${token}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'action=withdraw',
    });

    expect(response.status).toBeLessThan(400);
    expect(await current.row()).toMatchObject({ state: 'paging' });
    await service.passTime(minutes(10));
    await current.paged('backup');
    await current.close();
  });
});
