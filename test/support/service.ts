import { describe } from '@jest/globals';
import pg from 'pg';
import { type Addresses, createTestDatabase, type TestDatabase } from './database.js';
import { type FlakyProxy, startFlakyProxy } from './flaky-proxy.js';
import { type Bounds, findViolations } from './invariants.js';
import type { Ask } from './invariants/evidence.js';
import { type PhoneLab, startPhoneLab } from './phone-lab.js';
import { Child, freePort } from './service/child.js';
import { fixedEnvironment } from './service/environment.js';
import { eventually, type Patience } from './service/eventually.js';
import { aFlag, type FlagBody, secretsIn } from './service/flag.js';
import { Phones } from './service/phones.js';
import { aProgram, contentOf, type TestProgram } from './service/program.js';
import { Redis, redisProgram } from './service/redis.js';
import { type Answer, request } from './service/requests.js';
import { TimeShifts } from './service/time-shifts.js';
import { ourNumber } from './telephony.js';

export type Backend = 'postgres' | 'redis';
export type Role = 'all' | 'web' | 'worker';

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

export interface FlagAnswer {
  flag: { id: string; receivedAt: string };
  case?: { id: string; ref: string; state: string; acuity: string };
  resources: unknown[];
  warnings: string[];
  message: string;
  links?: { status: string };
}

export interface FlagSending {
  /** Another bearer key than the program's; null sends none. */
  key?: string | null;
  idempotencyKey?: string;
  headers?: Record<string, string>;
  /** Sent as it is instead of a body. */
  raw?: string;
}

/** What was posted to `/v1/flags` and what came of it. */
export interface RecordedFlag {
  sent: string;
  key: string | null;
  idempotencyKey: string | null;
  answer: Answer<FlagAnswer>;
}

export interface CaseEvent {
  seq: number;
  at: Date;
  action: string;
  actor: { type: string; id: string | null };
  body: Record<string, unknown>;
}

interface Slot {
  child: Child;
  port: number;
  listens: boolean;
}

/** Runs the rows once for each queue; where Redis is missing its rows are named and skipped. */
export function onBothBackends(rows: (backend: Backend) => void): void {
  describe('with the queue in PostgreSQL', () => rows('postgres'));
  if (redisProgram !== null) return describe('with the queue in Redis', () => rows('redis'));
  describe.skip('with the queue in Redis (no redis-server on this machine)', () => rows('redis'));
}

/** For rows that only Redis has. */
export function onRedis(rows: () => void): void {
  if (redisProgram !== null) return describe('Redis', rows);
  describe.skip('Redis (no redis-server on this machine)', rows);
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
  lab: PhoneLab;
  phones: Phones;
  database: TestDatabase;
  time: TimeShifts;
  /** With `flakyDatabase`. */
  databaseLine: FlakyProxy;
  /** With `flakyRedis`. */
  redisLine: FlakyProxy;
  /** With the backend `redis`. */
  redis: Redis | null = null;
  /** Everything posted through `raiseFlag`, answered or not. */
  readonly flags: RecordedFlag[] = [];
  /** What must never be seen outside. */
  readonly secrets = new Set<string>();
  private readonly slots: Slot[] = [];
  private readonly cleaning: (() => Promise<unknown>)[] = [];
  private front: FlakyProxy;
  private pool: pg.Pool;

  constructor(private readonly options: ServiceOptions) {
    this.program = options.program ?? aProgram();
    for (const { name } of this.program.people.values()) this.secrets.add(name);
  }

  /** Where the outside reaches it: the first process that lives and is not frozen. */
  get url(): string {
    return `http://127.0.0.1:${this.front.port}`;
  }

  /** Everything its processes printed, dead ones included. */
  get output(): string {
    return this.slots.map(({ child }) => child.output).join('\n');
  }

  /** Processes that ended by themselves. */
  get crashes(): string[] {
    return this.slots.flatMap(({ child }) => (child.crash ? [`${child.name} ${child.crash}`] : []));
  }

  async open(): Promise<void> {
    const { cluster, backend = 'postgres', processes = ['all'] } = this.options;
    const content = contentOf(this.program);
    this.database = await createTestDatabase({ content, ...(cluster && { cluster }) });
    this.cleaning.push(() => this.database.drop());
    this.time = new TimeShifts(this.database.adminUrl);
    this.pool = new pg.Pool({ connectionString: this.database.superuserUrl, max: 3 });
    this.pool.on('error', () => undefined); // The server may be killed: the next query says so.
    this.cleaning.push(() => this.pool.end());
    if (backend === 'redis') await this.openRedis();
    const order = (): Slot[] => [...this.slots.filter(isWeb), ...this.slots];
    this.front = await startFlakyProxy(() => order().find(canAnswer)?.port ?? null);
    this.cleaning.push(() => this.front.close());
    await this.openLab();
    const env = { ...fixedEnvironment(), ...(await this.addresses()), PUBLIC_BASE_URL: this.url };
    for (const role of processes) await this.addProcess(role, env);
    await this.options.beforeStart?.();
    await Promise.all(this.slots.map((_, index) => this.restart(index)));
  }

  /** Posts a flag of somebody new, unless the body says otherwise. */
  async raiseFlag(
    body: FlagBody = aFlag(),
    sending: FlagSending = {},
  ): Promise<Answer<FlagAnswer>> {
    const { key = this.program.integrationKey, idempotencyKey, headers, raw } = sending;
    for (const secret of secretsIn(body)) this.secrets.add(secret);
    const sent = raw ?? JSON.stringify(body);
    const answer = await request<FlagAnswer>(`${this.url}/v1/flags`, {
      method: 'POST',
      body: sent,
      headers: {
        'content-type': 'application/json',
        ...(key !== null && { authorization: `Bearer ${key}` }),
        ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
        ...headers,
      },
    });
    this.flags.push({ sent, key, idempotencyKey: idempotencyKey ?? null, answer });
    return answer;
  }

  /** The staff API with this person's token; null sends none. */
  api(person: string | null) {
    const token = person === null ? null : this.phones.person(person).token;
    const headers = {
      'content-type': 'application/json',
      ...(token !== null && { authorization: `Bearer ${token}` }),
    };
    return {
      get: (path: string) => request(this.url + path, { method: 'GET', headers }),
      post: (path: string, body: unknown = {}) =>
        request(this.url + path, { method: 'POST', headers, body: JSON.stringify(body) }),
    };
  }

  /** Any request, with the path and without a token. */
  get(path: string): Promise<Answer> {
    return request(this.url + path, { method: 'GET' });
  }

  /** The service's clock jumps ahead; everything that is due then is due at once. */
  passTime(ms: number): Promise<void> {
    return this.time.pass(ms);
  }

  /** Every job of every queue is gone. */
  async loseEveryJob(): Promise<void> {
    if (this.redis) return this.redis.flush();
    const tables = await this.sql<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
        where schemaname = 'bullmq' and tablename not like '%migration%'`,
    );
    for (const { name } of tables) await this.sql(`delete from ${name}`);
  }

  kill(index: number): Promise<void> {
    return this.quiet(index).child.kill();
  }

  /** Asks it to end in good order and waits for that. */
  term(index: number): Promise<void> {
    return this.quiet(index).child.term();
  }

  /** SIGSTOP: it does nothing more, and knows nothing of it. */
  freeze(index: number): void {
    this.slot(index).child.signal('SIGSTOP');
  }

  /** SIGCONT. */
  thaw(index: number): void {
    this.slot(index).child.signal('SIGCONT');
  }

  /** Starts a process that has ended, at the same address; waits as `until` says. */
  async restart(index: number): Promise<void> {
    const slot = this.slot(index);
    const from = slot.child.output.length;
    slot.child.start();
    await slot.child.says(' answers at ', from);
    slot.listens = true;
    if (this.options.until !== 'answers') await this.engineWell(index);
  }

  /** Waits until a process says that it moves cases forward. */
  async engineWell(index = 0, patience: Patience = {}): Promise<void> {
    const { port, child } = this.slot(index);
    await eventually(
      async () => {
        const health = await request(`http://127.0.0.1:${port}/health/engine`, { method: 'GET' });
        if (health.status !== 200) throw new Error(JSON.stringify(health.body));
        return true;
      },
      { what: `the engine of ${child.name}`, ...patience },
    );
  }

  /** Where one process listens. */
  portOf(index: number): number {
    return this.slot(index).port;
  }

  /** What happened to a case, in order. */
  async auditOf(caseId: string): Promise<CaseEvent[]> {
    const rows = await this.sql<CaseEvent & { actorType: string; actorId: string; text: string }>(
      `select seq::int as seq, at, action, actor_type as "actorType", actor_id as "actorId",
              body as text from audit.audit_events where stream = $1 order by seq`,
      [`case:${caseId}`],
    );
    return rows.map(({ seq, at, action, actorType, actorId, text }) => {
      const actor = { type: actorType, id: actorId };
      return { seq, at, action, actor, body: JSON.parse(text) as CaseEvent['body'] };
    });
  }

  /** The rows as they are, oldest first. */
  cases(): Promise<pg.QueryResultRow[]> {
    return this.sql('select * from cases order by opened_at, id');
  }

  /** Any SQL, as the superuser and not over the flaky line. */
  async sql<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.pool.query<Row>(text, values)).rows;
  }

  /** Many questions about one and the same moment. */
  async inSnapshot<T>(work: (ask: Ask) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    try {
      await client.query('begin isolation level repeatable read read only');
      const asked = await work(async (text, values) => (await client.query(text, values)).rows);
      await client.query('commit');
      return asked;
    } finally {
      client.release();
    }
  }

  eventually<T>(condition: () => T | Promise<T>, patience?: Patience) {
    return eventually(condition, patience);
  }

  /** What of the invariants does not hold, each named. */
  violations(bounds: Partial<Bounds> = {}): Promise<string[]> {
    return findViolations(this, bounds);
  }

  /** Throws what of the invariants does not hold, after time for what is under way to end. */
  async check(bounds: Partial<Bounds> = {}): Promise<void> {
    let found: string[] = [];
    const settled = async (): Promise<boolean> => {
      found = await this.violations(bounds);
      return found.length === 0;
    };
    await eventually(settled, { deadlineMs: 5_000 }).catch((error: Error) => {
      const tails = this.slots.map(({ child }) => `--- ${child.name}\n${worthReading(child)}`);
      throw new Error([...(found.length > 0 ? found : [error.message]), ...tails].join('\n'));
    });
  }

  /** Checks every invariant, then ends everything, whatever the check said. Once. */
  async stop(bounds: Partial<Bounds> = {}): Promise<void> {
    if (this.cleaning.length === 0) return; // The test failed before it had a new one.
    try {
      await this.check(bounds);
    } finally {
      await this.discard();
    }
  }

  /** Ends everything without a look at it. What cannot be ended keeps nothing else from its end. */
  async discard(): Promise<void> {
    await Promise.all(this.slots.map(({ child }) => child.kill()));
    const failures: unknown[] = [];
    for (const clean of this.cleaning.splice(0).reverse()) {
      await clean().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw new AggregateError(failures, 'not everything could be ended');
  }

  private async openRedis(): Promise<void> {
    this.redis = await Redis.prepare();
    this.cleaning.push(() => this.redis!.discard());
    if (this.options.redisRuns !== false) await this.redis.start();
  }

  private async openLab(): Promise<void> {
    this.lab = await startPhoneLab();
    this.cleaning.push(() => this.lab.stop());
    this.phones = new Phones(this.lab, this.program);
    const smsUrl = `${this.url}/webhooks/twilio/messages`;
    const voiceUrl = `${this.url}/webhooks/twilio/calls`;
    for (const line of [ourNumber, this.program.line]) {
      await this.lab.line(line, { smsUrl, voiceUrl });
    }
  }

  /** Where the service finds what it needs, over a flaky line where one is wanted. */
  private async addresses(): Promise<Record<string, string>> {
    const { flakyDatabase, flakyRedis } = this.options;
    const database = new URL(this.database.appUrl);
    if (flakyDatabase) {
      this.databaseLine = await this.line(Number(database.port));
      database.port = String(this.databaseLine.port);
    }
    const env = { DATABASE_URL: database.href, TWILIO_API_BASE_URL: this.lab.url };
    if (!this.redis) return env;
    let { port } = this.redis;
    if (flakyRedis) {
      this.redisLine = await this.line(port);
      ({ port } = this.redisLine);
    }
    return { ...env, REDIS_URL: `redis://127.0.0.1:${port}` };
  }

  private async line(port: number): Promise<FlakyProxy> {
    const line = await startFlakyProxy(() => port);
    this.cleaning.push(() => line.close());
    return line;
  }

  private async addProcess(role: Role, env: Record<string, string>): Promise<void> {
    const port = await freePort();
    const name = `process ${this.slots.length} (${role})`;
    const own = { ...env, HANDRAIL_ROLE: role, PORT: String(port) };
    this.slots.push({ child: Child.ofNode(name, ['dist/main.js'], own), port, listens: false });
  }

  private slot(index: number): Slot {
    const slot = this.slots[index];
    if (!slot) throw new Error(`There is no process ${index}.`);
    return slot;
  }

  /** No new connection is led to it from now on. */
  private quiet(index: number): Slot {
    return Object.assign(this.slot(index), { listens: false });
  }
}

const isWeb = ({ child }: Slot): boolean => !child.name.includes('worker');
const canAnswer = ({ child, listens }: Slot): boolean => listens && child.state === 'running';

const linesKept = 60;

/** The end of what it printed, without what it says when all is well. */
function worthReading({ output }: Child): string {
  const lines = output.split('\n').filter((line) => !line.startsWith('{"level":"log"'));
  return lines.slice(-linesKept).join('\n');
}
