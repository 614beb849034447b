import { Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { Audit } from '../audit/audit.service.js';
import type { JsonObject } from '../audit/rules/canonical.js';
import type { Tx } from '../platform/db/unit-of-work.js';
import { newId } from '../platform/ids.js';
import { Rejection } from '../platform/http/rejection.js';
import { IntegrationKeys } from './integration-keys.service.js';
import type { ProgramRow } from './program.row.js';
import { ProgramsStore } from './programs.store.js';
import { phoneNumber } from './phone-number.js';
import { readLanguageTag } from './rules/language.js';
import { isZone } from './rules/zone.js';

const key = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be lower case, digits and dashes');

/** The program's own part of the file that `handrail apply` takes. */
export const programFile = z.strictObject({
  key,
  name: z.string().min(1).max(120),
  country: z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166 alpha-2 country such as US'),
  region: z.string().min(1).max(10).optional(),
  zone: z.string().refine(isZone, 'must be an IANA time zone such as America/New_York'),
  language: z
    .string()
    .refine((tag) => readLanguageTag(tag) !== null, 'must be a language tag such as en'),
  lines: z.array(phoneNumber).default([]),
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
    await this.refuseSharedLines(tx, program);
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
    const plain = asPlain(body);
    if (inForce && isDeepStrictEqual(inForce.body, plain)) return [];
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
      body: { version, policy: plain },
    });
    return [`policy: version ${version}`];
  }

  /** A call or text to a line must say whose participant it is. */
  private async refuseSharedLines(tx: Tx, { id, lines }: ProgramRow): Promise<void> {
    for (const other of await this.store.withLines(tx.db, lines)) {
      if (other.id === id) continue;
      throw new Rejection('unprocessable', `Program ${other.key} has one of these lines already.`);
    }
  }

  private record(tx: Tx, programId: string, settings: object): void {
    this.audit.record(tx, {
      stream: 'config',
      action: 'program.applied',
      actor: { type: 'operator' },
      subjectRef: programId,
      body: asPlain(settings),
    });
  }
}

/** As it is read back from a column of JSON. */
const asPlain = (value: object): JsonObject => JSON.parse(JSON.stringify(value)) as JsonObject;
