import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../support/service.js';
import { StaffPhone } from '../pages/staff-phone.js';
import { Visitor } from '../web/visitor.js';
import {
  applyTo,
  aWatchedFile,
  aWatchedProgram,
  codeIn,
  dayMs,
  gapAlarms,
  gapTexts,
  hourMs,
  inFromNow,
  minuteMs,
  nthText,
  settled,
  watched,
  withHole,
} from './gaps.js';

let service: Service;
beforeAll(async () => {
  service = await startService({ program: aWatchedProgram() });
});
afterAll(() => service.stop());

const stages = async (): Promise<string[]> => (await gapAlarms(service)).map(({ stage }) => stage);

describe('a gap that a supervisor has accepted once', () => {
  let from: Date;
  const passUntil = async (beforeMs: number): Promise<void> => {
    const [row] = await service.sql<{ ms: number }>(
      `select extract(epoch from $1::timestamptz - handrail_now())::float8 * 1000 as ms`,
      [from],
    );
    await service.passTime(row!.ms - beforeMs + minuteMs);
  };

  it('is watched from when it is published, and nobody is paged a week and more before', async () => {
    from = await inFromNow(service, 8 * dayMs);
    const to = new Date(from.getTime() + 4 * hourMs);
    await applyTo(service, aWatchedFile(withHole({ from, to })));
    await settled(service);

    expect(await watched(service)).toMatchObject([
      {
        schedule: 'primary',
        kind: 'gap',
        why: 'nobody_scheduled',
        fromAt: from,
        toAt: to,
        stagesTold: 0,
        dueAt: new Date(from.getTime() - 7 * dayMs),
      },
    ]);
    expect(await gapAlarms(service)).toEqual([]);
  });

  it('pages the supervisor seven days before it, also when every job was lost', async () => {
    await service.loseEveryJob();
    await passUntil(7 * dayMs);
    const text = await nthText(service, 'supervisor', 1);

    expect(text.body).toContain('gap within 7 days');
    expect(text.body).toContain('primary');
    expect(await stages()).toEqual(['7 days']);

    const said = await service.phones.reply('supervisor', {
      ref: '',
      link: '',
      code: codeIn(text),
      body: text.body,
      from: text.from,
    });
    expect(said).toMatch(/taken/i);
    expect(await gapAlarms(service)).toMatchObject([{ taken: true, withdrawn: false }]);
  });

  it('is silent once taken, until a day before it: then by text and by call, taken by key', async () => {
    await service.passTime(2 * dayMs);
    await settled(service);
    expect(await gapTexts(service, 'supervisor')).toHaveLength(1);

    await passUntil(dayMs);
    await nthText(service, 'supervisor', 2);
    const phone = new StaffPhone(service, 'supervisor');
    await phone.ringing(20_000);
    const call = await service.lab.answer(phone.number);
    expect(call.said.join(' ')).toMatch(/This is an alarm\. Nobody is on call for primary on call/);
    await phone.press('1');

    expect(await stages()).toEqual(['7 days', '24 hours']);
    expect(await gapAlarms(service)).toMatchObject([{ taken: true }, { taken: true }]);
  }, 60_000);

  it('pages again an hour before it, taken by link', async () => {
    await passUntil(hourMs);
    const text = await nthText(service, 'supervisor', 3);
    const link = /https?:\S+/.exec(text.body)?.[0] ?? '';
    const visitor = new Visitor(service);
    const page = await visitor.get(new URL(link).pathname);
    const taken = await visitor.post(new URL(link).pathname, { answer: 'take' });

    expect(page.text).toContain('primary on call');
    expect(taken.text).toContain('You have taken this alarm.');
    expect((await gapAlarms(service)).at(-1)).toMatchObject({ stage: '1 hour', taken: true });
  });

  it('pages when it opens, and is withdrawn when somebody is put on call', async () => {
    await passUntil(0);
    await nthText(service, 'supervisor', 4);
    expect((await gapAlarms(service)).at(-1)).toMatchObject({ stage: 'now', taken: false });

    await applyTo(service, aWatchedFile());
    await service.eventually(async () => (await gapAlarms(service)).at(-1)!.withdrawn);

    const live = await service.sql(
      `select from pages where purpose = 'alarm' and state in ('queued', 'sending', 'sent')`,
    );
    expect(live).toEqual([]);
    expect(await watched(service)).toMatchObject([{ dueAt: null, stagesTold: 4 }]);
    expect((await watched(service))[0]?.goneAt).not.toBeNull();
  });
});

describe('a gap that is found late', () => {
  it('pages at once, for the stage that has come last, and once', async () => {
    const before = (await gapTexts(service, 'supervisor')).length;
    const from = await inFromNow(service, 30 * minuteMs);
    await applyTo(service, aWatchedFile(withHole({ from, to: new Date(from.getTime() + hourMs) })));
    const text = await nthText(service, 'supervisor', before + 1);
    await service.phones.reply('supervisor', {
      ref: '',
      link: '',
      code: codeIn(text),
      body: text.body,
      from: text.from,
    });

    expect((await stages()).at(-1)).toBe('1 hour');
    expect((await watched(service)).at(-1)).toMatchObject({ stagesTold: 3, dueAt: from });
  });

  it('ends by itself when it is over, and takes its alarm along', async () => {
    await service.passTime(35 * minuteMs);
    await service.eventually(async () => (await stages()).at(-1) === 'now');
    await service.passTime(hourMs);
    await service.eventually(async () => (await gapAlarms(service)).at(-1)!.withdrawn);

    expect((await watched(service)).at(-1)).toMatchObject({ dueAt: null });
    const ended = await service.sql(
      `select from audit.audit_events where action = 'coverage.gap_ended'
         and body::jsonb ->> 'reason' = 'over'`,
    );
    expect(ended).toHaveLength(1);
  });
});
