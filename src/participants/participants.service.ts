import { Injectable } from '@nestjs/common';
import { BlindIndex } from '../platform/crypto/blind-index.js';
import type { DataKey } from '../platform/crypto/data-key.js';
import { Vault } from '../platform/crypto/vault.js';
import type { Tx } from '../platform/db/unit-of-work.js';
import { newId } from '../platform/ids.js';
import { contactPlace } from './contact-point.row.js';
import { openFile } from './participant-file.js';
import type { ParticipantRow } from './participant.row.js';
import { ParticipantsStore } from './participants.store.js';
import type { SafetyMarks, SafetySaid } from './rules/safety.js';

export interface StatedParticipant {
  externalId: string;
  name?: string | undefined;
  language?: string | undefined;
  birthYear?: number | undefined;
  minor?: boolean | undefined;
}

export interface FoundParticipant {
  id: string;
  verified: boolean;
  language: string | null;
  minor: boolean | null;
  birthYear: number | null;
  key: DataKey;
  /** Made in this very transaction: nothing else can be known of them. */
  isNew: boolean;
}

export interface StatedCallback extends SafetyMarks {
  /** Left out: the marks are about the number on file. */
  phone?: string | undefined;
}

/** Where a statement belongs: to a flag always, and sealed under the key of its subject. */
export interface SubjectOfFlag {
  flagId: string;
  key: DataKey;
}

/** Under whose keys the parts of a case are sealed. */
export interface SubjectsOfCase {
  participantId: string | null;
  /** The participant's, or that of the first flag. */
  key: DataKey;
  /** By flag: somebody without an account has a key of their own for each. */
  flagKeys: ReadonlyMap<string, DataKey>;
}

export interface ParticipantFile {
  participant: {
    id: string;
    name: string | null;
    externalId: string | null;
    language: string | null;
    birthYear: string | null;
    /** By the mark on file or by the year of birth. */
    minor: boolean | null;
    /** False for somebody an integration spoke of and nobody confirmed. */
    verified: boolean;
  } | null;
  /** On file first, then as typed with flags; a null safety mark was never said. */
  contactPoints: (SafetySaid & {
    id: string;
    phone: string;
    onFile: boolean;
    /** When somebody who called it learned that it is not theirs. */
    wrongNumberAt: Date | null;
  })[];
  /**
   * Said with flags of what is safe, without a number: of the numbers on file, which keep their own
   * marks. The newest word on each way; null when nothing was said.
   */
  safetySaid: SafetySaid | null;
  /** Newest first. */
  locations: {
    country: string | null;
    region: string | null;
    address: string | null;
    statedAt: Date;
  }[];
  /** As written together with the participant; null without one. */
  safetyPlan: string | null;
  supportContacts: {
    relation: string;
    name: string;
    phone: string | null;
    consentScope: 'none' | 'emergency' | 'full';
  }[];
}

/** People in a program: who they are to it, how they are reached, where they said they are. */
@Injectable()
export class Participants {
  constructor(
    private readonly store: ParticipantsStore,
    private readonly vault: Vault,
    private readonly index: BlindIndex,
  ) {}

  /**
   * The participant with this external id, locked for this transaction; an unknown one becomes an
   * unverified participant. What a flag says of a known one never overwrites what is on file.
   */
  async findOrAdd(tx: Tx, programId: string, stated: StatedParticipant): Promise<FoundParticipant> {
    const externalIdIndex = this.externalIdIndex(programId, stated.externalId);
    let row = await this.store.byExternalId(tx.db, programId, externalIdIndex);
    if (row === null) {
      const added = await this.add(tx, programId, externalIdIndex, stated);
      if (added) return added;
      row = await this.store.byExternalId(tx.db, programId, externalIdIndex);
    }
    if (row === null) throw new Error('A participant vanished between insert and read.');
    await this.store.lock(tx.db, row.id);
    return this.found(row, await this.vault.createOrOpen(tx, { type: 'participant', id: row.id }));
  }

  /** A participant whose id is known here, locked for this transaction. */
  async known(tx: Tx, id: string): Promise<FoundParticipant> {
    await this.store.lock(tx.db, id);
    const row = await this.store.byId(id, tx.db);
    if (row === null) throw new Error(`Participant ${id} is gone.`);
    return this.found(row, await this.vault.createOrOpen(tx, { type: 'participant', id }));
  }

  /**
   * Everything that whoever works a case needs to know of its person: what is on file, and what was
   * said with the flags. The caller audits the read in the same transaction.
   */
  async fileOf(tx: Tx, subjects: SubjectsOfCase): Promise<ParticipantFile> {
    const { participantId: id, flagKeys } = subjects;
    const flagIds = [...flagKeys.keys()];
    const sealed = {
      row: id === null ? null : await this.store.byId(id, tx.db),
      points: [
        ...(id === null ? [] : await this.store.contactPointsOf(tx.db, id)),
        ...(await this.store.contactPointsOfFlags(tx.db, flagIds)),
      ],
      locations: await this.store.locationsOf(tx.db, id, flagIds),
      plan: id === null ? null : await this.store.latestPlanOf(tx.db, id),
      support: id === null ? [] : await this.store.supportOf(tx.db, id),
    };
    return openFile(tx.now, sealed, subjects);
  }

  externalIdIndex(programId: string, externalId: string): Buffer {
    return this.index.of(`participant.external_id.${programId}`, externalId);
  }

  /** A number typed into a flag, or what is safe: shown to the clinician beside what is on file. */
  addCallback(tx: Tx, subject: SubjectOfFlag, callback: StatedCallback): void {
    const { phone, ...safe } = callback;
    const id = newId();
    this.store.insertContactPoint(tx, {
      id,
      participantId: null,
      flagId: subject.flagId,
      kind: 'phone',
      value: phone === undefined ? null : subject.key.seal(contactPlace(id), phone),
      valueIndex: phone === undefined ? null : this.index.of('participant.phone', phone),
      ...safe,
      verifiedAt: null,
      createdAt: tx.now,
      wrongNumberAt: null,
    });
  }

  addLocation(
    tx: Tx,
    subject: SubjectOfFlag & { participantId: string | null },
    location: {
      country: string | null;
      region: string | null;
      address?: string | undefined;
      statedAt: Date | null;
    },
  ): void {
    const id = newId();
    const place = { table: 'location_statements', row: id, column: 'address' };
    this.store.insertLocation(tx, {
      id,
      participantId: subject.participantId,
      flagId: subject.flagId,
      country: location.country,
      region: location.region,
      address: location.address ? subject.key.seal(place, location.address) : null,
      statedAt: location.statedAt,
      receivedAt: tx.now,
    });
  }

  private async add(
    tx: Tx,
    programId: string,
    externalIdIndex: Buffer,
    stated: StatedParticipant,
  ): Promise<FoundParticipant | null> {
    const id = newId();
    const key = this.vault.create(tx, { type: 'participant', id });
    const seal = (column: string, value: string | undefined): Buffer | null =>
      value === undefined ? null : key.seal({ table: 'participants', row: id, column }, value);
    const row: ParticipantRow = {
      id,
      programId,
      externalId: seal('external_id', stated.externalId),
      externalIdIndex,
      name: seal('name', stated.name),
      language: stated.language ?? null,
      birthYear: seal('birth_year', stated.birthYear?.toString()),
      minor: stated.minor ?? null,
      prefersGender: null,
      verifiedAt: null,
      createdAt: tx.now,
      helpLinkVersion: 1,
    };
    return (await this.store.insert(tx.db, row)) ? this.found(row, key, true) : null;
  }

  private found(row: ParticipantRow, key: DataKey, isNew = false): FoundParticipant {
    const { id, language, minor } = row;
    const place = { table: 'participants', row: id, column: 'birth_year' };
    const birthYear = row.birthYear && Number(key.open(place, row.birthYear));
    return { id, verified: row.verifiedAt !== null, language, minor, birthYear, key, isNew };
  }
}
