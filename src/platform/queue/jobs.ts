import type { JobName } from './doorbell.js';

export interface Job {
  /** Does what the row with this id needs now; harmless when rung twice, late or for nothing. */
  handle(id: string): Promise<void>;
  /** Ids of rows that are due by the database's clock, most urgent first. */
  due(limit: number): Promise<string[]>;
  /** For what nobody waits for by the second: swept once a second, not four times. */
  isPatient?: true;
}

/** Every job name with its one handler; a missing one does not compile. */
export abstract class Jobs {
  abstract readonly table: Readonly<Record<JobName, Job>>;
}
