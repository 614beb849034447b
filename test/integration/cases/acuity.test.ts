import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../support/service.js';
import { aHouse, Followed, minutes, somebody } from './house.js';

const zone = 'America/New_York';
const clockIn = (ms: number): string => {
  const form = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone,
  });
  return form.format(Date.now() + ms);
};

/** A program in whose zone it is a quiet hour now, for two hours more. */
const inQuietHours = () => {
  const program = aHouse();
  const { policy } = program.file as { policy: { acuities: { ROUTINE: object } } };
  const quietHours = { from: clockIn(minutes(-60)), to: clockIn(minutes(120)) };
  policy.acuities.ROUTINE = { ...policy.acuities.ROUTINE, quietHours };
  return program;
};

let service: Service;
beforeAll(async () => {
  service = await startService({ program: inQuietHours() });
});
afterAll(() => service.stop());

const low = { need: 'coaching' };
const cssrs = (answers: object) => ({ screener: { instrument: 'C-SSRS', answers } });
const allNo = { q1: 'no', q2: 'no', q6: 'no' };

describe('the acuity of a flag', () => {
  it.each<[what: string, said: object, acuity: string, reasons: string[]]>([
    ['nothing said', {}, 'URGENT', ['unknown']],
    ['emergent', { acuity: 'EMERGENT' }, 'EMERGENT', ['stated_emergent']],
    ['emergent, however spelled', { acuity: ' emergent ' }, 'EMERGENT', ['stated_emergent']],
    ['urgent', { acuity: 'URGENT' }, 'URGENT', ['stated_urgent']],
    ['priority without a need', { acuity: 'PRIORITY' }, 'URGENT', ['unknown']],
    ['routine without a need', { acuity: 'ROUTINE' }, 'URGENT', ['unknown']],
    ['a need alone', low, 'URGENT', ['unknown']],
    ['priority with a need', { ...low, acuity: 'PRIORITY' }, 'PRIORITY', ['stated_priority']],
    [
      'routine with a need the program does not know',
      { need: 'session', acuity: 'ROUTINE' },
      'URGENT',
      ['unknown'],
    ],
    ['routine with a crisis', { need: 'crisis', acuity: 'ROUTINE' }, 'URGENT', ['need_crisis']],
    [
      'routine with means at hand',
      { ...low, acuity: 'ROUTINE', danger: { meansAtHand: 'yes' } },
      'EMERGENT',
      ['means_at_hand', 'stated_routine'],
    ],
    [
      'routine with a danger nobody can read',
      { ...low, acuity: 'ROUTINE', danger: 'oh' },
      'URGENT',
      ['danger_stated', 'stated_routine'],
    ],
    [
      'routine with a screener nobody can read',
      { ...low, acuity: 'ROUTINE', screener: 'bad' },
      'URGENT',
      ['screener_unfinished', 'stated_routine'],
    ],
    ['something within two days', { danger: { within: '48h' } }, 'URGENT', ['danger_stated']],
    ['something now', { danger: { within: 'now' } }, 'EMERGENT', ['about_to', 'danger_stated']],
    [
      'a plan within a day',
      {
        ...cssrs({ ...allNo, q2: 'yes', q3: 'no', q4: 'yes', q5: 'no' }),
        danger: { within: '24h' },
      },
      'EMERGENT',
      ['high_risk_soon', 'danger_stated', 'cssrs_high', 'cssrs_low'],
    ],
    [
      'a plan',
      cssrs({ ...allNo, q1: 'yes', q2: 'yes', q3: 'no', q4: 'yes', q5: 'no' }),
      'URGENT',
      ['cssrs_high', 'cssrs_low'],
    ],
    [
      'thoughts of a method',
      cssrs({ ...allNo, q1: 'yes', q2: 'yes', q3: 'yes', q4: 'no', q5: 'no' }),
      'PRIORITY',
      ['cssrs_moderate', 'cssrs_low'],
    ],
    ['a missed check-in', { source: 'checkin_missed' }, 'PRIORITY', ['checkin_missed']],
  ])('with %s', async (_what, said, acuity, reasons) => {
    const { status, body } = await service.raiseFlag({ ...somebody(), ...said });

    expect(status).toBe(201);
    expect(body.case).toMatchObject({ state: 'paging', acuity });
    const [flag] = await service.sql<{ reasons: string[] }>(
      'select acuity_reasons as reasons from flags where id = $1',
      [body.flag.id],
    );
    expect(flag!.reasons).toEqual(reasons);
  });

  it('is at least urgent when the same person comes back within a day', async () => {
    const who = somebody();
    const first = await Followed.open(service, { ...who, ...low, acuity: 'PRIORITY' });
    await first.close();

    const second = await Followed.open(service, { ...who, ...low, acuity: 'PRIORITY' });

    expect(second.id).not.toBe(first.id);
    expect(second.answer.body.case).toMatchObject({ acuity: 'URGENT' });
  });
});

describe('quiet hours', () => {
  const routine = { ...low, acuity: 'ROUTINE' };

  it('let a routine request with a need wait, and no other', async () => {
    const waits = await Followed.open(service, { ...somebody(), ...routine });
    const other = await Followed.open(service, { ...somebody(), ...low, acuity: 'PRIORITY' });

    expect(waits.answer.body.case).toMatchObject({ state: 'paging', acuity: 'ROUTINE' });
    expect(waits.answer.body.resources).not.toHaveLength(0);
    expect(await waits.pages()).toEqual([]);
    expect(await waits.row()).toMatchObject({ step: null, due_at: expect.any(Date) });
    expect(await other.pages()).toEqual(['r0s0 primary step']);
  });

  it('end when the same person asks again', async () => {
    const who = somebody();
    const waits = await Followed.open(service, { ...who, ...routine });

    const again = await service.raiseFlag({ ...who, ...routine });

    expect(again.body.case).toMatchObject({ id: waits.id, acuity: 'URGENT' });
    expect(await waits.pages()).toEqual(['r1s0 primary step']);
    await waits.paged('primary');
  });

  it('end when somebody raises the acuity, and not by passing it on', async () => {
    const waits = await Followed.open(service, { ...somebody(), ...routine });

    const declined = await waits.do('primary', 'declines', { reason: 'busy' });
    const raised = await waits.do('primary', 'acuity', { acuity: 'URGENT', reason: 'sounds bad' });

    expect([declined.status, declined.body['code']]).toEqual([409, 'not_paged']);
    expect(raised.status).toBe(201);
    expect(await waits.pages()).toEqual(['r1s0 primary step']);
  });

  it('end in the morning', async () => {
    const waits = await Followed.open(service, { ...somebody(), ...routine });

    await service.passTime(minutes(121));

    const page = await waits.paged('primary');
    expect(page.body).toContain('step 1/3');
  });
});
