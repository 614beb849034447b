import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';
import { SwapRow } from './swap.row.js';

const listMax = 200;
const openStates = ['requested', 'accepted', 'reconfirm'] as const;

@Injectable()
export class SwapsStore {
  constructor(private readonly dataSource: DataSource) {}

  byId(db: EntityManager, id: string): Promise<SwapRow | null> {
    return db.findOneBy(SwapRow, { id });
  }

  /** Those that are asked for, or hold and are not over. */
  open(db: EntityManager, scheduleId: string, now: Date): Promise<SwapRow[]> {
    return db
      .createQueryBuilder(SwapRow, 's')
      .where('s.schedule_id = :scheduleId and s.state in (:...states)', {
        scheduleId,
        states: openStates,
      })
      .andWhere('greatest(s.given_to, s.return_to) > :now', { now })
      .orderBy('s.made_at')
      .addOrderBy('s.id')
      .getMany();
  }

  /** Those that concern a span, the newest first. */
  meeting(db: EntityManager, scheduleId: string, from: Date, to: Date): Promise<SwapRow[]> {
    return db
      .createQueryBuilder(SwapRow, 's')
      .where('s.schedule_id = :scheduleId', { scheduleId })
      .andWhere(
        `((s.given_from < :to and s.given_to > :from)
          or (s.return_from < :to and s.return_to > :from))`,
        { from, to },
      )
      .orderBy('s.made_at', 'DESC')
      .addOrderBy('s.id')
      .limit(listMax)
      .getMany();
  }

  /** Those in which somebody takes part, the newest first. */
  ofPerson(db: EntityManager, staffId: string, states: SwapRow['state'][]): Promise<SwapRow[]> {
    const state = states.length > 0 ? { state: In(states) } : {};
    return db.find(SwapRow, {
      where: [
        { requester: staffId, ...state },
        { counterpart: staffId, ...state },
      ],
      order: { madeAt: 'DESC', id: 'ASC' },
      take: listMax,
    });
  }

  /** Those of a program's file that hold and are not over. */
  async ofFile(db: EntityManager, scheduleId: string, now: Date): Promise<SwapRow[]> {
    const open = await this.open(db, scheduleId, now);
    return open.filter(({ madeVia }) => madeVia === 'file');
  }

  insert(db: EntityManager, row: SwapRow): Promise<unknown> {
    return db.insert(SwapRow, row);
  }

  update(db: EntityManager, id: string, change: Partial<SwapRow>): Promise<unknown> {
    return db.update(SwapRow, { id }, change);
  }

  async dueIds(limit: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `select id from shift_swaps where due_at <= (select handrail_now())
        order by due_at limit $1`,
      [limit],
    );
    return rows.map((row) => row.id);
  }
}
