import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { CryptoConfig } from '../../../src/platform/crypto/crypto.config.js';
import { DataKeysStore } from '../../../src/platform/crypto/data-keys.store.js';
import { Vault, type Subject } from '../../../src/platform/crypto/vault.js';
import { newRingKey, openAuditRoom, type AuditRoom } from './audit-room.js';

let room: AuditRoom;
beforeAll(async () => {
  room = await openAuditRoom();
});
afterAll(() => room.close());

const newSubject = (): Subject => ({ type: 'participant', id: randomUUID() });
const placeOf = ({ id }: Subject) => ({ table: 'participants', row: id, column: 'name' });

async function sealedName(subject: Subject): Promise<Buffer> {
  const key = await room.work.run(async (tx) => room.vault.create(tx, subject));
  return key.seal(placeOf(subject), 'Robin Example');
}

async function openName(subject: Subject, sealed: Buffer, vault = room.vault) {
  const key = await vault.open(room.work.reader, subject.id);
  return key === null ? null : key.open(placeOf(subject), sealed);
}

function vaultUnder(...ring: CryptoConfig['keyRing']): Vault {
  return new Vault(new CryptoConfig(ring, room.config.indexKey), new DataKeysStore());
}

describe('the vault', () => {
  it('opens what was sealed for the same subject, in another transaction', async () => {
    const subject = newSubject();
    const sealed = await sealedName(subject);
    expect(await openName(subject, sealed)).toBe('Robin Example');
  });

  it('stores no key in the clear and gives each subject its own', async () => {
    const [one, other] = [newSubject(), newSubject()];
    const sealed = await sealedName(one);
    await sealedName(other);
    const key = await room.vault.open(room.work.reader, other.id);
    expect(() => key?.open(placeOf(one), sealed)).toThrow('do not open');
    const [row] = await new DataKeysStore().find(room.work.reader, [one.id]);
    expect(row).toMatchObject({ subjectType: 'participant', ringKeyId: 'k1' });
    expect(row?.wrapped).toHaveLength(1 + 12 + 32 + 16);
  });

  it('opens many at once and leaves out those without a key', async () => {
    const [one, other, keyless] = [newSubject(), newSubject(), newSubject()];
    await sealedName(one);
    await sealedName(other);
    const ids = [one, other, keyless].map(({ id }) => id);
    const keys = await room.vault.openMany(room.work.reader, ids);
    expect([...keys.keys()].toSorted()).toEqual([one.id, other.id].toSorted());
    expect(await room.vault.openMany(room.work.reader, [])).toEqual(new Map());
  });

  it('refuses to make a second key for a subject', async () => {
    const subject = newSubject();
    await sealedName(subject);
    const again = room.work.run(async (tx) => room.vault.create(tx, subject));
    await expect(again).rejects.toThrow('data_keys_pkey');
  });

  it('makes one key when several ask for it at once', async () => {
    const subject = newSubject();
    const asking = Array.from({ length: 8 }, () =>
      room.work.run(async (tx) => {
        const key = await room.vault.createOrOpen(tx, subject);
        return key.seal(placeOf(subject), 'Robin Example');
      }),
    );
    for (const sealed of await Promise.all(asking)) {
      expect(await openName(subject, sealed)).toBe('Robin Example');
    }
  });

  it('makes no key when the transaction is rolled back', async () => {
    const subject = newSubject();
    const failing = room.work.run(async (tx) => {
      room.vault.create(tx, subject);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await room.vault.open(room.work.reader, subject.id)).toBeNull();
  });

  it('opens old keys under a ring with a new first key, which wraps the new ones', async () => {
    const [old, next] = [newSubject(), newSubject()];
    const sealed = await sealedName(old);
    const [first] = room.config.keyRing;
    const rotated = vaultUnder(newRingKey('k2'), first!);
    expect(await openName(old, sealed, rotated)).toBe('Robin Example');
    await room.work.run(async (tx) => rotated.create(tx, next));
    const [row] = await new DataKeysStore().find(room.work.reader, [next.id]);
    expect(row?.ringKeyId).toBe('k2');
  });

  it('says which key of the ring is missing', async () => {
    const subject = newSubject();
    const sealed = await sealedName(subject);
    await expect(openName(subject, sealed, vaultUnder(newRingKey('k9')))).rejects.toThrow('k1');
    await expect(openName(subject, sealed, vaultUnder(newRingKey('k1')))).rejects.toThrow('open');
  });

  it.each([
    ['moved to another subject', (other: string) => `wrapped = ${wrappedOf(other)}`],
    ['given another type', () => `subject_type = 'staff'`],
    ['altered', () => 'wrapped = set_byte(wrapped, 20, get_byte(wrapped, 20) # 1)'],
  ])('does not open a wrapped key that was %s', async (_what, change) => {
    const [subject, other] = [newSubject(), newSubject()];
    const sealed = await sealedName(subject);
    await sealedName(other);
    const edit = `update data_keys set ${change(other.id)}`;
    await room.asAdmin(`${edit} where subject_id = '${subject.id}'`);
    await expect(openName(subject, sealed)).rejects.toThrow('do not open');
  });
});

const wrappedOf = (id: string) => `(select wrapped from data_keys where subject_id = '${id}')`;

describe('destroying a data key', () => {
  it('makes what it sealed unreadable for good, while the log still verifies', async () => {
    const subject = newSubject();
    const sealed = await sealedName(subject);
    await room.work.run(async (tx) => {
      room.audit.record(tx, {
        stream: 'config',
        action: 'participant.applied',
        actor: { type: 'operator' },
        subjectRef: `participant:${subject.id}`,
      });
    });

    await room.work.run((tx) => room.vault.destroy(tx, subject.id));

    expect(await openName(subject, sealed)).toBeNull();
    const again = room.work.run((tx) => room.vault.createOrOpen(tx, subject));
    await expect(again).rejects.toThrow('destroyed');
    expect(await room.verification.verifyDatabase()).toMatchObject({ ok: true, events: 1 });
  });

  it('keeps the trace that there was a key, which the service cannot remove', async () => {
    const subject = newSubject();
    await sealedName(subject);
    await room.work.run((tx) => room.vault.destroy(tx, subject.id));
    await room.work.run((tx) => room.vault.destroy(tx, subject.id));
    const removing = room.work.run((tx) => tx.db.query('delete from data_keys'));
    await expect(removing).rejects.toThrow('permission denied');
    const [row] = await new DataKeysStore().find(room.work.reader, [subject.id]);
    expect(row).toMatchObject({ subjectId: subject.id, wrapped: null });
  });

  it('concerns nobody else', async () => {
    const [gone, kept] = [newSubject(), newSubject()];
    await sealedName(gone);
    const sealed = await sealedName(kept);
    await room.work.run((tx) => room.vault.destroy(tx, gone.id));
    expect(await openName(kept, sealed)).toBe('Robin Example');
  });
});
