export type JobName =
  | 'deliver-page'
  | 'advance-case'
  | 'repeat-alarm'
  | 'hang-up-call'
  | 'check-coverage'
  | 'warn-of-gap'
  | 'plan-shifts'
  | 'advance-shift'
  | 'remind-hand-over'
  | 'expire-swap'
  | 'fetch-busy-calendar';

/** A hint that a committed row is due now; it carries an id and nothing else. */
export interface Ring {
  job: JobName;
  id: string;
  /** 1 rings first. */
  priority: number;
}

/** Wakes a worker. Never throws, is never waited for; the sweeper finds what it misses. */
export abstract class Doorbell {
  abstract ringAll(rings: readonly Ring[]): void;
}
