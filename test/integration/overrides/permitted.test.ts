import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../support/service.js';
import { aHouseWithCallers, ask, denialsOf, letThemCome, type Who } from '../cases/callers.js';

let service: Service;
const known = { schedule: '', override: '', swap: '', primary: '', backup: '' };
beforeAll(async () => {
  service = await startService({ program: aHouseWithCallers() });
  await letThemCome(service);
  const staff = await service.sql<{ id: string; key: string }>('select id, key from staff');
  const idOf = (key: string) => staff.find((one) => one.key === key)!.id;
  const [schedule] = await service.sql<{ id: string }>(
    `select s.id from schedules s join programs p on p.id = s.program_id
      where s.key = 'primary' and p.key = 'harness'`,
  );
  Object.assign(known, {
    schedule: schedule!.id,
    primary: idOf('primary'),
    backup: idOf('backup'),
  });
  known.override = await made('overrides', override());
  known.swap = await made('swaps', { ...swap(), requester: known.primary });
});
afterAll(() => service.stop());

async function made(what: 'overrides' | 'swaps', body: object): Promise<string> {
  const path = `/v1/schedules/${known.schedule}/${what}`;
  const answer = await ask(service, 'supervisor', 'POST', path, body);
  expect(answer.status).toBe(201);
  const { override: row = answer.body } = answer.body as { override?: object };
  return (row as { id: string }).id;
}

const later = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
/** Each on days of its own. */
let day = 8;
function override() {
  day += 2;
  const times = { from: later(day), to: later(day + 1) };
  return {
    kind: 'replace',
    incoming: known.backup,
    outgoing: known.primary,
    reason: 'x y z',
    ...times,
  };
}
function swap() {
  const { from, to } = override();
  return { counterpart: known.backup, from, to, reason: 'x y z' };
}

interface Route {
  path: () => string;
  body?: () => object;
  /** Of a clinician, the backstop, a supervisor, an admin and a stranger. */
  statuses: [number, number, number, number, number];
}
const ofSchedule = (rest: string) => () => `/v1/schedules/${known.schedule}/${rest}`;
const ofSwap =
  (rest = '') =>
  () =>
    `/v1/swaps/${known.swap}${rest}`;
/** A version that never was: whoever may act is told so. */
const act = (name: string): [string, Route] => [
  `${name} of a swap`,
  { path: ofSwap(`/${name}`), body: () => ({ version: 99 }), statuses: [403, 403, 409, 403, 404] },
];

const routes: [name: string, route: Route][] = [
  ['the overrides', { path: ofSchedule('overrides'), statuses: [200, 200, 200, 200, 404] }],
  [
    'making one',
    { path: ofSchedule('overrides'), body: override, statuses: [403, 403, 201, 201, 404] },
  ],
  [
    'a preview',
    { path: ofSchedule('override-previews'), body: override, statuses: [403, 403, 200, 200, 404] },
  ],
  [
    'withdrawing one that never was',
    {
      path: ofSchedule(`overrides/${randomUUID()}/withdrawal`),
      body: () => ({}),
      statuses: [403, 403, 404, 404, 404],
    },
  ],
  ['the swaps', { path: ofSchedule('swaps'), statuses: [200, 200, 200, 200, 404] }],
  [
    'asking for a swap of somebody else',
    {
      path: ofSchedule('swaps'),
      body: () => ({ ...swap(), requester: known.primary }),
      statuses: [403, 403, 201, 403, 404],
    },
  ],
  ['own swaps', { path: () => '/v1/swaps?mine=true', statuses: [200, 200, 200, 200, 200] }],
  ['a swap', { path: ofSwap(), statuses: [200, 200, 200, 200, 404] }],
  act('acceptance'),
  act('refusal'),
  act('withdrawal'),
  act('confirmation'),
  act('undoing'),
];

const inside: Who[] = ['clinician', 'backstop', 'supervisor', 'admin', 'stranger'];
const outside: Who[] = [
  'somebody who left',
  'a revoked token',
  'a wrong token',
  'an integration key',
  'nobody',
];
const rows = routes.flatMap(([name, route]) => [
  ...inside.map((who, at) => [name, who, route.statuses[at]!, route] as const),
  ...outside.map((who) => [name, who, 401, route] as const),
]);

describe('overrides and swaps', () => {
  it.each(rows)('%s, asked for by %s, is answered with %i', async (_name, who, status, route) => {
    const before = await everything();
    const denials = await denialsOf(service, who);
    const method = route.body === undefined ? 'GET' : 'POST';

    const answer = await ask(service, who, method, route.path(), route.body?.() ?? {});

    expect(answer.status).toBe(status);
    if (status !== 201) expect(await everything()).toBe(before);
    const isOnRecord = status === 403 || (status === 404 && who === 'stranger');
    expect(await denialsOf(service, who)).toBe(denials + (isOnRecord ? 1 : 0));
  });

  it('of another program are answered as if there were none', async () => {
    const never = randomUUID();
    const pairs = [
      [`/v1/schedules/${known.schedule}/overrides`, `/v1/schedules/${never}/overrides`],
      [`/v1/schedules/${known.schedule}/swaps`, `/v1/schedules/${never}/swaps`],
      [`/v1/swaps/${known.swap}`, `/v1/swaps/${never}`],
    ];
    for (const [there, nowhere] of pairs) {
      const [one, other] = await Promise.all(
        [there!, nowhere!].map((path) => ask(service, 'stranger', 'GET', path, {})),
      );
      expect([one!.status, one!.body['detail']]).toEqual([404, other!.body['detail']]);
    }
  });
});

async function everything(): Promise<string> {
  const [row] = await service.sql<{ all: string }>(
    `select json_build_array(
       (select json_agg(o order by o.id) from schedule_overrides o),
       (select json_agg(w order by w.id) from shift_swaps w))::text as all`,
  );
  return row!.all;
}
