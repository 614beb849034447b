import { Column, Entity, PrimaryColumn } from 'typeorm';

export type SwapState =
  'requested' | 'accepted' | 'declined' | 'withdrawn' | 'expired' | 'reconfirm' | 'undone';

/** Two people exchange shifts, or one hands a shift to the other; settled it stays on record. */
@Entity('shift_swaps')
export class SwapRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') scheduleId: string;
  @Column('text') state: SwapState;
  /** Counted up by every act; an act names the one that it was decided on. */
  @Column('integer') version: number;
  @Column('uuid') requester: string;
  @Column('uuid') counterpart: string;
  /** The requester's shift or a part of it, and whether it was all of the shift. */
  @Column('timestamptz', { nullable: true }) givenFrom: Date | null;
  @Column('timestamptz', { nullable: true }) givenTo: Date | null;
  @Column('boolean') givenWhole: boolean;
  /** The same of the counterpart; null when nothing is given in return. */
  @Column('timestamptz', { nullable: true }) returnFrom: Date | null;
  @Column('timestamptz', { nullable: true }) returnTo: Date | null;
  @Column('boolean') returnWhole: boolean;
  /** With `reconfirm`: what has become of the two since, for both to confirm. */
  @Column('timestamptz', { nullable: true }) changedFrom: Date | null;
  @Column('timestamptz', { nullable: true }) changedTo: Date | null;
  @Column('timestamptz', { nullable: true }) changedReturnFrom: Date | null;
  @Column('timestamptz', { nullable: true }) changedReturnTo: Date | null;
  @Column('timestamptz', { nullable: true }) requesterConfirmedAt: Date | null;
  @Column('timestamptz', { nullable: true }) counterpartConfirmedAt: Date | null;
  @Column('text') reason: string;
  /** Why it ended or stands as it does, where nobody said so. */
  @Column('text', { nullable: true }) outcome: SwapOutcome | null;
  @Column('text', { nullable: true }) fileKey: string | null;
  @Column('text') madeVia: 'staff' | 'file';
  @Column('uuid', { nullable: true }) madeBy: string | null;
  @Column('timestamptz') madeAt: Date;
  @Column('uuid', { nullable: true }) settledBy: string | null;
  @Column('timestamptz', { nullable: true }) settledAt: Date | null;
  /** When it expires unanswered, or stands as it was. */
  @Column('timestamptz', { nullable: true }) dueAt: Date | null;
}

export type SwapOutcome = 'not_answered' | 'shift_changed' | 'shift_gone' | 'not_confirmed';
