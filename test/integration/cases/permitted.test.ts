import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hashToken } from '../../../src/platform/crypto/tokens.js';
import { applyFile } from '../../support/handrail.js';
import { type Service, startService } from '../../support/service.js';
import { request } from '../../support/service/requests.js';
import { aHouse, Followed } from './house.js';

const strangerToken = 'a-token-of-another-program';

let service: Service;
let current: Followed;
beforeAll(async () => {
  service = await startService({ program: aHouse({ waitSeconds: 600 }) });
  await addStranger();
  current = await Followed.open(service);
});
afterAll(() => service.stop());

/** Somebody who supervises another program. */
async function addStranger(): Promise<void> {
  const { file } = aHouse();
  const { program, policy } = file as { program: object; policy: object };
  const contactMethods = [{ channel: 'sms', address: '+12025550151', verified: true }];
  const stranger = {
    key: 'stranger',
    name: 'Ira Elsewhere',
    roles: ['supervisor'],
    contactMethods,
  };
  const acuities = ['EMERGENT', 'URGENT', 'PRIORITY', 'ROUTINE'].map((acuity) => [
    acuity,
    { steps: [{ page: [{ person: 'stranger' }], waitSeconds: 60 }] },
  ]);
  const { code, said } = await applyFile(service.database, {
    program: { ...program, key: 'other', lines: [], integrationKeys: [] },
    policy: { ...policy, acuities: Object.fromEntries(acuities) as object },
    staff: [stranger],
  });
  if (code !== 0) throw new Error(said);
  await service.sql(
    `insert into access_tokens (id, staff_id, name, token_hash, created_at)
     select $1, id, 'test', $2, now() from staff where key = 'stranger'`,
    [randomUUID(), hashToken(strangerToken)],
  );
}

const tokens: Record<string, () => string | null> = {
  clinician: () => service.phones.person('primary').token,
  supervisor: () => service.phones.person('supervisor').token,
  backstop: () => service.phones.person('backstop').token,
  admin: () => service.phones.person('clinician-2').token,
  stranger: () => strangerToken,
  nobody: () => null,
  'a wrong token': () => 'never-a-token',
  'an integration': () => service.program.integrationKey,
};

const ask = (who: string, method: string, path: string, body?: object) => {
  const token = tokens[who]!();
  return request(service.url + path, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token !== null && { authorization: `Bearer ${token}` }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
};

const acts: [method: string, path: string, body?: object][] = [
  ['GET', ''],
  ['GET', '/timeline'],
  ['POST', '/acknowledgements', {}],
  ['POST', '/declines', { reason: 'x' }],
  ['POST', '/contacts', { kind: 'call', outcome: 'no_answer' }],
  ['POST', '/acuity', { acuity: 'EMERGENT', reason: 'x' }],
  ['POST', '/hand-overs', { to: randomUUID() }],
  ['POST', '/escalations', { expectedStep: 0 }],
  [
    'POST',
    '/dispatches',
    { agency: 'x', number: '202-555-0142', consent: 'yes', attemptInProgress: true },
  ],
  ['POST', '/disposition', { code: 'wrong_number' }],
  ['POST', '/follow-up', { none: true, reason: 'x' }],
  ['POST', '/closure', {}],
];
const refused: [who: string, status: number][] = [
  ['admin', 403],
  ['stranger', 404],
  ['nobody', 401],
  ['a wrong token', 401],
  ['an integration', 401],
];

describe('a case', () => {
  it.each(refused.flatMap(([who, status]) => acts.map((act) => [who, status, ...act] as const)))(
    'is not for %s, who gets %i to %s %s',
    async (who, status, method, path, body) => {
      const before = await current.row();

      const answer = await ask(who, method, `/v1/cases/${current.id}${path}`, body);

      expect(answer.status).toBe(status);
      expect(JSON.stringify(answer.body)).not.toContain(current.ref);
      expect(await current.row()).toEqual(before);
    },
  );

  it.each(['clinician', 'supervisor', 'backstop'])('is open to a %s', async (who) => {
    const own = await Followed.open(service);

    const answers = [
      await ask(who, 'GET', `/v1/cases/${own.id}`),
      await ask(who, 'GET', `/v1/cases/${own.id}/timeline`),
      await ask(who, 'POST', `/v1/cases/${own.id}/acknowledgements`, {}),
      await ask(who, 'POST', `/v1/cases/${own.id}/contacts`, { kind: 'call', outcome: 'reached' }),
      await ask(who, 'POST', `/v1/cases/${own.id}/disposition`, { code: 'supported_by_phone' }),
      await ask(who, 'POST', `/v1/cases/${own.id}/follow-up`, { none: true, reason: 'x' }),
      await ask(who, 'POST', `/v1/cases/${own.id}/closure`, {}),
    ];

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 201, 201, 201, 201, 201]);
  });

  it('that never was is no case either', async () => {
    const answers = [
      await ask('clinician', 'GET', `/v1/cases/${randomUUID()}`),
      await ask('clinician', 'POST', `/v1/cases/${randomUUID()}/acknowledgements`, {}),
      await ask('clinician', 'POST', '/v1/cases/no-id/acknowledgements', {}),
    ];

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 400]);
  });

  it('is in the list of its own program only', async () => {
    const list = async (who: string, query = ''): Promise<string> =>
      JSON.stringify((await ask(who, 'GET', `/v1/cases${query}`)).body);

    expect(await list('clinician')).toContain(current.id);
    expect(await list('clinician', '?program=harness&state=paging')).toContain(current.id);
    expect(await list('clinician', '?state=closed')).not.toContain(current.id);
    expect(await list('stranger')).not.toContain(current.id);
    expect(await list('stranger', '?program=harness')).not.toContain(current.id);
  });

  it('leaves a record of whoever was refused, and of whoever read it', async () => {
    await ask('admin', 'POST', `/v1/cases/${current.id}/acknowledgements`, {});
    await ask('clinician', 'GET', `/v1/cases/${current.id}/timeline`);

    const rows = await service.sql<{ said: string }>(
      `select s.key || ' ' || e.action || ' ' || e.outcome as said from audit.audit_events e
         join staff s on s.id::text = e.actor_id where e.stream like 'access:%' order by e.at`,
    );
    const said = rows.map((row) => row.said);
    expect(said).toContain('clinician-2 access.denied denied');
    expect(said).toContain('primary case.read success');
  });

  it('is closed to a token that was revoked, and to somebody who left', async () => {
    const path = `/v1/cases/${current.id}/timeline`;
    await service.sql(`update access_tokens set revoked_at = now() where staff_id =
                         (select id from staff where key = 'clinician-1')`);
    await service.sql(`update staff set disabled_at = now() where key = 'backup'`);

    const revoked = await service.api('clinician-1').get(path);
    const left = await service.api('backup').get(path);

    expect([revoked.status, left.status]).toEqual([401, 401]);
  });
});
