import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import { FlagRow } from './flag.row.js';

@Injectable()
export class FlagsStore {
  constructor(private readonly dataSource: DataSource) {}

  insert(db: EntityManager, row: FlagRow): Promise<unknown> {
    return db.insert(FlagRow, row);
  }

  byIdempotencyKey(
    db: EntityManager,
    clientId: string | null,
    idempotencyKey: string,
  ): Promise<FlagRow | null> {
    return db.findOneBy(FlagRow, { clientId: clientId ?? IsNull(), idempotencyKey });
  }

  byStatusToken(statusTokenHash: Buffer, db?: EntityManager): Promise<FlagRow | null> {
    return (db ?? this.dataSource.manager).findOneBy(FlagRow, { statusTokenHash });
  }

  async raisedSince(db: EntityManager, participantId: string, since: Date): Promise<boolean> {
    const rows = await db.query<unknown[]>(
      `select from flags where participant_id = $1 and received_at >= $2 limit 1`,
      [participantId, since],
    );
    return rows.length > 0;
  }

  latestOf(db: EntityManager, participantId: string): Promise<FlagRow | null> {
    return db.findOne(FlagRow, { where: { participantId }, order: { receivedAt: 'DESC' } });
  }

  merge(db: EntityManager, id: string, now: Date): Promise<unknown> {
    return db.query(
      `update flags set merged_count = merged_count + 1, last_merged_at = $2 where id = $1`,
      [id, now],
    );
  }
}

/** One key per integration; the help page, which is none, has an index of its own. */
const onceOnly = ['flags_client_id_idempotency_key_key', 'flags_help_page_once'];

/** True when another transaction used this idempotency key first. */
export function isIdempotencyRace(error: unknown): boolean {
  const { code, constraint } =
    (error as { driverError?: { code?: string; constraint?: string } }).driverError ?? {};
  return code === '23505' && constraint !== undefined && onceOnly.includes(constraint);
}

/** True when a wait for a row, such as the same key in flight, took longer than it may. */
export function isLockTimeout(error: unknown): boolean {
  return (error as { driverError?: { code?: string } }).driverError?.code === '55P03';
}
