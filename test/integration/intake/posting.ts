import { expect } from '@jest/globals';
import { decrypt } from '../../../src/platform/crypto/cipher.js';
import { DataKey } from '../../../src/platform/crypto/data-key.js';
import type { FlagAnswer, Service } from '../../support/service.js';
import { keyBytes } from '../../support/service/environment.js';
import type { Answer } from '../../support/service/requests.js';

export interface Posting {
  /** Sent as they are, byte by byte. */
  body?: string | Buffer;
  headers?: Record<string, string>;
  /** Null sends none; by default the program's own. */
  key?: string | null;
}

/** Posts any bytes at all to the flag route. */
export async function post(
  service: Service,
  { body, headers, key = service.program.integrationKey }: Posting,
): Promise<Answer<FlagAnswer & Record<string, unknown>>> {
  const response = await fetch(`${service.url}/v1/flags`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(key !== null && { authorization: `Bearer ${key}` }),
      ...headers,
    },
    ...(body !== undefined && { body: new Uint8Array(Buffer.from(body)) }),
  });
  const { status, headers: answered } = response;
  return { status, headers: answered, body: (await response.json()) as never };
}

export interface StoredFlag {
  id: string;
  caseId: string | null;
  participantId: string | null;
  joinedAs: string;
  acuity: string;
  warnings: string[];
  resourcesShown: string[];
  mergedCount: number;
  /** As it was sent. */
  raw: string;
  text: string | null;
}

/** The flag as it lies in the database, opened. */
export async function stored(service: Service, flagId: string): Promise<StoredFlag> {
  const [row] = await service.sql<Record<string, never> & { raw: Buffer; text: Buffer | null }>(
    `select id, case_id as "caseId", participant_id as "participantId", joined_as as "joinedAs",
            acuity, warnings, resources_shown as "resourcesShown", merged_count as "mergedCount",
            raw, text, subject_id as "subjectId"
       from flags where id = $1`,
    [flagId],
  );
  if (!row) throw new Error(`Flag ${flagId} is not stored.`);
  const key = await dataKey(service, row['subjectId'] ?? '');
  const open = (column: string, sealed: Buffer): string =>
    key.open({ table: 'flags', row: flagId, column }, sealed);
  const text = row.text && open('text', row.text);
  return { ...(row as unknown as StoredFlag), raw: open('raw', row.raw), text };
}

export async function dataKey(service: Service, subjectId: string): Promise<DataKey> {
  const [row] = await service.sql<{ type: string; ring: string; wrapped: Buffer }>(
    `select subject_type as type, ring_key_id as ring, wrapped from data_keys
      where subject_id = $1`,
    [subjectId],
  );
  if (!row) throw new Error(`Subject ${subjectId} has no key.`);
  const bindings = ['data-key', row.type, subjectId, row.ring];
  return new DataKey(decrypt(keyBytes('sealing'), row.wrapped, bindings));
}

/** A number somebody can dial right now, whatever else there is. */
export function expectHelp(resources: unknown): void {
  expect(resources).toContainEqual(
    expect.objectContaining({
      category: 'emergency',
      channels: expect.arrayContaining([
        expect.objectContaining({ type: 'call', href: expect.stringMatching(/^tel:\d{3,}$/) }),
      ]) as unknown,
    }),
  );
}

/** The flag, its case, its first page and their events were one transaction. */
export async function expectOneTransaction(service: Service, flag: StoredFlag): Promise<void> {
  const events = await service.sql<{ action: string; xid: string; flag: string }>(
    `select e.action, (e.xid::text::numeric % 4294967296)::text as xid, f.xmin::text as flag
       from audit.audit_events e, flags f
      where f.id = $1 and e.stream in ('flag:' || f.id, 'case:' || f.case_id)
        and e.action in ('flag.raised', 'case.opened', 'page.queued')`,
    [flag.id],
  );
  const actions = new Set(events.map(({ action }) => action));
  expect([...actions].toSorted()).toEqual(['case.opened', 'flag.raised', 'page.queued']);
  expect(new Set(events.flatMap(({ xid, flag: own }) => [xid, own])).size).toBe(1);
}
