import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import { root } from '../database.js';
import { eventually } from './eventually.js';

type State = 'running' | 'frozen' | 'ended';

const startMs = 30_000;

/** One process that a test starts, hurts and starts again; everything it prints is kept. */
export class Child {
  output = '';
  /** It ended without being told to, which is a defect. */
  crash: string | null = null;
  private process: ChildProcess | null = null;
  private told = false;
  private ended: Promise<void> = Promise.resolve();
  private frozen = false;

  constructor(
    readonly name: string,
    private readonly command: string,
    private readonly args: string[],
    private readonly env: Record<string, string>,
  ) {}

  get state(): State {
    if (this.process === null) return 'ended';
    return this.frozen ? 'frozen' : 'running';
  }

  start(): void {
    if (this.process !== null) throw new Error(`${this.name} runs already.`);
    const child = spawn(this.command, this.args, { cwd: root, env: this.env });
    this.process = child;
    this.told = false;
    this.frozen = false;
    const keep = (chunk: Buffer): void => void (this.output += chunk.toString());
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    this.ended = new Promise((resolve) => {
      child.once('error', (error) => this.end(`does not start: ${error.message}`, resolve));
      child.once('exit', (code, signal) => this.end(`ended with ${code ?? signal}`, resolve));
    });
    this.endWithUs(child);
  }

  /** Waits until it has printed these words behind the first `from` characters. */
  async says(words: string, from = 0): Promise<void> {
    const said = (): boolean => this.output.includes(words, from);
    await eventually(() => said() || this.state === 'ended', { deadlineMs: startMs }).catch(
      () => undefined, // Told below, with what it did say.
    );
    if (said()) return;
    const how = this.crash ?? `said no "${words}" within ${startMs} ms`;
    throw new Error(`${this.name} ${how}: ${this.output.slice(from)}`);
  }

  /** `SIGKILL` and `SIGTERM` end it; the others do not. */
  signal(signal: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): void {
    if (signal === 'SIGSTOP') this.frozen = true;
    else if (signal === 'SIGCONT') this.frozen = false;
    else this.told = true;
    this.process?.kill(signal);
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.ended;
  }

  /** Asks it to end and waits; throws when it does not within the deadline. */
  async term(deadlineMs = 15_000): Promise<void> {
    this.signal('SIGTERM');
    await eventually(() => this.process === null, { deadlineMs, what: `the end of ${this.name}` });
  }

  /** Should this process be killed, the end of its pipe ends the child, whatever it runs. */
  private endWithUs({ pid }: ChildProcess): void {
    const command = 'read _; kill -9 "$0"';
    const watch = spawn('sh', ['-c', command, String(pid)], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    void this.ended.then(() => watch.kill('SIGKILL'));
  }

  private end(how: string, resolve: () => void): void {
    if (!this.told) this.crash = how;
    this.process = null;
    resolve();
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Where a program is installed on this machine; null when it is not. */
export function findProgram(name: string): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/bin'];
  const found = folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
  return found ?? null;
}
