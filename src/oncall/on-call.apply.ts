import { Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { Audit } from '../audit/audit.service.js';
import type { Tx } from '../platform/db/unit-of-work.js';
import { newId } from '../platform/ids.js';
import { Rejection } from '../platform/http/rejection.js';
import { Staff } from '../staff/staff.service.js';
import { rotationSchema } from './rules/rotation.js';
import { SchedulesStore } from './schedules.store.js';

export const schedulesFile = z.array(
  z.strictObject({
    key: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be lower case, digits and dashes'),
    name: z.string().min(1).max(120),
    /** `members` are staff keys, in turn order. */
    rotation: rotationSchema,
  }),
);
export type SchedulesFile = z.infer<typeof schedulesFile>;

/** Brings a program's schedules to what a file says. Idempotent; answers name what changed. */
@Injectable()
export class OnCallApply {
  constructor(
    private readonly store: SchedulesStore,
    private readonly staff: Staff,
    private readonly audit: Audit,
  ) {}

  async apply(tx: Tx, programId: string, file: SchedulesFile): Promise<string[]> {
    const changes: string[] = [];
    for (const one of file) {
      if (await this.applyOne(tx, programId, one)) changes.push(`schedule ${one.key}: changed`);
    }
    return changes;
  }

  private async applyOne(tx: Tx, programId: string, one: SchedulesFile[number]): Promise<boolean> {
    const members = await Promise.all(
      one.rotation.members.map((key) => this.memberId(tx, programId, one.key, key)),
    );
    const rotation = { ...one.rotation, members };
    const existing = await this.store.byKey(tx.db, programId, one.key);
    const plain = JSON.parse(JSON.stringify(rotation)) as typeof rotation;
    if (existing?.name === one.name && isDeepStrictEqual(existing.rotation, plain)) return false;
    const id = existing?.id ?? newId();
    const row = { id, programId, key: one.key, name: one.name, rotation: plain };
    if (existing) await this.store.update(tx.db, id, { ...row, updatedAt: tx.now });
    else await this.store.insert(tx.db, { ...row, createdAt: tx.now, updatedAt: tx.now });
    this.audit.record(tx, {
      stream: 'config',
      action: 'schedule.applied',
      actor: { type: 'operator' },
      subjectRef: id,
      body: { programId, key: one.key, rotation: plain, before: existing?.rotation ?? null },
    });
    return true;
  }

  private async memberId(
    tx: Tx,
    programId: string,
    schedule: string,
    key: string,
  ): Promise<string> {
    const id = await this.staff.idByKey(key, tx);
    if (id === null) {
      throw new Rejection('unprocessable', `Schedule ${schedule} names unknown staff ${key}.`);
    }
    if (!(await this.staff.mayWork(tx, id, { programId, participantId: null }))) {
      const text = `Schedule ${schedule} names ${key}, who has no role that may take cases.`;
      throw new Rejection('unprocessable', text);
    }
    return id;
  }
}
