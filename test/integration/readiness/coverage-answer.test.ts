import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { applyFile } from '../../support/handrail.js';
import { type Service, startService } from '../../support/service.js';
import { metricsToken } from '../../support/service/environment.js';
import { request } from '../../support/service/requests.js';
import {
  applyTo,
  aWatchedFile,
  aWatchedProgram,
  clockOf,
  dayMs,
  hourMs,
  inFromNow,
  localTime,
  minuteMs,
  settled,
  withHole,
  zone,
} from './gaps.js';

interface Stretch {
  from: string;
  to: string;
  localFrom: string;
  localTo: string;
}

interface CoverageAnswer extends Stretch {
  program: string;
  zone: string;
  schedules: {
    key: string;
    used: boolean;
    minutes: { gap: number; acceptedGap: number };
    gaps: (Stretch & { why: string; accepted: object | null })[];
  }[];
  thin: (Stretch & { people: number })[];
  minutes: { gap: number; acceptedGap: number; thin: number };
}

let service: Service;
let from: Date;
let to: Date;
beforeAll(async () => {
  service = await startService({ program: aWatchedProgram() });
  from = await inFromNow(service, 10 * dayMs);
  to = new Date(from.getTime() + 3 * hourMs);
});
afterAll(() => service.stop());

async function ask(query = '', person = 'backup'): Promise<CoverageAnswer> {
  const { status, body } = await service.api(person).get(`/v1/coverage?program=harness${query}`);
  expect(status).toBe(200);
  return body as unknown as CoverageAnswer;
}

describe('a file that leaves nobody on call', () => {
  it.each<[string, { acceptedBy?: string } | null, string]>([
    ['that nobody accepts', null, 'A supervisor has to accept this by name and with a reason.'],
    ['that somebody accepts who is no supervisor', { acceptedBy: 'backup' }, 'is no supervisor'],
    ['that nobody we know accepts', { acceptedBy: 'nobody' }, 'nobody'],
  ])('for a stretch %s is refused as a whole', async (_what, accepted, said) => {
    const file = aWatchedFile(withHole({ from, to, accepted }));
    const ended = await applyFile(service.database, file);

    expect(ended.code).not.toBe(0);
    expect(ended.said).toContain(said);
    expect((await ask()).schedules.map(({ gaps }) => gaps)).toEqual([[], []]);
  });

  it('is taken when a supervisor accepts it', async () => {
    await applyTo(service, aWatchedFile(withHole({ from, to })));
    expect((await ask()).minutes).toEqual({ gap: 0, acceptedGap: 180, thin: 0 });
  });
});

describe('the coverage of a program', () => {
  it('tells every gap, when it is on the clocks there, why, and who accepted it', async () => {
    const { id } = (
      await service.sql<{ id: string }>(`select id from staff where key = 'supervisor'`)
    )[0]!;
    const answer = await ask();

    expect(answer).toMatchObject({ program: 'harness', zone, thin: [] });
    expect(answer.schedules.map(({ key, used }) => [key, used])).toEqual([
      ['backup', true],
      ['primary', true],
    ]);
    expect(answer.schedules[1]).toMatchObject({
      zone,
      minutes: { gap: 0, acceptedGap: 180 },
      gaps: [
        {
          from: from.toISOString(),
          to: to.toISOString(),
          localFrom: localTime(from),
          localTo: localTime(to),
          why: 'nobody_scheduled',
          accepted: {
            by: { id, name: service.phones.person('supervisor').name },
            reason: 'A retreat.',
            everyWeek: false,
          },
        },
      ],
    });
  });

  it('is that of 30 days from now, or of the span that is asked for', async () => {
    const now = await clockOf(service);
    const { from: begins, to: ends } = await ask();
    expect(Date.parse(ends) - Date.parse(begins)).toBe(30 * dayMs);
    expect(Date.parse(begins)).toBeGreaterThanOrEqual(now.getTime());

    const middle = new Date(from.getTime() + hourMs).toISOString();
    const part = await ask(`&from=${middle}&to=${new Date(to.getTime() + dayMs).toISOString()}`);
    expect(part.minutes).toMatchObject({ gap: 0, acceptedGap: 120 });
    expect((await ask(`&from=${to.toISOString()}`)).minutes.acceptedGap).toBe(0);
  });

  it('tells of what a schedule lacks that nobody pages, apart from the rest', async () => {
    await applyTo(
      service,
      aWatchedFile((file) => {
        withHole({ from, to })(file);
        for (const acuity of Object.values(file.policy.acuities)) acuity.steps.splice(0, 1);
      }),
    );
    const answer = await ask();

    expect(answer.schedules.map(({ key, used }) => [key, used])).toEqual([
      ['backup', true],
      ['primary', false],
    ]);
    expect(answer.schedules[1]?.minutes.acceptedGap).toBe(180);
    expect(answer.minutes.acceptedGap).toBe(0);
  });

  it('knows who cannot be reached, and where fewer than two people are left', async () => {
    await service.sql(
      `update contact_methods set test_failed_at = handrail_now() + interval '1 s'
        where staff_id in (select id from staff where key in ('backup', 'supervisor'))`,
    );
    const answer = await ask();
    await service.sql('update contact_methods set test_failed_at = null');

    expect(answer.schedules[0]).toMatchObject({ gaps: [{ why: 'nobody_reachable' }] });
    expect(answer.thin).toMatchObject([{ people: 0 }]);
    expect(answer.minutes).toMatchObject({ gap: 30 * 1440, thin: 30 * 1440 });
  });

  it.each([
    ['', 400],
    ['?program=harness&from=yesterday', 400],
    ['?program=harness&days=3', 400],
    ['?program=nowhere', 404],
    ['?program=harness&from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z', 422],
    ['?program=harness&from=2026-01-01T00:00:00Z&to=2028-01-01T00:00:00Z', 422],
  ])('is not told for %j: %i', async (query, status) => {
    expect((await service.api('backup').get(`/v1/coverage${query}`)).status).toBe(status);
  });
});

describe('whoever watches from outside', () => {
  it('sees the minutes and when they were counted, program by program', async () => {
    await applyTo(service, aWatchedFile(withHole({ from, to })));
    await settled(service);
    await service.passTime(10 * minuteMs);
    const { body } = await request<string>(`${service.url}/metrics`, {
      method: 'GET',
      headers: { authorization: `Bearer ${metricsToken}` },
    });
    const figure = (name: string): number =>
      Number(
        new RegExp(`^handrail_coverage_${name}\\{program="harness"\\} (\\S+)$`, 'm').exec(
          body,
        )?.[1],
      );

    expect(figure('gap_minutes')).toBe(0);
    expect(figure('accepted_gap_minutes')).toBe(180);
    expect(figure('thin_minutes')).toBe(0);
    expect(figure('check_age_seconds')).toBeGreaterThanOrEqual(600);
    expect(figure('check_age_seconds')).toBeLessThan(700);
  });
});
