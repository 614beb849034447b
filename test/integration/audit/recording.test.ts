import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import type { AuditEntry } from '../../../src/audit/audit.service.js';
import type { Tx } from '../../../src/platform/db/unit-of-work.js';
import { openAuditRoom, type AuditRoom } from './audit-room.js';

let room: AuditRoom;
beforeAll(async () => {
  room = await openAuditRoom();
});
afterAll(() => room.close());

const read = (stream: AuditEntry['stream'], more: Partial<AuditEntry> = {}): AuditEntry => ({
  stream,
  action: 'case.read',
  actor: { type: 'staff', id: 'u1' },
  ...more,
});
const newCase = (): AuditEntry['stream'] => `case:${randomUUID()}`;

async function record(...entries: AuditEntry[]): Promise<void> {
  await room.work.run(async (tx) => {
    for (const entry of entries) room.audit.record(tx, entry);
  });
}

function timeline(stream: AuditEntry['stream']) {
  return room.verification.timeline(room.work.reader, stream);
}

describe('recording', () => {
  it('keeps everything it was told, at the time of the transaction', async () => {
    const stream = newCase();
    const entry = read(stream, {
      onBehalfOf: 'u2',
      sessionId: 's1',
      purpose: 'BTG',
      subjectRef: 'participant:p1',
      outcome: 'denied',
      body: { fields: ['phone'], reason: undefined },
    });
    const now = await room.work.run(async (tx) => {
      room.audit.record(tx, entry);
      return tx.now;
    });
    const [event] = await timeline(stream);
    expect(event).toEqual({
      ...entry,
      v: 1,
      id: expect.any(String),
      seq: 1,
      at: now,
      body: { fields: ['phone'] },
    });
  });

  it('keeps of an address only a keyed hash, the same for the same address', async () => {
    const stream = newCase();
    await record(read(stream, { ip: '192.0.2.7' }), read(stream, { ip: '192.0.2.7' }));
    const [first, second] = await timeline(stream);
    expect(first?.ipHash).toMatch(/^[\w-]{43}$/);
    expect(second?.ipHash).toBe(first?.ipHash);
    expect(JSON.stringify([first, second])).not.toContain('192.0.2.7');
  });

  it('stands in the transaction of what it records', async () => {
    const stream = newCase();
    const xid = await room.work.run(async (tx) => {
      room.audit.record(tx, read(stream));
      const [row] = await tx.db.query<[{ xid: string }]>('select pg_current_xact_id() as xid');
      return row.xid;
    });
    const rows = await room.work.reader.query<{ xid: string }[]>(
      'select xid from audit.audit_events where stream = $1',
      [stream],
    );
    expect(rows).toEqual([{ xid }]);
  });

  it('leaves nothing behind when the transaction is rolled back', async () => {
    const stream = newCase();
    const failing = room.work.run(async (tx) => {
      room.audit.record(tx, read(stream));
      tx.beforeCommit({}, () => Promise.reject(new Error('too late')));
    });
    await expect(failing).rejects.toThrow('too late');
    expect(await timeline(stream)).toEqual([]);
    await record(read(stream));
    expect(await timeline(stream)).toMatchObject([{ seq: 1 }]);
  });

  it('undoes the change when the event cannot be written', async () => {
    const subject = randomUUID();
    const failing = room.work.run(async (tx) => {
      room.vault.create(tx, { type: 'flag', id: subject });
      room.audit.record(tx, read('case:with a space'));
    });
    await expect(failing).rejects.toThrow('stream');
    expect(await room.vault.open(room.work.reader, subject)).toBeNull();
  });

  it('refuses an unfit body where it is made', async () => {
    const failing = room.work.run(async (tx) => {
      expect(() => room.audit.record(tx, read(newCase(), { body: { ms: 0.5 } }))).toThrow(
        'integer',
      );
      throw new Error('refused at once');
    });
    await expect(failing).rejects.toThrow('refused at once');
  });

  it('also writes what is recorded while the transaction is being closed', async () => {
    const stream = newCase();
    await room.work.run(async (tx) => {
      room.audit.record(tx, read(stream, { newStream: true }));
      tx.beforeCommit({}, async () => {
        room.audit.record(tx, read(stream, { newStream: true }));
        room.audit.record(tx, read('system'));
      });
    });
    expect(await timeline(stream)).toMatchObject([{ seq: 1 }, { seq: 2 }]);
    expect(await timeline('system')).toHaveLength(1);
    expect(await room.verification.verifyDatabase()).toMatchObject({ ok: true });
  });

  it.each([
    ['no round trip of its own for a stream that begins', true, 0],
    ['one round trip for a stream that may go on', false, 1],
  ])('takes %s, however many events', async (_what, newStream, roundTrips) => {
    const stream = newCase();
    const statements: string[] = [];
    await room.work.run(async (tx) => {
      const counted: Tx = { ...tx, db: counting(tx.db, statements) };
      for (let n = 0; n < 40; n += 1) room.audit.record(counted, read(stream, { newStream }));
      room.audit.record(counted, read(newCase(), { newStream }));
    });
    expect(statements).toHaveLength(roundTrips);
    expect(await timeline(stream)).toHaveLength(40);
  });

  it('holds a body of any well-formed text', async () => {
    const stream = newCase();
    const body = {
      text: '\u0000 "\\ \n\u2028 \ud83d\ude00 ${x}',
      raw: randomBytes(64).toString('hex'),
    };
    await record(read(stream, { body }));
    expect(await timeline(stream)).toMatchObject([{ body }]);
    expect(await room.verification.verifyDatabase()).toMatchObject({ ok: true });
  });
});

describe('recording at the same time', () => {
  it('gives fifty transactions on one stream one chain without gap or fork', async () => {
    const stream = newCase();
    const bodies = Array.from({ length: 50 }, (_, n) => ({ n }));
    await Promise.all(bodies.map((body) => record(read(stream, { body }))));
    const events = await timeline(stream);
    expect(events.map(({ seq }) => seq)).toEqual(bodies.map(({ n }) => n + 1));
    expect(new Set(events.map(({ body }) => body['n'])).size).toBe(50);
    expect(await room.verification.verifyDatabase()).toMatchObject({ ok: true });
  });

  it('does not deadlock when streams are named in opposite orders', async () => {
    const [one, other] = [newCase(), newCase()];
    const there = [read(one), read(other)];
    const back = [read(other), read(one)];
    await Promise.all(Array.from({ length: 30 }, (_, n) => record(...(n % 2 ? there : back))));
    expect(await timeline(one)).toHaveLength(30);
    expect(await timeline(other)).toHaveLength(30);
  });

  it('lets only one of two begin the same stream', async () => {
    const stream = newCase();
    const begin = () => record(read(stream, { newStream: true }));
    const ended = await Promise.allSettled([begin(), begin()]);
    expect(ended.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await timeline(stream)).toHaveLength(1);
  });
});

describe('searching', () => {
  it('finds by what, whose, where and when, the newest first', async () => {
    const [mine, other] = [newCase(), newCase()];
    const subjectRef = `participant:${randomUUID()}`;
    await record(read(mine, { subjectRef, body: { n: 1 } }));
    await record(read(mine, { subjectRef, action: 'case.closed', body: { n: 2 } }));
    await record(read(other, { subjectRef, body: { n: 3 } }));
    const found = async (query: object): Promise<unknown[]> => {
      const events = await room.verification.search(room.work.reader, { subjectRef, ...query });
      return events.map(({ body }) => body['n']);
    };
    const [first, , last] = await room.verification
      .search(room.work.reader, { subjectRef })
      .then((events) => events.toReversed());

    expect(await found({})).toEqual([3, 2, 1]);
    expect(await found({ limit: 1 })).toEqual([3]);
    expect(await found({ stream: mine })).toEqual([2, 1]);
    expect(await found({ action: 'case.closed' })).toEqual([2]);
    expect(await found({ from: last?.at })).toContain(3);
    expect(await found({ to: first?.at })).toEqual([]);
  });
});

function counting(db: Tx['db'], statements: string[]): Tx['db'] {
  return new Proxy(db, {
    get(target, name) {
      if (name !== 'query') return Reflect.get(target, name) as unknown;
      return (sql: string, values: unknown[]) => {
        statements.push(sql);
        return target.query(sql, values);
      };
    },
  });
}
