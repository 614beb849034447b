/** How long before a shift somebody is told that they go on call. */
const noticeMs = 3_600_000;
/** How long a human has to answer for whoever goes on call. */
const checkInMs = 600_000;
/** How often within that time they are paged for it. */
const asksMax = 3;
const askAgainMs = 200_000;
/** Whoever goes on without a break is asked again when so much has passed since the last time. */
const checkInHoldsMs = 86_400_000;

export type ShiftState = 'planned' | 'asked' | 'on' | 'missed' | 'declined' | 'over';

export interface ShiftClock {
  state: ShiftState;
  fromAt: Date;
  toAt: Date;
  /** When they were told that they go on. */
  toldAt: Date | null;
  askedAt: Date | null;
  asks: number;
}

export type ShiftMove = 'tell' | 'begin' | 'ask_again' | 'miss' | 'end' | 'wait';

/** What a shift needs now. */
export function shiftMove(now: Date, shift: ShiftClock): ShiftMove {
  if (shift.state === 'over' || now < shiftDueAt(shift)) return 'wait';
  if (now >= shift.toAt) return 'end';
  if (shift.state === 'planned') return now < shift.fromAt ? 'tell' : 'begin';
  if (shift.state !== 'asked' || shift.askedAt === null) return 'wait';
  return now < after(shift.askedAt, checkInMs) ? 'ask_again' : 'miss';
}

/** When it next needs anything; it is not over. */
export function shiftDueAt({ state, fromAt, toAt, toldAt, askedAt, asks }: ShiftClock): Date {
  if (state === 'planned')
    return earlier(toldAt === null ? after(fromAt, -noticeMs) : fromAt, toAt);
  if (state !== 'asked' || askedAt === null) return toAt;
  const wait = asks < asksMax ? asks * askAgainMs : checkInMs;
  return earlier(after(askedAt, wait), toAt);
}

/** `since`: the beginning of the last shift of theirs that was asked about, without a break. */
export function needsCheckIn(fromAt: Date, since: Date | null): boolean {
  return since === null || fromAt.getTime() - since.getTime() >= checkInHoldsMs;
}

const after = (at: Date, ms: number): Date => new Date(at.getTime() + ms);
const earlier = (one: Date, other: Date): Date => (one < other ? one : other);
