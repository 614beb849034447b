import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarTrouble } from './calendar-trouble.js';

/** Somebody's own calendar elsewhere, of which only the times are read. */
@Entity('busy_calendars')
export class BusyCalendarRow {
  /** Another one for each address that is given. */
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') staffId: string;
  /** Sealed under the person's own key: whoever knows the address reads the calendar. */
  @Column('bytea') url: Buffer;
  @Column('timestamptz') createdAt: Date;
  /** When it is fetched next. */
  @Column('timestamptz') dueAt: Date;
  /** When it was last fetched and understood. */
  @Column('timestamptz', { nullable: true }) fetchedAt: Date | null;
  /** Since then. */
  @Column('integer') failures: number;
  @Column('text', { nullable: true }) trouble: CalendarTrouble | null;
}
