import { type FlakyProxy, startFlakyProxy } from '../flaky-proxy.js';
import { Child, freePort } from './child.js';
import { eventually, type Patience } from './eventually.js';
import { request } from './requests.js';

export type Role = 'all' | 'web' | 'worker';

interface Slot {
  child: Child;
  port: number;
  listens: boolean;
}

const linesKept = 60;

/** The processes of one service, and the front through which the outside reaches them. */
export class Processes {
  private readonly slots: Slot[] = [];
  private front: FlakyProxy;
  private turn = 0;

  /** `waitsForEngine`: whoever starts is waited for until it moves cases, not only answers. */
  constructor(private readonly waitsForEngine: boolean) {}

  async open(): Promise<void> {
    this.front = await startFlakyProxy(() => this.next()?.port ?? null);
  }

  async close(): Promise<void> {
    await Promise.all(this.slots.map(({ child }) => child.kill()));
    await this.front.close();
  }

  /** Leads to those that live and are not frozen, in turn; to workers only when no other does. */
  get url(): string {
    return `http://127.0.0.1:${this.front.port}`;
  }

  /** Everything they printed, dead ones included. */
  get output(): string {
    return this.slots.map(({ child }) => child.output).join('\n');
  }

  /** Those that ended by themselves. */
  get crashes(): string[] {
    return this.slots.flatMap(({ child }) => (child.crash ? [`${child.name} ${child.crash}`] : []));
  }

  /** The end of what each printed, without what it says when all is well. */
  get complaints(): string[] {
    return this.slots.map(({ child }) => {
      const lines = child.output.split('\n').filter((line) => !line.startsWith('{"level":"log"'));
      return [`--- ${child.name}`, ...lines.slice(-linesKept)].join('\n');
    });
  }

  async start(roles: readonly Role[], env: Record<string, string>): Promise<void> {
    for (const role of roles) await this.add(role, env);
    await Promise.all(this.slots.map((_, index) => this.restart(index)));
  }

  portOf(index: number): number {
    return this.slot(index).port;
  }

  kill(index: number): Promise<void> {
    return this.leftAlone(index).child.kill();
  }

  /** Asks it to end in good order and waits for that. */
  term(index: number): Promise<void> {
    return this.leftAlone(index).child.term();
  }

  freeze(index: number): void {
    this.slot(index).child.signal('SIGSTOP');
  }

  thaw(index: number): void {
    this.slot(index).child.signal('SIGCONT');
  }

  /** Starts one that has ended, at the same address. */
  async restart(index: number): Promise<void> {
    const slot = this.slot(index);
    const from = slot.child.output.length;
    slot.child.start();
    await slot.child.says(' answers at ', from);
    slot.listens = true;
    if (this.waitsForEngine) await this.engineWell(index);
  }

  /** Waits until one says that it moves cases forward. */
  async engineWell(index: number, patience: Patience = {}): Promise<void> {
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

  private next(): Slot | undefined {
    const able = this.slots.filter(canAnswer);
    const web = able.filter(isWeb);
    const candidates = web.length > 0 ? web : able;
    this.turn += 1;
    return candidates[this.turn % candidates.length];
  }

  private async add(role: Role, env: Record<string, string>): Promise<void> {
    const port = await freePort();
    const name = `process ${this.slots.length} (${role})`;
    const own = { ...env, HANDRAIL_ROLE: role, PORT: String(port) };
    const child = new Child(name, process.execPath, ['--enable-source-maps', 'dist/main.js'], own);
    this.slots.push({ child, port, listens: false });
  }

  private slot(index: number): Slot {
    const slot = this.slots[index];
    if (!slot) throw new Error(`There is no process ${index}.`);
    return slot;
  }

  /** No new connection is led to it from now on. */
  private leftAlone(index: number): Slot {
    return Object.assign(this.slot(index), { listens: false });
  }
}

const isWeb = ({ child }: Slot): boolean => !child.name.includes('worker');
const canAnswer = ({ child, listens }: Slot): boolean => listens && child.state === 'running';
