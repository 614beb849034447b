import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';
import { ContactPointRow } from './contact-point.row.js';
import { LocationStatementRow } from './location-statement.row.js';
import { ParticipantRow } from './participant.row.js';

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

  insertContactPoint(db: EntityManager, row: ContactPointRow): Promise<unknown> {
    return db.insert(ContactPointRow, row);
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

  insertLocation(db: EntityManager, row: LocationStatementRow): Promise<unknown> {
    return db.insert(LocationStatementRow, row);
  }

  locationsOf(
    db: EntityManager,
    participantId: string | null,
    flagIds: string[],
  ): Promise<LocationStatementRow[]> {
    return db
      .createQueryBuilder(LocationStatementRow, 'l')
      .where('l.participant_id = :participantId or l.flag_id in (:...flagIds)', {
        participantId,
        flagIds,
      })
      .orderBy('l.received_at', 'DESC')
      .limit(10)
      .getMany();
  }
}
