import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Addresses, root } from './database.js';
import { fixedEnvironment } from './service/environment.js';

export interface Ended {
  code: number;
  /** Both outputs. */
  said: string;
}

type Environment = Record<string, string | undefined>;

/** Runs a program of ours until it ends, with this environment and no other. */
function run(args: string[], env: Environment, folder = root): Promise<Ended> {
  const options = { cwd: folder, env, timeout: 30_000 };
  return new Promise((resolve) => {
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : Number(error.code ?? -1);
      resolve({ code, said: `${stdout}${stderr}` });
    });
  });
}

/** What a process needs to work on this database. */
function environmentFor(database: Addresses): Environment {
  return {
    ...fixedEnvironment(),
    DATABASE_URL: database.appUrl,
    DATABASE_ADMIN_URL: database.adminUrl,
    PUBLIC_BASE_URL: 'http://localhost:1',
  };
}

/** `handrail <command>` on this database. */
export function handrail(database: Addresses, ...args: string[]): Promise<Ended> {
  return handrailWith({}, database, ...args);
}

/** The same with these variables changed. */
export function handrailWith(
  changed: Environment,
  database: Addresses,
  ...args: string[]
): Promise<Ended> {
  return run(['dist/cli/main.js', ...args], { ...environmentFor(database), ...changed });
}

/** The service itself, which is expected to be refused: it ends. */
export const startRefused = (changed: Environment, database: Addresses): Promise<Ended> =>
  run(['dist/main.js'], { ...environmentFor(database), ...changed });

/** `handrail apply` of what this file would say. */
export async function applyFile(database: Addresses, file: object | string): Promise<Ended> {
  const folder = mkdtempSync(path.join(tmpdir(), 'handrail-apply-'));
  const name = path.join(folder, 'program.yaml');
  writeFileSync(name, typeof file === 'string' ? file : JSON.stringify(file)); // JSON is YAML.
  try {
    return await handrail(database, 'apply', name);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
