/** Who is on call and when, as the resolver reads it. Times within are local to `zone`. */
export interface Schedule {
  /** IANA zone in which every local time and date here is meant. */
  zone: string;
  /** In precedence: the first layer that is open answers, the others are hidden behind it. */
  layers: readonly Layer[];
  /** "This stretch is exactly this": beats every layer, its holes included. */
  fixed: readonly FixedStretch[];
  /** Days on which `days: holidays` layers answer; routing changes, nobody is off for it. */
  holidays: readonly Holiday[];
  /** Applied last, to whoever would be on call without them. */
  overrides: readonly Override[];
}

export interface Layer {
  name: string;
  /** Staff ids, in the order of their turns. */
  members: readonly string[];
  /** Without turns everybody is on call at once. */
  turns?: Turns | undefined;
  /** Without windows the layer is open round the clock. */
  windows?: readonly Window[] | undefined;
  /** Without it the layer is open on holidays and other days. */
  days?: 'holidays' | 'not_holidays' | undefined;
  /** `YYYY-MM-DD`: the first day on which the layer is there, and the first on which it is not. */
  from?: string | undefined;
  until?: string | undefined;
}

export type TurnUnit = 'hour' | 'day' | 'week' | 'month';

export interface Turns {
  every: TurnUnit;
  /** 2 with `week`: a turn lasts a fortnight. */
  interval: number;
  /**
   * Local `HH:MM`; weekly turns may name a weekday, 1 = Monday, monthly ones a day of the month,
   * which in shorter months is the last one. Default: that of `startsOn`.
   */
  handOff: { time: string; weekday?: number | undefined; day?: number | undefined };
  /** `YYYY-MM-DD`: turn 0 begins at the first hand-off on or after it; others go before it. */
  startsOn: string;
  /** How many members share a turn. */
  peopleAtOnce: number;
  /** Only for daily turns: a day on which the layer is never open is nobody's turn. */
  skipClosedDays: boolean;
}

/** Local hours in which a layer is open; a `to` that is not after `from` is on a later day. */
export type Window =
  | { weekdays: readonly number[]; from: string; to: string }
  | { fromWeekday: number; from: string; toWeekday: number; to: string };

export interface Holiday {
  /** `YYYY-MM-DD`, from midnight to midnight. */
  date: string;
  name: string;
}

export interface FixedStretch {
  name: string;
  /** Local `YYYY-MM-DDTHH:MM`. */
  from: string;
  to: string;
  shifts: readonly { members: readonly string[]; from: string; to: string }[];
}

/** Milliseconds since 1970, half-open. */
export interface Interval {
  from: number;
  to: number;
}

/**
 * `replace` puts `incoming` on call where `outgoing` would be, `remove` leaves `outgoing` out,
 * `add` puts `incoming` on call beside whoever is.
 */
export interface Override extends Interval {
  id: string;
  kind: 'replace' | 'add' | 'remove';
  incoming: string | null;
  outgoing: string | null;
  /** The shift swap that it carries out. */
  swapId: string | null;
}

/** What makes somebody the one to page. */
export type Why =
  | { kind: 'layer'; name: string; turn: number | null }
  | { kind: 'fixed'; name: string }
  | { kind: 'override'; id: string; instead: string | null }
  | { kind: 'swap'; id: string; instead: string | null };

export interface OnCallMember {
  member: string;
  why: Why;
}

/** One person on call without a break and for one reason, cut to the span that was asked for. */
export interface Shift extends OnCallMember, Interval {}
