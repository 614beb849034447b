import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';
import { insertion } from '../platform/db/statements.js';
import type { Tx } from '../platform/db/unit-of-work.js';
import { ContactPointRow } from './contact-point.row.js';
import { LocationStatementRow } from './circumstances/location-statement.row.js';
import { ParticipantRow } from './participant.row.js';
import type { StatedPlace } from './rules/place.js';

/** Name and phone are sealed. */
export interface SupportContact {
  id: string;
  relation: string;
  name: Buffer;
  phone: Buffer | null;
  consentScope: 'none' | 'emergency' | 'full';
}

@Injectable()
export class ParticipantsStore {
  constructor(private readonly dataSource: DataSource) {}

  get reader(): EntityManager {
    return this.dataSource.manager;
  }

  byId(id: string, db: EntityManager = this.reader): Promise<ParticipantRow | null> {
    return db.findOneBy(ParticipantRow, { id });
  }

  byExternalId(
    db: EntityManager,
    programId: string,
    externalIdIndex: Buffer,
  ): Promise<ParticipantRow | null> {
    return db.findOneBy(ParticipantRow, { programId, externalIdIndex });
  }

  /** Makes others that speak of the same participant wait for this transaction. */
  lock(db: EntityManager, id: string): Promise<unknown> {
    return db.query('select from participants where id = $1 for update', [id]);
  }

  /** False when another transaction made this participant first. */
  async insert(db: EntityManager, row: ParticipantRow): Promise<boolean> {
    const result = await db
      .createQueryBuilder()
      .insert()
      .into(ParticipantRow)
      .values(row)
      .orIgnore()
      .returning('id')
      .execute();
    return (result.raw as unknown[]).length > 0;
  }

  update(db: EntityManager, id: string, change: Partial<ParticipantRow>): Promise<unknown> {
    return db.update(ParticipantRow, { id }, change);
  }

  renewHelpLink(db: EntityManager, programId: string, externalIdIndex: Buffer): Promise<unknown> {
    return db.query(
      `update participants set help_link_version = help_link_version + 1
        where program_id = $1 and external_id_index = $2`,
      [programId, externalIdIndex],
    );
  }

  insertContactPoint(tx: Tx, row: ContactPointRow): void {
    tx.write(insertion('contact_points', row));
  }

  async markWrong(
    tx: Tx,
    id: string,
    { caseId, participantId }: { caseId: string; participantId: string | null },
  ): Promise<boolean> {
    const [, count] = await tx.db.query<[unknown[], number]>(
      `update contact_points p set wrong_number_at = $4
        where p.id = $1 and p.value is not null
          and (p.participant_id = $2
            or exists (select from flags f where f.id = p.flag_id and f.case_id = $3))`,
      [id, participantId, caseId, tx.now],
    );
    return count > 0;
  }

  updateContactPoint(
    db: EntityManager,
    id: string,
    change: Partial<ContactPointRow>,
  ): Promise<unknown> {
    return db.update(ContactPointRow, { id }, change);
  }

  contactPointsOf(db: EntityManager, participantId: string): Promise<ContactPointRow[]> {
    return db.find(ContactPointRow, { where: { participantId }, order: { createdAt: 'ASC' } });
  }

  contactPointsOfFlags(db: EntityManager, flagIds: string[]): Promise<ContactPointRow[]> {
    return db.find(ContactPointRow, {
      where: { flagId: In(flagIds) },
      order: { createdAt: 'ASC' },
    });
  }

  async latestPlanOf(
    db: EntityManager,
    participantId: string,
  ): Promise<{ id: string; body: Buffer } | null> {
    const [plan] = await db.query<{ id: string; body: Buffer }[]>(
      `select id, body from safety_plans where participant_id = $1 order by version desc limit 1`,
      [participantId],
    );
    return plan ?? null;
  }

  /** The next version of the plan; the ones before stay. */
  insertPlan(
    db: EntityManager,
    plan: { id: string; participantId: string; body: Buffer; at: Date },
  ): Promise<unknown> {
    return db.query(
      `insert into safety_plans (id, participant_id, version, body, created_at)
       select $1, $2, coalesce(max(version), 0) + 1, $3, $4
         from safety_plans where participant_id = $2`,
      [plan.id, plan.participantId, plan.body, plan.at],
    );
  }

  supportOf(db: EntityManager, participantId: string): Promise<SupportContact[]> {
    return db.query(
      `select id, relation, name, phone, consent_scope as "consentScope"
         from support_contacts where participant_id = $1 order by created_at, id`,
      [participantId],
    );
  }

  async replaceSupport(
    db: EntityManager,
    participantId: string,
    contacts: readonly SupportContact[],
    now: Date,
  ): Promise<void> {
    await db.query('delete from support_contacts where participant_id = $1', [participantId]);
    for (const { id, relation, name, phone, consentScope } of contacts) {
      await db.query(
        `insert into support_contacts
           (id, participant_id, relation, name, phone, consent_scope, created_at)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [id, participantId, relation, name, phone, consentScope, now],
      );
    }
  }

  insertLocation(tx: Tx, row: LocationStatementRow): void {
    tx.write(insertion('location_statements', row));
  }

  locationsOf(
    db: EntityManager,
    participantId: string | null,
    flagIds: string[],
  ): Promise<LocationStatementRow[]> {
    return db
      .createQueryBuilder(LocationStatementRow, 'l')
      .where('l.participant_id = :participantId or l.flag_id = any (:flagIds)', {
        participantId,
        flagIds,
      })
      .orderBy('l.received_at', 'DESC')
      .limit(10)
      .getMany();
  }

  /** What others said of them does not count. */
  async newestPlace(
    db: EntityManager,
    of: { participantId: string | null; caseIds: string[] },
    since: Date,
  ): Promise<StatedPlace | null> {
    const [place] = await db.query<StatedPlace[]>(newestPlaceQuery, [
      of.participantId,
      of.caseIds,
      since,
    ]);
    return place ?? null;
  }

  /** With a flag of this case. */
  async newestLanguage(db: EntityManager, caseId: string): Promise<string | null> {
    const [flag] = await db.query<{ language: string }[]>(
      `select language from flags
        where case_id = $1 and language is not null and source <> 'third_party'
        order by received_at desc limit 1`,
      [caseId],
    );
    return flag?.language ?? null;
  }
}

const newestPlaceQuery = `
  select said.country, said.region
    from (select l.* from location_statements l where l.participant_id = $1
          union all
          select l.* from flags f join location_statements l on l.flag_id = f.id
           where f.case_id = any ($2)) said
         left join flags f on f.id = said.flag_id
   where said.country is not null and f.source is distinct from 'third_party'
     and least(said.stated_at, said.received_at) >= $3
   order by least(said.stated_at, said.received_at) desc limit 1`;
