import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { discardCluster } from '../../scripts/postgres.mjs';
import { root } from './database.js';
import { Child } from './service/child.js';

const folders = ['scripts', 'src', 'dist', 'config'];
const files = ['package.json', 'package-lock.json', '.swcrc', 'nest-cli.json', 'tsconfig.json'];

export interface DemoNotes {
  baseUrl: string;
  labUrl: string;
  program: string;
  integrationKey: string;
  metricsToken: string;
  staff: { name: string; phone: string; token: string }[];
}

/** The repository once more, installed and built, with a `.handrail/` of its own. */
export class Clone {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'handrail-clone-'));
  private readonly starts: Child[] = [];

  constructor() {
    for (const name of [...folders, ...files]) {
      cpSync(path.join(root, name), path.join(this.folder, name), { recursive: true });
    }
    symlinkSync(path.join(root, 'node_modules'), path.join(this.folder, 'node_modules'));
    mkdirSync(path.join(this.folder, '.handrail'));
  }

  /** What `npm start` runs, with nothing of our own environment. */
  start(env: Record<string, string> = {}): Child {
    const script = path.join(this.folder, 'scripts', 'install-build-start.mjs');
    const { PATH = '', HOME = '' } = process.env;
    const name = `start ${this.starts.length + 1}`;
    const child = new Child(name, process.execPath, [script], { PATH, HOME, ...env });
    this.starts.push(child);
    child.start();
    return child;
  }

  /** What `handrail <command>` prints beside whatever runs here. */
  command(...args: string[]): Promise<string> {
    const script = path.join(this.folder, 'scripts', 'handrail.mjs');
    const { PATH = '', HOME = '' } = process.env;
    const options = { cwd: this.folder, env: { PATH, HOME }, timeout: 30_000 };
    return new Promise((resolve, reject) => {
      execFile(process.execPath, [script, ...args], options, (error, stdout) => {
        if (error === null) resolve(stdout.trim());
        else reject(new Error(`handrail ${args[0]} failed`, { cause: error }));
      });
    });
  }

  get notes(): DemoNotes {
    return JSON.parse(readFileSync(path.join(this.folder, '.handrail/demo.json'), 'utf8'));
  }

  async dropDatabase(): Promise<void> {
    await discardCluster(path.join(this.folder, '.handrail', 'pg'));
  }

  async discard(): Promise<void> {
    for (const child of this.starts) if (child.state !== 'ended') await child.term(30_000);
    await this.dropDatabase();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
