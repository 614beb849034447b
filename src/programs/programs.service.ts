import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Database } from '../platform/db/database.js';
import { inTime } from '../platform/db/in-time.js';
import type { Tx } from '../platform/db/unit-of-work.js';
import type { ProgramRow } from './program.row.js';
import { type PolicyVersion, ProgramsStore } from './programs.store.js';

/** How long a program that is remembered waits to be read anew. */
const patienceMs = 500;

export type Program = Readonly<ProgramRow>;

/**
 * The tenants. What was read once is remembered, so that a dead database does not hide a country.
 */
@Injectable()
export class Programs implements OnApplicationBootstrap {
  private readonly remembered = new Map<string, Program>();

  constructor(
    private readonly store: ProgramsStore,
    private readonly database: Database,
  ) {}

  onApplicationBootstrap(): void {
    this.database.whenConnected(() => this.list());
  }

  /** Null: no such program. Throws when the database does not answer. */
  async byKey(key: string): Promise<Program | null> {
    return this.remember(await this.store.byKey(key));
  }

  async byId(id: string, tx?: Tx): Promise<Program | null> {
    if (tx) return this.remember(await this.store.byId(id, tx.db));
    const known = this.remembered.get(id);
    if (known === undefined) return this.remember(await this.store.byId(id));
    try {
      return this.remember(await inTime(this.store.byId(id), patienceMs));
    } catch {
      // Safe: where a program is and how it speaks hardly changes; whoever asks must not wait.
      return known;
    }
  }

  /** From memory only: for answers that must not wait for the database. */
  remembers(keyOrId: string): Program | null {
    return this.remembered.get(keyOrId) ?? null;
  }

  async list(): Promise<Program[]> {
    const programs = await this.store.all();
    programs.forEach((program) => this.remember(program));
    return programs;
  }

  /**
   * The program that participants reach at this E.164 number: one that was just applied as well,
   * and from memory when the database does not answer in time.
   */
  async byLine(line: string): Promise<Program | null> {
    try {
      await inTime(this.list(), patienceMs);
    } catch {
      // Safe: whoever calls a line must not wait, and lines hardly ever change.
    }
    return this.known().find(({ lines }) => lines.includes(line)) ?? null;
  }

  /** What all programs agree on, from memory; null when they differ or there is none yet. */
  shared(what: 'country' | 'language'): string | null {
    const [one = null, ...others] = new Set(this.known().map((program) => program[what]));
    return others.length === 0 ? one : null;
  }

  /** The latest published policy; a program without one has never been applied wholly. */
  async policyInForce(tx: Tx, programId: string): Promise<PolicyVersion> {
    const policy = await this.store.policyInForce(tx.db, programId);
    if (policy === null) throw new Error(`Program ${programId} has no policy.`);
    return policy;
  }

  private known(): Program[] {
    return [...this.remembered.values()];
  }

  private remember(program: Program | null): Program | null {
    if (program !== null) {
      this.remembered.set(program.id, program);
      this.remembered.set(program.key, program);
    }
    return program;
  }
}
