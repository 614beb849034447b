import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runSql } from '../../support/database.js';
import { type Ended, handrail, handrailWith } from '../../support/handrail.js';
import { type AuditRoom, openAuditRoom } from '../audit/audit-room.js';

let room: AuditRoom;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'handrail-verify-'));
  room = await openAuditRoom();
  await room.work.run(async (tx) => {
    for (let n = 1; n <= 5; n += 1) {
      const actor = { type: 'staff', id: 'u1' } as const;
      room.audit.record(tx, { stream: 'case:a', action: 'case.read', actor, body: { n } });
    }
  });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await room.close();
});

/** Where no database is at hand. */
async function verifyFile(change: (text: string) => string): Promise<Ended> {
  let exported = '';
  for await (const line of room.verification.export()) exported += line;
  const file = path.join(folder, 'export.ndjson');
  writeFileSync(file, change(exported));
  const none = { DATABASE_URL: undefined, DATABASE_ADMIN_URL: undefined };
  return handrailWith(none, room.database, 'verify-audit', file);
}

const intact = { code: 0, said: '5 events in 1 streams: intact\n' };

describe('handrail verify-audit', () => {
  it('ends with 0 over an export that nobody touched, without a database', async () => {
    expect(await verifyFile((text) => text)).toEqual(intact);
  });

  it('ends with 1 over an export that was edited, and names the event', async () => {
    const { code, said } = await verifyFile((text) => text.replace('"n":3', '"n":4'));
    expect(code).toBe(1);
    expect(said).toBe(
      '2 events in 1 streams: BROKEN\n{"stream":"case:a","seq":3,"why":"hash_differs"}\n',
    );
  });

  it('does not end with 0 over an export that is not there', async () => {
    const { code, said } = await handrail(room.database, 'verify-audit', '/nowhere/export.ndjson');
    expect(code).toBeGreaterThan(0);
    expect(said).not.toContain('intact');
  });

  it('ends with 0 over the database, until somebody who owns it edits an event: then with 1', async () => {
    const before = await handrail(room.database, 'verify-audit');
    const edit = `update audit.audit_events set body = '{"n":9}' where seq = 2`;
    await runSql(
      room.database.superuserUrl,
      `alter table audit.audit_events disable trigger all; ${edit}`,
    );
    const after = await handrail(room.database, 'verify-audit');

    expect(before).toEqual(intact);
    expect(after.code).toBe(1);
    expect(after.said).toContain('BROKEN\n{"stream":"case:a","seq":2,"why":"hash_differs"}');
  });
});
