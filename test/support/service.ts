import type pg from 'pg';
import type { Addresses } from './database.js';
import type { FlakyProxy } from './flaky-proxy.js';
import { type Bounds, findViolations } from './invariants.js';
import type { Ask } from './invariants/evidence.js';
import { Reads } from './invariants/reads.js';
import type { Backend } from './queue/backends.js';
import { Cleaning } from './service/cleaning.js';
import { eventually, type Patience } from './service/eventually.js';
import {
  aFlag,
  type FlagAnswer,
  type FlagBody,
  type FlagSending,
  postFlag,
  type RecordedFlag,
  secretsIn,
} from './service/flag.js';
import { Phones } from './service/phones.js';
import { Processes, type Role } from './service/processes.js';
import { aProgram, type TestProgram } from './service/program.js';
import { type Answer, request, staffApi } from './service/requests.js';
import { openSurroundings, type Surroundings } from './service/surroundings.js';
import type { CaseEvent } from './service/tables.js';
import { TimeShifts } from './service/time-shifts.js';

export type { CaseEvent, FlagAnswer, RecordedFlag };

export interface ServiceOptions {
  /** Which queue rings the bells; PostgreSQL by default. */
  backend?: Backend;
  /** One process each; a single `all` by default. */
  processes?: Role[];
  program?: TestProgram;
  /** A server of the test's own instead of that of the run. */
  cluster?: Addresses;
  /** PostgreSQL is reached over `databaseLine`. */
  flakyDatabase?: boolean;
  /** Redis is reached over `redisLine`. */
  flakyRedis?: boolean;
  /** False: there is a Redis, but it does not run. */
  redisRuns?: boolean;
  /**
   * What is waited for: that the engine is well, by default, or only that requests are answered.
   */
  until?: 'engine' | 'answers';
  /** Runs when everything but the processes is there. */
  beforeStart?: () => Promise<void>;
}

/** The service as it runs in production: processes, a database, a queue, and phones far away. */
export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const service = new Service(options);
  try {
    await service.open();
  } catch (error) {
    await service.discard();
    throw error;
  }
  return service;
}

export class Service {
  readonly program: TestProgram;
  /** The processes by themselves; most of what is done to them has a short name here. */
  readonly processes: Processes;
  phones: Phones;
  time: TimeShifts;
  /** Everything posted through `raiseFlag` and answered. */
  readonly flags: RecordedFlag[] = [];
  /** What staff were shown of people through `api`, or in a browser. */
  readonly reads = new Reads(() => this.snapshot());
  /** What must never be seen outside. */
  readonly secrets = new Set<string>();
  private around: Surroundings;
  private readonly cleaning = new Cleaning();

  constructor(private readonly options: ServiceOptions) {
    this.program = options.program ?? aProgram();
    this.processes = new Processes(options.until !== 'answers');
    for (const { name } of this.program.people.values()) this.secrets.add(name);
  }

  async open(): Promise<void> {
    const { processes, program, options, cleaning } = this;
    await processes.open();
    cleaning.later(() => processes.close());
    this.around = await openSurroundings(options, program, processes.url, cleaning);
    this.time = new TimeShifts(this.database.adminUrl);
    this.phones = new Phones(this.lab, program);
    await options.beforeStart?.();
    await processes.start(options.processes ?? ['all'], this.around.env);
  }

  /** Where the outside reaches it. */
  get url(): string {
    return this.processes.url;
  }

  get lab() {
    return this.around.lab;
  }

  get database() {
    return this.around.database;
  }

  /** Null with the queue in PostgreSQL. */
  get redis() {
    return this.around.redis;
  }

  /** With `flakyDatabase`. */
  get databaseLine(): FlakyProxy {
    return present(this.around.databaseLine, 'flakyDatabase');
  }

  /** With `flakyRedis`. */
  get redisLine(): FlakyProxy {
    return present(this.around.redisLine, 'flakyRedis');
  }

  /** Everything its processes printed, dead ones included. */
  get output(): string {
    return this.processes.output;
  }

  /** Posts a flag of somebody new, unless the body says otherwise. */
  async raiseFlag(
    body: FlagBody = aFlag(),
    sending: FlagSending = {},
  ): Promise<Answer<FlagAnswer>> {
    for (const secret of secretsIn(body)) this.secrets.add(secret);
    const sent = sending.raw ?? JSON.stringify(body);
    const key = sending.key === undefined ? this.program.integrationKey : sending.key;
    const recorded = await postFlag(this.url, sent, { ...sending, key });
    this.flags.push(recorded);
    return recorded.answer;
  }

  /** The staff API with this person's token; null sends none. */
  api(person: string | null) {
    const token = person === null ? null : this.phones.person(person).token;
    return staffApi(this.url, token, (path, status) => this.reads.note(person, path, status));
  }

  /** Any page or route, without a token. */
  get(path: string): Promise<Answer> {
    return request(this.url + path, { method: 'GET' });
  }

  /** The service's clock jumps ahead; everything that is due then is due at once. */
  passTime(ms: number): Promise<void> {
    return this.time.pass(ms);
  }

  /** Every job of every queue is gone. */
  loseEveryJob(): Promise<void> {
    return this.redis ? this.redis.flush() : this.around.tables.deleteJobs();
  }

  /** SIGKILL. */
  kill(index: number): Promise<void> {
    return this.processes.kill(index);
  }

  /** SIGTERM; waits for the end. */
  term(index: number): Promise<void> {
    return this.processes.term(index);
  }

  /** SIGSTOP: it does nothing more, and knows nothing of it. */
  freeze(index: number): void {
    this.processes.freeze(index);
  }

  /** SIGCONT. */
  thaw(index: number): void {
    this.processes.thaw(index);
  }

  restart(index: number): Promise<void> {
    return this.processes.restart(index);
  }

  engineWell(index = 0, patience: Patience = {}): Promise<void> {
    return this.processes.engineWell(index, patience);
  }

  auditOf(caseId: string): Promise<CaseEvent[]> {
    return this.around.tables.auditOf(caseId);
  }

  /** The rows as they are, oldest first. */
  cases(): Promise<pg.QueryResultRow[]> {
    return this.sql('select * from cases order by opened_at, id');
  }

  /** Any SQL, as the superuser and not over the flaky line. */
  sql<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    return this.around.tables.sql<Row>(text, values);
  }

  /** What is committed now, in PostgreSQL's own words. */
  private async snapshot(): Promise<string> {
    const [row] = await this.sql<{ now: string }>('select pg_current_snapshot()::text as now');
    return row!.now;
  }

  inSnapshot<T>(work: (ask: Ask) => Promise<T>): Promise<T> {
    return this.around.tables.inSnapshot(work);
  }

  eventually<T>(condition: () => T | Promise<T>, patience?: Patience) {
    return eventually(condition, patience);
  }

  /** Throws what of the invariants does not hold, after time for what is under way to end. */
  async check(bounds: Partial<Bounds> = {}): Promise<void> {
    let found = ['the invariants could not be checked'];
    const holds = async (): Promise<boolean> => {
      found = await findViolations(this, bounds);
      return found.length === 0;
    };
    await eventually(holds, { deadlineMs: 5_000 }).catch((cause: unknown) => {
      throw new Error([...found, ...this.processes.complaints].join('\n'), { cause });
    });
  }

  /** Checks every invariant, then ends everything, whatever the check said. Once. */
  async stop(bounds: Partial<Bounds> = {}): Promise<void> {
    if (this.cleaning.isDone) return; // The test failed before it had a new one.
    try {
      await this.check(bounds);
    } finally {
      await this.discard();
    }
  }

  /** Ends everything without a look at it. */
  discard(): Promise<void> {
    return this.cleaning.run();
  }
}

function present<T>(thing: T | null, option: string): T {
  if (thing === null) throw new Error(`Start the service with ${option}.`);
  return thing;
}
