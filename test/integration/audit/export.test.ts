import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyAuditFile } from '../../../src/audit/audit.export.js';
import { openAuditRoom, type AuditRoom } from './audit-room.js';

const eventsPerStream = 1100; // More than are read at once.
let room: AuditRoom;
let folder: string;
let lines: string[];

beforeAll(async () => {
  room = await openAuditRoom();
  folder = await mkdtemp(join(tmpdir(), 'handrail-audit-'));
  await room.work.run(async (tx) => {
    for (let n = 1; n <= eventsPerStream; n += 1) {
      for (const stream of ['case:a', 'case:B'] as const) {
        const actor = { type: 'staff', id: 'u1' } as const;
        room.audit.record(tx, { stream, action: 'case.read', actor, body: { n, text: 'é' } });
      }
    }
  });
  lines = [];
  for await (const line of room.verification.export()) lines.push(line);
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await room.close();
});

async function verifyLines(exported: readonly string[]) {
  const path = join(folder, 'export.ndjson');
  await writeFile(path, exported.join(''));
  return verifyAuditFile(path);
}

describe('an export', () => {
  it('is one line per event, the streams one after the other', () => {
    const places = lines.map(
      (line) => JSON.parse(line) as { event: { stream: string; seq: number } },
    );
    const expected = ['case:B', 'case:a'].flatMap((stream) =>
      Array.from({ length: eventsPerStream }, (_, n) => ({ stream, seq: n + 1 })),
    );
    expect(places.map(({ event: { stream, seq } }) => ({ stream, seq }))).toEqual(expected);
    expect(lines.every((line) => line.endsWith('}\n') && line.indexOf('\n') > 0)).toBe(true);
  });

  it('is verified without a database', async () => {
    const found = await verifyLines(lines);
    expect(found).toEqual({ ok: true, events: 2 * eventsPerStream, streams: 2 });
    expect(found).toEqual(await room.verification.verifyDatabase());
  });

  it.each([
    ['was edited', (line: string) => line.replace('case.read', 'case.closed'), 'hash_differs'],
    ['lost a field', (line: string) => line.replace('"outcome":"success",', ''), 'hash_differs'],
    ['was written in another way', (line: string) => line.replace('{', '{ '), 'not_canonical'],
    [
      'says more',
      (line: string) => line.replace('{"event"', '{"comment":1,"event"'),
      'not_canonical',
    ],
    [
      'says one thing twice',
      (line: string) => line.replace('"v":1', '"v":2,"v":1'),
      'not_canonical',
    ],
    ['holds a fraction', (line: string) => line.replace('"n":5', '"n":5.5'), 'not_canonical'],
    ['is cut off', (line: string) => line.slice(0, -9), 'unreadable'],
    ['is null', () => 'null\n', 'unreadable'],
    ['has no hash', (line: string) => line.replace('"hash":', '"h":'), 'unreadable'],
    ['is missing', () => '', 'missing'],
  ])('names the event whose line %s', async (_what, change, why) => {
    const found = await verifyLines(lines.with(4, change(lines[4]!)));
    expect(found).toMatchObject({ ok: false, events: 4 });
    expect(found.firstBroken).toEqual({ stream: 'case:B', seq: 5, why });
  });

  it('is not taken for verified when the file is not there', async () => {
    await expect(verifyAuditFile(join(folder, 'nowhere'))).rejects.toThrow('ENOENT');
  });
});
