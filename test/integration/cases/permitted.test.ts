import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../support/service.js';
import { aHouseWithCallers, ask, denialsOf, letThemCome, type Who } from './callers.js';
import { Followed } from './house.js';

let service: Service;
/** A case of somebody of whose family one of the callers is. */
let current: Followed;
let backupId: string;
beforeAll(async () => {
  service = await startService({ program: aHouseWithCallers() });
  await letThemCome(service);
  current = await Followed.open(service, { participant: { externalId: 'kin' } });
  const [backup] = await service.sql<{ id: string }>(`select id from staff where key = 'backup'`);
  backupId = backup!.id;
});
afterAll(() => service.stop());

type Act = readonly [path: string, body: object];
type Route = readonly [method: 'GET' | 'POST', ...Act, before: readonly Act[]];

const toBackup = {};
const take: Act = ['/acknowledgements', {}];
const dispose: Act = ['/disposition', { code: 'supported_by_phone' }];
const followUp: Act = ['/follow-up', { none: true, reason: 'x' }];
const dispatch = { agency: 'x', number: '202-555-0142', consent: 'yes', attemptInProgress: true };

/** Everything that can be asked about one case, with the acts that have to come before. */
const ofOneCase: Route[] = [
  ['GET', '', {}, []],
  ['GET', '/timeline', {}, []],
  ['POST', ...take, []],
  ['POST', '/declines', { reason: 'x' }, [take]],
  ['POST', '/contacts', { kind: 'call', outcome: 'no_answer' }, [take]],
  ['POST', '/acuity', { acuity: 'EMERGENT', reason: 'x' }, []],
  ['POST', '/hand-overs', toBackup, [take]],
  ['POST', '/escalations', { expectedStep: 0 }, []],
  ['POST', '/dispatches', dispatch, [take]],
  ['POST', ...dispose, [take]],
  ['POST', ...followUp, [take, dispose]],
  ['POST', '/closure', {}, [take, dispose, followUp]],
];

const staffOfTheProgram: Who[] = ['clinician', 'backstop', 'supervisor'];
const strangers: [who: Who, status: number][] = [
  ['admin', 403],
  ['stranger', 404],
  ['relative', 404],
  ['somebody who left', 401],
  ['a revoked token', 401],
  ['a wrong token', 401],
  ['an integration key', 401],
  ['nobody', 401],
];

const stated = (body: object): object => (body === toBackup ? { to: backupId } : body);
/** The record names whoever was refused; of somebody unknown there is nothing to name. */
const recorded = (status: number): number => (status === 403 || status === 404 ? 1 : 0);

describe('a case', () => {
  const permitted = staffOfTheProgram.flatMap((who) =>
    ofOneCase.map((route) => [who, ...route] as const),
  );
  it.each(permitted)('lets a %s %s %s', async (who, method, path, body, before) => {
    const own = await Followed.open(service);
    const address = `/v1/cases/${own.id}`;
    for (const [first, said] of before) await ask(service, who, 'POST', address + first, said);

    const answer = await ask(service, who, method, address + path, stated(body));

    expect(answer.status).toBe(method === 'GET' ? 200 : 201);
    expect(await denialsOf(service, who)).toBe(0);
  });

  const refused = strangers.flatMap((caller) =>
    ofOneCase.map(([method, path, body]) => [...caller, method, path, body] as const),
  );
  it.each(refused)('gives %s a %i to %s %s', async (who, status, method, path, body) => {
    const before = await current.row();
    const denials = await denialsOf(service, who);

    const answer = await ask(service, who, method, `/v1/cases/${current.id}${path}`, stated(body));

    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).not.toContain(current.ref);
    expect(await current.row()).toEqual(before);
    expect(await denialsOf(service, who)).toBe(denials + recorded(status));
  });

  it('that never was is answered like one of another program', async () => {
    const there = await ask(service, 'stranger', 'GET', `/v1/cases/${current.id}`, {});
    const never = await ask(service, 'stranger', 'GET', `/v1/cases/${randomUUID()}`, {});

    expect([there.status, never.status]).toEqual([404, 404]);
    expect(there.body['detail']).toEqual(never.body['detail']);
  });
});

describe('what is asked about a whole program', () => {
  const all: Who[] = [...staffOfTheProgram, ...strangers.map(([who]) => who)];
  const unknown = [401, 401, 401, 401, 401];
  /** The statuses in the order of `all`. */
  const routes: [path: string, statuses: number[]][] = [
    ['/v1/cases', [200, 200, 200, 403, 200, 200, ...unknown]],
    ['/v1/cases?state=paging&program=harness', [200, 200, 200, 403, 404, 200, ...unknown]],
    ['/v1/on-call?program=harness', [200, 200, 200, 200, 404, 200, ...unknown]],
    ['/v1/coverage?program=harness', [200, 200, 200, 200, 404, 200, ...unknown]],
    ['/v1/reports/response-times?program=harness', [403, 403, 200, 403, 404, 403, ...unknown]],
  ];
  const rows = routes.flatMap(([path, statuses]) =>
    all.map((who, at) => [path, who, statuses[at]!] as const),
  );

  it.each(rows)('GET %s by %s is answered with %i', async (path, who, status) => {
    const answer = await ask(service, who, 'GET', path, {});

    expect(answer.status).toBe(status);
  });

  it.each<[Who, string]>([
    ['admin', '/v1/cases'],
    ['clinician', '/v1/reports/response-times'],
    ['stranger', '/v1/cases?program=harness'],
    ['stranger', '/v1/on-call?program=harness'],
    ['stranger', '/v1/reports/response-times?program=harness'],
  ])('leaves a record of a %s who was refused %s', async (who, path) => {
    const denials = await denialsOf(service, who);

    await ask(service, who, 'GET', path, {});

    expect(await denialsOf(service, who)).toBe(denials + 1);
  });

  it.each<[Who, boolean]>([
    ['clinician', true],
    ['backstop', true],
    ['supervisor', true],
    ['stranger', false],
    ['relative', false],
  ])('shows a %s that the case is there: %s', async (who, isShown) => {
    const lists = await Promise.all(
      ['', '?state=paging', '?program=harness'].map((query) =>
        ask(service, who, 'GET', `/v1/cases${query}`, {}),
      ),
    );

    const shown = lists.map(({ body }) => JSON.stringify(body).includes(current.id));
    expect(shown).toEqual([isShown, isShown, isShown]);
  });

  it.each(['/v1/cases', '/v1/on-call', '/v1/reports/response-times'])(
    'is answered by %s of another program as of one that never was',
    async (path) => {
      const [there, never] = await Promise.all(
        ['harness', 'nowhere'].map((key) =>
          ask(service, 'stranger', 'GET', `${path}?program=${key}`, {}),
        ),
      );

      expect([there!.status, never!.status]).toEqual([404, 404]);
      expect(there!.body['detail']).toEqual(never!.body['detail']);
    },
  );

  it.each(['/v1/audit/events', '/v1/audit/verification', '/v1/audit/export'])(
    'GET %s does not exist yet, whoever asks',
    async (path) => {
      const callers: Who[] = ['supervisor', 'admin', 'nobody'];
      const answers = await Promise.all(callers.map((who) => ask(service, who, 'GET', path, {})));

      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    },
  );
});
