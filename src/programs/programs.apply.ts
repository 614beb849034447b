import { Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { Audit } from '../audit/audit.service.js';
import type { Tx } from '../platform/db/unit-of-work.js';
import { newId } from '../platform/ids.js';
import { IntegrationKeys } from './integration-keys.service.js';
import type { ProgramRow } from './program.row.js';
import { ProgramsStore } from './programs.store.js';
import { isZone } from './rules/zone.js';

const e164 = z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be an E.164 number such as +12025550100');
const key = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be lower case, digits and dashes');

/** The program's own part of the file that `handrail apply` takes. */
export const programFile = z.strictObject({
  key,
  name: z.string().min(1).max(120),
  country: z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166 alpha-2 country such as US'),
  region: z.string().min(1).max(10).optional(),
  zone: z.string().refine(isZone, 'must be an IANA time zone such as America/New_York'),
  language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, 'must be a language tag such as en'),
  lines: z.array(e164).default([]),
  integrationKeys: z
    .array(z.strictObject({ name: z.string().min(1).max(60), key: z.string().min(43).max(200) }))
    .default([]),
});
export type ProgramFile = z.infer<typeof programFile>;

/** Brings a program to what a file says. Idempotent; each answer names what it changed. */
@Injectable()
export class ProgramsApply {
  constructor(
    private readonly store: ProgramsStore,
    private readonly keys: IntegrationKeys,
    private readonly audit: Audit,
  ) {}

  async apply(tx: Tx, file: ProgramFile): Promise<{ program: ProgramRow; changes: string[] }> {
    const { integrationKeys, ...wanted } = file;
    const settings = { ...wanted, region: wanted.region ?? null };
    const existing = await this.store.byKey(file.key, tx.db);
    const program = existing
      ? { ...existing, ...settings }
      : { id: newId(), ...settings, liveAt: null, createdAt: tx.now };
    const changes: string[] = [];
    if (!existing) await this.store.insert(tx.db, program);
    else if (!isDeepStrictEqual({ ...existing }, program)) {
      await this.store.update(tx.db, program.id, settings);
    }
    if (!existing || !isDeepStrictEqual({ ...existing }, program)) {
      changes.push(`program ${file.key}: ${existing ? 'changed' : 'new'}`);
      this.record(tx, program.id, settings);
    }
    for (const one of integrationKeys) {
      if (await this.keys.keep(tx, program.id, one.name, one.key)) {
        changes.push(`integration key ${one.name}: new`);
      }
    }
    return { program, changes };
  }

  /** Publishes a policy when it differs from the one in force. Running cases keep theirs. */
  async publishPolicy(tx: Tx, programId: string, body: object): Promise<string[]> {
    const inForce = await this.store.policyInForce(tx.db, programId);
    const version = (inForce?.version ?? 0) + 1;
    if (inForce && isDeepStrictEqual(inForce.body, JSON.parse(JSON.stringify(body)))) return [];
    await this.store.insertPolicy(tx.db, {
      id: newId(),
      programId,
      version,
      body,
      createdAt: tx.now,
    });
    this.audit.record(tx, {
      stream: 'config',
      action: 'policy.applied',
      actor: { type: 'operator' },
      subjectRef: programId,
      body: { version, policy: JSON.parse(JSON.stringify(body)) },
    });
    return [`policy: version ${version}`];
  }

  private record(tx: Tx, programId: string, settings: object): void {
    this.audit.record(tx, {
      stream: 'config',
      action: 'program.applied',
      actor: { type: 'operator' },
      subjectRef: programId,
      body: JSON.parse(JSON.stringify(settings)),
    });
  }
}
