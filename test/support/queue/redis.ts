import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Child, findProgram, freePort } from '../service/child.js';
import { eventually } from '../service/eventually.js';

/** Null where Redis is not installed. */
export const redisProgram = findProgram('redis-server');

/** A Redis of one test, as production wants it: nothing evicted, everything written to a log. */
export class Redis {
  private constructor(
    readonly port: number,
    private readonly folder: string,
    private readonly server: Child,
  ) {}

  static async prepare(): Promise<Redis> {
    if (redisProgram === null) throw new Error('There is no redis-server on this machine.');
    const port = await freePort();
    const folder = mkdtempSync(path.join(tmpdir(), `handrail-test-${process.pid}-`));
    const settings = {
      port: String(port),
      bind: '127.0.0.1',
      dir: folder,
      save: '',
      appendonly: 'yes',
      'auto-aof-rewrite-percentage': '0',
      'maxmemory-policy': 'noeviction',
    };
    const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
    return new Redis(port, folder, new Child('redis', redisProgram, args, {}));
  }

  async start(): Promise<void> {
    this.server.start();
    await eventually(async () => (await this.say('PING')).startsWith('+PONG'), {
      what: 'redis-server',
    });
  }

  kill(): Promise<void> {
    return this.server.kill();
  }

  async flush(): Promise<void> {
    await this.say('FLUSHALL');
  }

  /** What it does when it is full; `noeviction` is what production demands. */
  async evict(policy: 'noeviction' | 'allkeys-lru'): Promise<void> {
    await this.say(`CONFIG SET maxmemory-policy ${policy}`);
  }

  /** Every command it was ever given, with what it held. */
  everything(): string {
    const log = path.join(this.folder, 'appendonlydir');
    const files = existsSync(log) ? readdirSync(log) : [];
    return files.map((file) => readFileSync(path.join(log, file), 'latin1')).join('');
  }

  async discard(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private say(command: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = net.connect(this.port, '127.0.0.1', () => socket.write(`${command}\r\n`));
      socket.once('data', (answer) => {
        socket.destroy();
        resolve(answer.toString());
      });
      socket.once('error', reject);
    });
  }
}
