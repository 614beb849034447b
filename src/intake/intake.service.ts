import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import type { Assessment } from '../cases/rules/acuity.js';
import { isHigher, type Policy } from '../cases/rules/policy.js';
import type { SaidNow } from '../cases/audiences.service.js';
import { type CaseSummary, Cases } from '../cases/cases.service.js';
import { hashToken } from '../platform/crypto/tokens.js';
import { Vault } from '../platform/crypto/vault.js';
import { type Tx, UnitOfWork } from '../platform/db/unit-of-work.js';
import { newId } from '../platform/ids.js';
import type { Client } from '../programs/integration-keys.service.js';
import { type Program, Programs } from '../programs/programs.service.js';
import { shownIds } from '../resources/resources.service.js';
import type { FlagRow } from './flag.row.js';
import { FlagsStore, isIdempotencyRace } from './flags.store.js';
import { FlagResources } from './resources/flag-resources.service.js';
import { FlagRecords } from './record/flag-records.service.js';
import { Idempotency } from './record/idempotency.js';
import type { FlagFields, ReadFlag } from './reading/read-flag.js';
import { Assessments } from './senders/assessments.service.js';
import { type KnownOfPerson, KnownPeople } from './senders/known-people.service.js';
import { Turns } from './senders/turns.js';
import { SenderLimits } from './sender-limits.js';
import { isJoinable, ownerOfCase, type Sender, Senders } from './senders/senders.service.js';
import { StatusTokens } from './status-tokens.js';

export interface IncomingFlag {
  /** Null: the help page. */
  client: Client | null;
  program: Program;
  idempotencyKey: string | null;
  read: ReadFlag;
  /** The body, decoded and cleaned, up to 64 KB. */
  raw: string;
  /** Ids of what the page showed; left out, they are chosen here by what is known of the person. */
  resourcesShown?: string[];
  /** Whose own help page it came from. */
  participantId?: string;
  /** Its key is that of many requests, which are kept beside each other in one case. */
  isShared?: true;
}

/** The case a flag belongs to; `merged`: nobody was paged for it again. */
interface Joined {
  case: CaseSummary;
  how: 'opened' | 'joined' | 'merged';
}

export interface Accepted {
  flag: { id: string; receivedAt: Date };
  case: CaseSummary;
  how: Joined['how'] | 'replayed';
  /** An earlier flag came with the same key and said something else. */
  conflicts: boolean;
  statusToken: string;
  known: KnownOfPerson;
  /** Since when this person asks. */
  since: Date;
  /** Whether anybody was paged for this flag. */
  told: boolean;
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
    private readonly assessments: Assessments,
    private readonly people: KnownPeople,
    private readonly resources: FlagResources,
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
    if (before?.same && !incoming.isShared) return this.replay(tx, incoming, before.row);
    const [sender, policy] = await Promise.all([
      this.senders.of(tx, incoming, before?.row ?? null),
      this.policyOf(tx, incoming.program),
    ]);
    const assessment = await this.assessments.of(tx, incoming.read, sender, policy);
    const id = newId();
    const flooded = await this.floodedCase(tx, incoming, sender, assessment);
    const joined: Joined = flooded
      ? { case: flooded, how: 'merged' }
      : await this.cases.openOrJoin(tx, {
          programId: incoming.program.id,
          policy,
          participantId: ownerOfCase(sender),
          isNew: sender.participant?.isNew === true && sender.known === null,
          acuity: assessment.acuity,
          quiet: incoming.read.fields.need !== undefined && assessment.acuity === 'ROUTINE',
          flagId: id,
          need: incoming.read.fields.need ?? null,
          said: saidIn(incoming.read.fields),
          ...(sender.known && { knownCaseId: sender.known.case.id }),
        });
    return this.keep(tx, incoming, sender, { id, assessment, ...joined });
  }

  /**
   * The case to which another flag of the same sender is added without a page when they come too
   * fast. Never for one that says more than the case knows, and never when nobody would be paged
   * for the case any more.
   */
  private async floodedCase(
    tx: Tx,
    { isShared, read }: IncomingFlag,
    { participant, known }: Sender,
    { acuity }: Assessment,
  ): Promise<CaseSummary | null> {
    const sender = participant?.id ?? known?.case.id;
    if (sender === undefined) return null;
    if (!isShared && this.limits.takesFlagOf(sender)) return null;
    const latest = participant && (await this.store.latestOf(tx.db, participant.id));
    const caseId = participant ? latest?.caseId : known?.case.id;
    if (!caseId) return null;
    const { needs } = await this.cases.locked(tx, caseId);
    const { need } = read.fields;
    if (need !== undefined && !needs.includes(need)) return null;
    const current = await this.cases.summaryOf(tx, caseId);
    return isJoinable(current) && !isHigher(acuity, current.acuity) ? current : null;
  }

  /** Whatever came is kept as a flag of its own, also when nobody is paged for it. */
  private async keep(
    tx: Tx,
    incoming: IncomingFlag,
    sender: Sender,
    { id, assessment, case: current, how }: Joined & { id: string; assessment: Assessment },
  ): Promise<Accepted> {
    const { program, client, read, raw, isShared } = incoming;
    const { participant, conflicts } = sender;
    const known = await this.people.of(tx, sender, read.fields);
    const statusToken = this.statusTokens.of(id);
    const facts = {
      id,
      programId: program.id,
      clientId: client?.id ?? null,
      idempotencyKey:
        isShared && conflicts ? null : this.idempotency.keyToStore(keyed(incoming), conflicts),
      fingerprint: this.idempotency.fingerprint(raw),
      caseId: current.id,
      participantId: participant?.id ?? null,
      subjectId: participant?.id ?? id,
      key: participant?.key ?? this.vault.create(tx, { type: 'flag', id }),
      fields: read.fields,
      raw,
      assessment,
      warnings: read.warnings,
      resourcesShown:
        incoming.resourcesShown ?? shownIds(this.resources.choose(read.fields, program, known)),
      statusTokenHash: hashToken(statusToken),
      joinedAs: how,
      receivedAt: tx.now,
    };
    const isFirst = how === 'opened';
    this.records.keep(tx, facts, isFirst ? 'flag.raised' : 'flag.joined');
    const repeat = isFirst ? null : await this.store.repeatOf(tx.db, current.id, tx.now);
    return {
      flag: { id, receivedAt: tx.now },
      case: current,
      how,
      conflicts,
      statusToken,
      known,
      since: repeat?.since ?? tx.now,
      told: repeat?.told ?? isFirst,
    };
  }

  private async replay(tx: Tx, incoming: IncomingFlag, row: FlagRow): Promise<Accepted> {
    const sender = await this.senders.of(tx, incoming, row);
    if (row.caseId === null) throw new Error(`Flag ${row.id} has no case.`);
    this.audit.record(tx, {
      stream: `flag:${row.id}`,
      action: 'flag.replayed',
      actor: row.clientId ? { type: 'integration', id: row.clientId } : { type: 'participant' },
      subjectRef: row.id,
    });
    return {
      flag: { id: row.id, receivedAt: row.receivedAt },
      case: await this.cases.summaryOf(tx, row.caseId),
      how: 'replayed',
      conflicts: false,
      statusToken: this.statusTokens.of(row.id),
      known: await this.people.of(tx, sender, incoming.read.fields),
      since: row.receivedAt,
      told: false,
    };
  }

  private async policyOf(tx: Tx, program: Program): Promise<Policy> {
    const { version, body } = await this.programs.policyInForce(tx, program.id);
    return { ...(body as Omit<Policy, 'version' | 'zone'>), version, zone: program.zone };
  }
}

/** What others say of somebody is none of their own words. */
function saidIn({ source, participant, location }: FlagFields): SaidNow {
  if (source === 'third_party') return {};
  const { country, region = null } = location ?? {};
  return {
    ...(participant?.language && { language: participant.language }),
    ...(country && { place: { country, region } }),
  };
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
