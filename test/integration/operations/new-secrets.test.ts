import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hashToken } from '../../../src/platform/crypto/tokens.js';
import { handrail } from '../../support/handrail.js';
import { type Service, startService } from '../../support/service.js';
import { request } from '../../support/service/requests.js';
import { everyRow } from './program-files.js';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

/** The one line that a command prints. */
async function created(command: string): Promise<string> {
  const { code, said } = await handrail(service.database, ...command.split(' '));
  expect([code, said]).toEqual([0, expect.stringMatching(/^[\w-]{43}\n$/)]);
  return said.trim();
}

/** Only its hash is anywhere, and in this one place. */
async function expectOnlyItsHash(secret: string, table: string): Promise<void> {
  const rows = await everyRow(service.database);
  const column = table === 'access_tokens' ? 'token_hash' : 'key_hash';
  const bytes = Buffer.from(secret, 'base64url').toString('hex');
  const asText = Buffer.from(secret).toString('hex');
  for (const form of [secret, bytes, asText]) expect(rows).not.toContain(form);
  expect(
    await service.sql(`select from ${table} where ${column} = $1`, [hashToken(secret)]),
  ).toHaveLength(1);
  expect(service.output).not.toContain(secret);
}

const made = (): Promise<object[]> =>
  service.sql(`select id from integration_keys union all select id from access_tokens
    union all select id from audit.audit_events where stream = 'config'`);

describe('a new integration key', () => {
  it('raises a flag at once and is kept only as a hash', async () => {
    const key = await created('keys create --program harness --name app');

    const { status, body } = await service.raiseFlag(undefined, { key });

    expect(status).toBe(201);
    expect(body.case).toMatchObject({ state: 'paging' });
    await service.phones.expectPage('primary', { ref: body.case!.ref });
    await expectOnlyItsHash(key, 'integration_keys');
  });

  it('leaves the keys of other names as good as they were', async () => {
    await created('keys create --program harness --name app');
    expect((await service.raiseFlag()).status).toBe(201);
  });

  it('is another one each time', async () => {
    const command = 'keys create --program harness --name twice';
    expect(await created(command)).not.toBe(await created(command));
  });
});

describe('the integration keys of a name', () => {
  const revoke = (name: string) =>
    handrail(service.database, 'keys', 'revoke', '--program', 'harness', '--name', name);
  const statusWith = async (key: string) => (await service.raiseFlag(undefined, { key })).status;

  it('are refused at once when they are revoked, every one of them and no other', async () => {
    const command = 'keys create --program harness --name lost';
    const keys = [await created(command), await created(command)];
    for (const key of keys) expect(await statusWith(key)).toBe(201);

    expect(await revoke('lost')).toEqual({ code: 0, said: '2 keys revoked.\n' });

    for (const key of keys) expect(await statusWith(key)).toBe(401);
    expect((await service.raiseFlag()).status).toBe(201);
    const ended = await service.sql(
      `select from audit.audit_events where action = 'integration_key.revoked'`,
    );
    expect(ended).toHaveLength(2);
  });

  it('are told to be none when they were revoked before', async () => {
    await created('keys create --program harness --name once');

    expect(await revoke('once')).toEqual({ code: 0, said: '1 key revoked.\n' });
    expect(await revoke('once')).toEqual({
      code: 64,
      said: 'Program harness has no key once in use.\n',
    });
  });
});

describe('a new access token', () => {
  it('opens the staff API to that person at once and is kept only as a hash', async () => {
    const token = await created('tokens create --staff backup --name script');
    const { body: raised } = await service.raiseFlag();

    const answer = await request(`${service.url}/v1/cases/${raised.case!.id}/acknowledgements`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: '{}',
    });

    expect(answer.status).toBe(201);
    const [owner] = await service.sql(
      'select s.key from cases c join staff s on s.id = c.owner_id where c.id = $1',
      [raised.case!.id],
    );
    expect(owner).toEqual({ key: 'backup' });
    await expectOnlyItsHash(token, 'access_tokens');
  });
});

describe('neither is made or ended', () => {
  it.each([
    ['keys revoke --program nowhere --name app', 'There is no program nowhere.'],
    ['keys revoke --program harness --name nobody', 'Program harness has no key nobody in use.'],
    ['keys revoke --name harness', 'Needed: --program ... --name ...'],
    ['keys create --program nowhere --name app', 'There is no program nowhere.'],
    ['tokens create --staff nobody --name script', 'There is no staff nobody.'],
    ['keys create --program harness', 'Needed: --program ... --name ...'],
    ['tokens create', 'Needed: --staff ... --name ...'],
    ['keys destroy', 'There is no command keys destroy.'],
  ])('by `%s`', async (command, problem) => {
    const before = await made();

    const { code, said } = await handrail(service.database, ...command.split(' '));

    expect(said).toContain(problem);
    expect(code).toBe(64);
    expect(await made()).toEqual(before);
  });
});
