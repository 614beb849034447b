import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, root, runSql, type TestDatabase } from '../../support/database.js';
import { freePort } from '../../support/service/child.js';
import { aProgram, contentOf, type TestProgram } from '../../support/service/program.js';

const folder = mkdtempSync(path.join(tmpdir(), 'handrail-production-'));
const file = path.join(folder, 'program.yaml');
const program: TestProgram = aProgram();

let empty: TestDatabase;
let filled: TestDatabase;

beforeAll(async () => {
  writeFileSync(file, JSON.stringify(program.file));
  empty = await createTestDatabase();
  filled = await createTestDatabase({ content: contentOf(program) });
});

afterAll(async () => {
  await Promise.all([empty.drop(), filled.drop()]);
  rmSync(folder, { recursive: true });
});

interface Ended {
  code: number;
  said: string;
}

const aKey = (): string => randomBytes(32).toString('base64');

async function run(args: string[], database: TestDatabase): Promise<Ended> {
  const env = {
    PATH: process.env['PATH'] ?? '',
    PORT: String(await freePort()),
    HANDRAIL_MODE: 'production',
    DATABASE_URL: database.appUrl,
    PUBLIC_BASE_URL: 'https://handrail.example.org',
    HANDRAIL_ENCRYPTION_KEYS: `first:${aKey()}`,
    HANDRAIL_INDEX_KEY: aKey(),
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: 'auth-token',
    TWILIO_FROM_NUMBERS: '+442079460123',
  };
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: root, env, timeout: 60_000 }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), said: out + err });
    });
  });
}

const count = async ({ superuserUrl }: TestDatabase, table: string): Promise<number> => {
  const [row] = await runSql<{ n: number }>(
    superuserUrl,
    `select count(*)::int as n from ${table}`,
  );
  return row!.n;
};

describe('a program that has not passed its go-live gate, in production', () => {
  it('is refused by apply, which changes nothing', async () => {
    const { code, said } = await run(['dist/cli/main.js', 'apply', file], empty);

    expect(code).toBe(64);
    expect(said).toContain('nothing was changed');
    expect(said).toContain('has not passed its go-live gate');
    for (const table of ['programs', 'staff', 'schedules', 'policies', 'audit.audit_events']) {
      expect({ table, rows: await count(empty, table) }).toEqual({ table, rows: 0 });
    }
  });

  it('keeps the service from starting', async () => {
    const { code, said } = await run(['dist/main.js'], filled);

    expect(code).toBe(78);
    expect(said).toContain('has not passed its go-live gate');
  });
});
