import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import { type Assessment, assessAcuity } from '../cases/rules/acuity.js';
import { isHigher, type Policy } from '../cases/rules/policy.js';
import { type CaseSummary, Cases } from '../cases/cases.service.js';
import { hashToken } from '../platform/crypto/tokens.js';
import { Vault } from '../platform/crypto/vault.js';
import { type Tx, UnitOfWork } from '../platform/db/unit-of-work.js';
import { newId } from '../platform/ids.js';
import type { Client } from '../programs/integration-keys.service.js';
import { type Program, Programs } from '../programs/programs.service.js';
import type { FlagRow } from './flag.row.js';
import { FlagsStore, isIdempotencyRace } from './flags.store.js';
import { FlagRecords } from './record/flag-records.service.js';
import { Idempotency } from './record/idempotency.js';
import type { ReadFlag } from './reading/read-flag.js';
import { Turns } from './senders/turns.js';
import { SenderLimits } from './sender-limits.js';
import { isJoinable, ownerOfCase, type Sender, Senders } from './senders/senders.service.js';
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
  /** Whose own help page it came from. */
  participantId?: string;
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
    private readonly records: FlagRecords,
    private readonly idempotency: Idempotency,
    private readonly cases: Cases,
    private readonly senders: Senders,
    private readonly turns: Turns,
    private readonly programs: Programs,
    private readonly vault: Vault,
    private readonly limits: SenderLimits,
    private readonly statusTokens: StatusTokens,
    private readonly audit: Audit,
  ) {}

  raise(incoming: IncomingFlag): Promise<Accepted> {
    return this.turns.take(nameOfSender(incoming), () => this.raiseOrRepeat(incoming));
  }

  /** Kept for review; nobody is contacted automatically. */
  async keepUnverified(read: ReadFlag, raw: string, resourcesShown: string[]): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const id = newId();
      const facts = {
        id,
        programId: null,
        clientId: null,
        idempotencyKey: null,
        fingerprint: this.idempotency.fingerprint(raw),
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
        joinedAs: 'review' as const,
        receivedAt: tx.now,
      };
      await this.records.keep(tx, facts, 'flag.unverified');
    });
  }

  private async raiseOrRepeat(incoming: IncomingFlag): Promise<Accepted> {
    try {
      return await this.unitOfWork.run((tx) => this.raiseOnce(tx, incoming));
    } catch (error) {
      // Safe: the same key was committed by another request in the meantime; it is there to read.
      if (!isIdempotencyRace(error)) throw error;
      return this.unitOfWork.run((tx) => this.raiseOnce(tx, incoming));
    }
  }

  private async raiseOnce(tx: Tx, incoming: IncomingFlag): Promise<Accepted> {
    const before = await this.idempotency.before(tx, keyed(incoming));
    if (before?.same) return this.replay(tx, before.row, 'replayed');
    const sender = await this.senders.of(tx, incoming, before?.row ?? null);
    const policy = await this.policyOf(tx, incoming.program);
    const assessment = await this.assess(tx, incoming, sender, policy);
    const open = await this.floodedCase(tx, sender, assessment);
    if (open === null) return this.accept(tx, incoming, sender, policy, assessment);
    await this.store.merge(tx.db, open.id, tx.now);
    return this.replay(tx, open, 'merged');
  }

  /**
   * The flag into which another one of the same sender is merged when they come too fast. Never one
   * that says more than the case knows, and never when nobody would be paged for its case any more.
   */
  private async floodedCase(
    tx: Tx,
    { participant, known }: Sender,
    { acuity }: Assessment,
  ): Promise<FlagRow | null> {
    const sender = participant?.id ?? known?.case.id;
    if (sender === undefined || this.limits.takesFlagOf(sender)) return null;
    const latest = participant ? await this.store.latestOf(tx.db, participant.id) : known?.flag;
    if (!latest?.caseId) return null;
    const current = await this.cases.summaryOf(tx, latest.caseId);
    return isJoinable(current) && !isHigher(acuity, current.acuity) ? latest : null;
  }

  private async accept(
    tx: Tx,
    incoming: IncomingFlag,
    sender: Sender,
    policy: Policy,
    assessment: Assessment,
  ): Promise<Accepted> {
    const { program, client, read, raw } = incoming;
    const { participant, known, conflicts } = sender;
    const id = newId();
    const { case: current, how } = await this.cases.openOrJoin(tx, {
      programId: program.id,
      policy,
      participantId: ownerOfCase(sender),
      acuity: assessment.acuity,
      quiet: read.fields.need !== undefined && assessment.acuity === 'ROUTINE',
      flagId: id,
      ...(known && { knownCaseId: known.case.id }),
    });
    const statusToken = this.statusTokens.of(id);
    const facts = {
      id,
      programId: program.id,
      clientId: client?.id ?? null,
      idempotencyKey: this.idempotency.keyToStore(keyed(incoming), conflicts),
      fingerprint: this.idempotency.fingerprint(raw),
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
    await this.records.keep(tx, facts, how === 'opened' ? 'flag.raised' : 'flag.joined');
    return {
      flag: { id, receivedAt: tx.now },
      case: current,
      how: conflicts ? 'conflicting' : how,
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

  private async assess(
    tx: Tx,
    { read }: IncomingFlag,
    { participant }: Sender,
    policy: Policy,
  ): Promise<Assessment> {
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
}

/** Null for somebody who is nobody's repeat, as far as the request alone says. */
function nameOfSender(incoming: IncomingFlag): string | null {
  const { client, program, idempotencyKey, read, participantId } = incoming;
  const { participant, statusToken } = read.fields;
  const person = participant?.externalId ?? participantId ?? statusToken;
  if (person !== undefined) return `person:${program.id}:${person}`;
  return idempotencyKey === null ? null : `key:${client?.id}:${idempotencyKey}`;
}

const keyed = ({ client, idempotencyKey, raw }: IncomingFlag) => ({
  clientId: client?.id ?? null,
  idempotencyKey,
  raw,
});
