import { applyFile } from '../../support/handrail.js';
import { hashToken } from '../../../src/platform/crypto/tokens.js';
import type { Service } from '../../support/service.js';
import { type Answer, request } from '../../support/service/requests.js';
import { newId } from '../../../src/platform/ids.js';
import { aHouse } from './house.js';

const strangerToken = 'a-token-of-another-program';

/** Whoever may knock at the door of `aHouse`, and as whom they come; null comes without a token. */
const people = {
  clinician: 'clinician-1',
  backstop: 'backstop',
  supervisor: 'supervisor',
  admin: 'clinician-2',
  stranger: 'stranger',
  relative: 'primary',
  'somebody who left': 'clinician-3',
  'a revoked token': 'clinician-4',
  'a wrong token': null,
  'an integration key': null,
  nobody: null,
} as const;
export type Who = keyof typeof people;

/** The house with two more clinicians, one of whom leaves and one of whom loses the token. */
export const aHouseWithCallers = () => aHouse({ waitSeconds: 600, moreClinicians: 4 });

/** Beside the people of the house, somebody who supervises another one. */
export async function letThemCome(service: Service): Promise<void> {
  const { file } = aHouse();
  const { program, policy } = file as { program: object; policy: object };
  const steps = [{ page: [{ person: 'stranger' }], waitSeconds: 60 }];
  const acuities = ['EMERGENT', 'URGENT', 'PRIORITY', 'ROUTINE'].map((one) => [one, { steps }]);
  const sms = { channel: 'sms', address: '+12025550151', verified: true };
  const { code, said } = await applyFile(service.database, {
    program: { ...program, key: 'elsewhere', lines: [], integrationKeys: [] },
    policy: { ...policy, acuities: Object.fromEntries(acuities) as object },
    staff: [
      { key: 'stranger', name: 'Ira Elsewhere', roles: ['supervisor'], contactMethods: [sms] },
    ],
  });
  if (code !== 0) throw new Error(said);
  await service.sql(
    `insert into access_tokens (id, staff_id, name, token_hash, created_at)
     select $1, id, 'test', $2, now() from staff where key = 'stranger'`,
    [newId(), hashToken(strangerToken)],
  );
  await service.sql(`update staff set disabled_at = now() where key = $1`, [
    people['somebody who left'],
  ]);
  await service.sql(
    `update access_tokens set revoked_at = now()
      where staff_id = (select id from staff where key = $1)`,
    [people['a revoked token']],
  );
}

/** How often this caller was refused, by the record. */
export async function denialsOf(service: Service, who: Who): Promise<number> {
  const [row] = await service.sql<{ n: number }>(
    `select count(*)::int as n from audit.audit_events e join staff s on s.id::text = e.actor_id
      where e.action = 'access.denied' and e.outcome = 'denied' and s.key = $1`,
    [people[who]],
  );
  return row!.n;
}

/** One request by one of them. */
export function ask(
  service: Service,
  who: Who,
  method: string,
  path: string,
  body: object,
): Promise<Answer> {
  const token = tokenOf(service, who);
  return request(service.url + path, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token !== null && { authorization: `Bearer ${token}` }),
    },
    ...(method === 'POST' && { body: JSON.stringify(body) }),
  });
}

function tokenOf(service: Service, who: Who): string | null {
  if (who === 'nobody') return null;
  if (who === 'stranger') return strangerToken;
  if (who === 'a wrong token') return 'never-a-token';
  if (who === 'an integration key') return service.program.integrationKey;
  return service.phones.person(people[who]).token;
}
