import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Audit } from '../audit/audit.service.js';
import { BlindIndex } from '../platform/crypto/blind-index.js';
import type { DataKey } from '../platform/crypto/data-key.js';
import { Vault } from '../platform/crypto/vault.js';
import type { Tx } from '../platform/db/unit-of-work.js';
import { newId } from '../platform/ids.js';
import { phoneNumber } from '../programs/phone-number.js';
import { genders } from '../programs/rules/genders.js';
import { readLanguageTag } from '../programs/rules/language.js';
import { contactPlace } from './contact-point.row.js';
import { Participants } from './participants.service.js';
import { PlansApply, safetyPlanFile, supportContactsFile } from './plans.apply.js';
import { ParticipantsStore } from './participants.store.js';
import type { ParticipantRow } from './participant.row.js';

export const participantsFile = z.array(
  z.strictObject({
    externalId: z.string().min(1).max(200),
    name: z.string().min(1).max(120),
    language: z
      .string()
      .refine((tag) => readLanguageTag(tag) !== null, 'must be a language tag such as en')
      .optional(),
    birthYear: z.number().int().min(1900).max(2100).optional(),
    minor: z.boolean().optional(),
    phone: z
      .strictObject({
        number: phoneNumber,
        safeToCall: z.boolean().optional(),
        safeToText: z.boolean().optional(),
        safeToVoicemail: z.boolean().optional(),
      })
      .optional(),
    safetyPlan: safetyPlanFile.optional(),
    supportContacts: supportContactsFile.optional(),
    /** Staff who are kin to this participant, or are this participant: never paged about them. */
    relatives: z.array(z.string()).default([]),
    sameAsStaff: z.string().optional(),
    /** Nor are these. */
    conflictsOfInterest: z.array(z.string()).default([]),
    /** Staff of their own, whom a policy may page first. */
    primaryTherapist: z.string().optional(),
    prescriber: z.string().optional(),
    groupFacilitators: z.array(z.string()).default([]),
    /** Of whoever answers, as far as there is a choice. */
    prefersGender: z.enum(genders).optional(),
  }),
);
export type ParticipantsFile = z.infer<typeof participantsFile>;
type OneParticipant = ParticipantsFile[number];

/** Enrolls the participants a file names. Idempotent; answers name what changed. */
@Injectable()
export class ParticipantsApply {
  constructor(
    private readonly store: ParticipantsStore,
    private readonly participants: Participants,
    private readonly plans: PlansApply,
    private readonly vault: Vault,
    private readonly index: BlindIndex,
    private readonly audit: Audit,
  ) {}

  /** `enrolled` maps external ids to ids, for what other rooms say about these people. */
  async apply(
    tx: Tx,
    programId: string,
    file: ParticipantsFile,
  ): Promise<{ changes: string[]; enrolled: Map<string, string> }> {
    const changes: string[] = [];
    const enrolled = new Map<string, string>();
    for (const one of file) {
      const { id, changed } = await this.applyOne(tx, programId, one);
      enrolled.set(one.externalId, id);
      if (!changed) continue;
      changes.push(`participant ${one.externalId}: ${changed}`);
      this.audit.record(tx, {
        stream: 'config',
        action: 'participant.applied',
        actor: { type: 'operator' },
        subjectRef: id,
        body: { programId, changed },
      });
    }
    return { changes, enrolled };
  }

  private async applyOne(
    tx: Tx,
    programId: string,
    one: OneParticipant,
  ): Promise<{ id: string; changed: string | null }> {
    const index = this.participants.externalIdIndex(programId, one.externalId);
    const existing = await this.store.byExternalId(tx.db, programId, index);
    const id = existing?.id ?? newId();
    const key = await this.vault.createOrOpen(tx, { type: 'participant', id });
    const changed = existing
      ? await this.update(tx, existing, key, one)
      : await this.insert(tx, { id, programId, externalIdIndex: index }, key, one);
    const phoned = one.phone ? await this.applyPhone(tx, id, key, one.phone) : false;
    const planned =
      one.safetyPlan !== undefined && (await this.plans.applyPlan(tx, id, key, one.safetyPlan));
    const supported =
      one.supportContacts !== undefined &&
      (await this.plans.applySupport(tx, id, key, one.supportContacts));
    const also = [phoned && 'phone', planned && 'safety plan', supported && 'support contacts'];
    return { id, changed: changed ?? (also.filter(Boolean).join(', ') || null) };
  }

  private async insert(
    tx: Tx,
    row: Pick<ParticipantRow, 'id' | 'programId' | 'externalIdIndex'>,
    key: DataKey,
    one: OneParticipant,
  ): Promise<string> {
    await this.store.insert(tx.db, {
      ...row,
      externalId: key.seal(place(row.id, 'external_id'), one.externalId),
      ...this.details(row.id, key, one),
      verifiedAt: tx.now,
      createdAt: tx.now,
      helpLinkVersion: 1,
    });
    return 'new';
  }

  private async update(
    tx: Tx,
    row: ParticipantRow,
    key: DataKey,
    one: OneParticipant,
  ): Promise<string | null> {
    const open = (column: string, sealed: Buffer | null): string | null =>
      sealed && key.open(place(row.id, column), sealed);
    const same =
      open('name', row.name) === one.name &&
      open('birth_year', row.birthYear) === (one.birthYear?.toString() ?? null) &&
      row.language === (one.language ?? null) &&
      row.minor === (one.minor ?? null) &&
      open('prefers_gender', row.prefersGender) === (one.prefersGender ?? null) &&
      row.verifiedAt !== null;
    if (same) return null;
    const verifiedAt = row.verifiedAt ?? tx.now;
    await this.store.update(tx.db, row.id, { ...this.details(row.id, key, one), verifiedAt });
    return 'changed';
  }

  private details(id: string, key: DataKey, one: OneParticipant) {
    const seal = (column: string, value: string | undefined): Buffer | null =>
      value === undefined ? null : key.seal(place(id, column), value);
    return {
      name: key.seal(place(id, 'name'), one.name),
      language: one.language ?? null,
      birthYear: seal('birth_year', one.birthYear?.toString()),
      minor: one.minor ?? null,
      prefersGender: seal('prefers_gender', one.prefersGender),
    };
  }

  private async applyPhone(
    tx: Tx,
    participantId: string,
    key: DataKey,
    phone: NonNullable<OneParticipant['phone']>,
  ): Promise<boolean> {
    const valueIndex = this.index.of('participant.phone', phone.number);
    const safe = {
      safeToCall: phone.safeToCall ?? null,
      safeToText: phone.safeToText ?? null,
      safeToVoicemail: phone.safeToVoicemail ?? null,
    };
    const points = await this.store.contactPointsOf(tx.db, participantId);
    const known = points.find((point) => point.valueIndex?.equals(valueIndex));
    if (known) {
      const fields = ['safeToCall', 'safeToText', 'safeToVoicemail'] as const;
      if (fields.every((field) => known[field] === safe[field])) return false;
      await this.store.updateContactPoint(tx.db, known.id, safe);
      return true;
    }
    const id = newId();
    this.store.insertContactPoint(tx, {
      id,
      participantId,
      flagId: null,
      kind: 'phone',
      value: key.seal(contactPlace(id), phone.number),
      valueIndex,
      ...safe,
      verifiedAt: tx.now,
      createdAt: tx.now,
      wrongNumberAt: null,
    });
    return true;
  }
}

const place = (row: string, column: string) => ({ table: 'participants', row, column });
