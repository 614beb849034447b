import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import { assessAcuity } from '../cases/rules/acuity.js';
import type { Policy } from '../cases/rules/policy.js';
import { type CaseSummary, Cases } from '../cases/cases.service.js';
import { BlindIndex } from '../platform/crypto/blind-index.js';
import { hashToken } from '../platform/crypto/tokens.js';
import { Vault } from '../platform/crypto/vault.js';
import { type Tx, UnitOfWork } from '../platform/db/unit-of-work.js';
import { newId } from '../platform/ids.js';
import { type FoundParticipant, Participants } from '../participants/participants.service.js';
import type { Client } from '../programs/integration-keys.service.js';
import { type Program, Programs } from '../programs/programs.service.js';
import { type FlagFacts, flagRow } from './flag-record.js';
import type { FlagRow } from './flag.row.js';
import { FlagsStore, isIdempotencyRace } from './flags.store.js';
import type { ReadFlag } from './rules/read-flag.js';
import { SenderLimits } from './sender-limits.js';
import { StatusTokens } from './status-tokens.js';

const repeatWindowMs = 24 * 60 * 60 * 1_000;

export interface IncomingFlag {
  /** Null: the help page. */
  client: Client | null;
  program: Program;
  idempotencyKey: string | null;
  read: ReadFlag;
  /** The body, decoded and cleaned, up to 64 KB. */
  raw: string;
  resourcesShown: string[];
}

export interface Accepted {
  flag: { id: string; receivedAt: Date };
  case: CaseSummary;
  how: 'opened' | 'joined' | 'replayed' | 'conflicting' | 'merged';
  statusToken: string;
  /** What is on file about the language, when nothing was stated. */
  language: string | null;
}

/** A flag arrives: one transaction writes flag, case, first pages and audit, or nothing is said. */
@Injectable()
export class Intake {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: FlagsStore,
    private readonly cases: Cases,
    private readonly participants: Participants,
    private readonly programs: Programs,
    private readonly vault: Vault,
    private readonly index: BlindIndex,
    private readonly limits: SenderLimits,
    private readonly statusTokens: StatusTokens,
    private readonly audit: Audit,
  ) {}

  async raise(incoming: IncomingFlag): Promise<Accepted> {
    try {
      return await this.unitOfWork.run((tx) => this.raiseOnce(tx, incoming));
    } catch (error) {
      // Safe: the same key was committed by another request in the meantime; it is there to read.
      if (!isIdempotencyRace(error)) throw error;
      return this.unitOfWork.run((tx) => this.raiseOnce(tx, incoming));
    }
  }

  /** Kept for review; nobody is contacted automatically. */
  async keepUnverified(read: ReadFlag, raw: string, resourcesShown: string[]): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const id = newId();
      const facts: FlagFacts = {
        id,
        programId: null,
        clientId: null,
        idempotencyKey: null,
        fingerprint: this.fingerprint(raw),
        caseId: null,
        participantId: null,
        subjectId: id,
        key: await this.vault.create(tx, { type: 'flag', id }),
        fields: read.fields,
        raw,
        assessment: assessAcuity(read.fields, { lowAcuityNeeds: [] }),
        warnings: read.warnings,
        resourcesShown,
        statusTokenHash: null,
        joinedAs: 'review',
        receivedAt: tx.now,
      };
      await this.store.insert(tx.db, flagRow(facts));
      this.recordFlag(tx, facts, 'flag.unverified');
    });
  }

  private async raiseOnce(tx: Tx, incoming: IncomingFlag): Promise<Accepted> {
    const before = await this.sameKeyBefore(tx, incoming);
    if (before?.same) return this.replay(tx, before.row, 'replayed');
    const participant = await this.participantOf(tx, incoming);
    if (participant && !this.limits.takesFlagOf(participant.id)) {
      const latest = await this.store.latestOf(tx.db, participant.id);
      if (latest) {
        await this.store.merge(tx.db, latest.id, tx.now);
        return this.replay(tx, latest, 'merged');
      }
    }
    return this.accept(tx, incoming, participant, before?.row ?? null);
  }

  private async sameKeyBefore(
    tx: Tx,
    { client, idempotencyKey, raw }: IncomingFlag,
  ): Promise<{ row: FlagRow; same: boolean } | null> {
    if (idempotencyKey === null) return null;
    const clientId = client?.id ?? null;
    const row = await this.store.byIdempotencyKey(tx.db, clientId, idempotencyKey);
    if (row === null) return null;
    if (row.fingerprint.equals(this.fingerprint(raw))) return { row, same: true };
    const otherKey = this.conflictKey(idempotencyKey, raw);
    const other = await this.store.byIdempotencyKey(tx.db, clientId, otherKey);
    return other ? { row: other, same: true } : { row, same: false };
  }

  private async accept(
    tx: Tx,
    incoming: IncomingFlag,
    participant: FoundParticipant | null,
    conflictsWith: FlagRow | null,
  ): Promise<Accepted> {
    const { program, client, read, raw } = incoming;
    const id = newId();
    const policy = await this.policyOf(tx, program);
    const assessment = await this.assess(tx, incoming, participant, policy);
    const known = conflictsWith ?? (await this.flagOfToken(tx, read.fields.statusToken, program));
    const { case: current, how } = await this.cases.openOrJoin(tx, {
      programId: program.id,
      policy,
      participantId: participant?.id ?? null,
      acuity: assessment.acuity,
      quiet: read.fields.need !== undefined && assessment.acuity === 'ROUTINE',
      flagId: id,
      ...(known?.caseId && { knownCaseId: known.caseId }),
    });
    const statusToken = this.statusTokens.of(id);
    const facts: FlagFacts = {
      id,
      programId: program.id,
      clientId: client?.id ?? null,
      idempotencyKey: this.keyToStore(incoming, conflictsWith),
      fingerprint: this.fingerprint(raw),
      caseId: current.id,
      participantId: participant?.id ?? null,
      subjectId: participant?.id ?? id,
      key: participant?.key ?? (await this.vault.create(tx, { type: 'flag', id })),
      fields: read.fields,
      raw,
      assessment,
      warnings: read.warnings,
      resourcesShown: incoming.resourcesShown,
      statusTokenHash: hashToken(statusToken),
      joinedAs: how,
      receivedAt: tx.now,
    };
    await this.store.insert(tx.db, flagRow(facts));
    await this.keepStatements(tx, facts);
    this.recordFlag(tx, facts, how === 'opened' ? 'flag.raised' : 'flag.joined');
    return {
      flag: { id, receivedAt: tx.now },
      case: current,
      how: conflictsWith ? 'conflicting' : how,
      statusToken,
      language: participant?.language ?? null,
    };
  }

  private async replay(tx: Tx, row: FlagRow, how: 'replayed' | 'merged'): Promise<Accepted> {
    if (row.caseId === null) throw new Error(`Flag ${row.id} has no case.`);
    this.audit.record(tx, {
      stream: `flag:${row.id}`,
      action: 'flag.replayed',
      actor: row.clientId ? { type: 'integration', id: row.clientId } : { type: 'participant' },
      subjectRef: row.id,
      body: { how },
    });
    return {
      flag: { id: row.id, receivedAt: row.receivedAt },
      case: await this.cases.summaryOf(tx, row.caseId),
      how,
      statusToken: this.statusTokens.of(row.id),
      language: row.language,
    };
  }

  private async participantOf(tx: Tx, incoming: IncomingFlag): Promise<FoundParticipant | null> {
    const { participant, statusToken } = incoming.read.fields;
    if (participant?.externalId === undefined) {
      const flag = await this.flagOfToken(tx, statusToken, incoming.program);
      return flag?.participantId ? this.participants.known(tx, flag.participantId) : null;
    }
    const { externalId } = participant;
    return this.participants.findOrAdd(tx, incoming.program.id, { ...participant, externalId });
  }

  private async assess(
    tx: Tx,
    { read }: IncomingFlag,
    participant: FoundParticipant | null,
    policy: Policy,
  ): Promise<ReturnType<typeof assessAcuity>> {
    const { fields } = read;
    const since = new Date(tx.now.getTime() - repeatWindowMs);
    return assessAcuity(
      {
        ...fields,
        stated: fields.acuity,
        minor: participant?.minor ?? fields.participant?.minor,
        repeatWithin24h:
          participant !== null && (await this.store.raisedSince(tx.db, participant.id, since)),
      },
      policy,
    );
  }

  private async policyOf(tx: Tx, program: Program): Promise<Policy> {
    const { version, body } = await this.programs.policyInForce(tx, program.id);
    return { ...(body as Omit<Policy, 'version' | 'zone'>), version, zone: program.zone };
  }

  private async flagOfToken(
    tx: Tx,
    token: string | undefined,
    program: Program,
  ): Promise<FlagRow | null> {
    if (token === undefined) return null;
    const flag = await this.store.byStatusToken(hashToken(token), tx.db);
    return flag?.programId === program.id ? flag : null;
  }

  private async keepStatements(tx: Tx, facts: FlagFacts): Promise<void> {
    const { fields, key, participantId, id } = facts;
    const phone = fields.participant?.phone;
    const typed = fields.callback ?? (phone === undefined ? undefined : { ...unsaid, phone });
    if (typed) await this.participants.addCallback(tx, { flagId: id, key }, typed);
    if (!fields.location) return;
    const { country = null, region = null, address, statedAt = null } = fields.location;
    const statement = { country, region, address, statedAt };
    await this.participants.addLocation(tx, { flagId: id, key, participantId }, statement);
  }

  private recordFlag(
    tx: Tx,
    facts: FlagFacts,
    action: 'flag.raised' | 'flag.joined' | 'flag.unverified',
  ): void {
    this.audit.record(tx, {
      stream: `flag:${facts.id}`,
      action,
      actor: facts.clientId ? { type: 'integration', id: facts.clientId } : { type: 'participant' },
      subjectRef: facts.id,
      body: {
        caseId: facts.caseId,
        programId: facts.programId,
        acuity: facts.assessment.acuity,
        reasons: facts.assessment.reasons,
        resourcesShown: facts.resourcesShown,
      },
      newStream: true,
    });
  }

  private keyToStore(
    { idempotencyKey, raw }: IncomingFlag,
    conflictsWith: FlagRow | null,
  ): string | null {
    if (idempotencyKey === null || conflictsWith === null) return idempotencyKey;
    return this.conflictKey(idempotencyKey, raw);
  }

  /** So that a repeat of the other body is recognized as well. */
  private conflictKey(idempotencyKey: string, raw: string): string {
    return `${idempotencyKey}#${this.fingerprint(raw).toString('base64url')}`;
  }

  private fingerprint(raw: string): Buffer {
    return this.index.of('flag.fingerprint', raw);
  }
}

const unsaid = { safeToCall: null, safeToText: null, safeToVoicemail: null };
