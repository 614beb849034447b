import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { hashToken } from '../../../src/platform/crypto/tokens.js';
import { type Addresses, type Content, root, runSql } from '../database.js';
import { fixedEnvironment } from './environment.js';

/** Whom a step pages, as in a program's file. */
type AudienceInFile = { schedule: string } | { person: string } | { role: string } | 'backstop';

export interface ProgramOptions {
  /** For every acuity; by default primary, backup, supervisors. */
  steps?: AudienceInFile[];
  /** Of every step; 60 by default. */
  waitSeconds?: number;
  roundAgainSeconds?: number;
  leaseSeconds?: number;
  /** More clinicians, on no schedule: `clinician-1` and so on. */
  moreClinicians?: number;
  /** Whoever goes on call has to answer a page at the beginning of the shift; by default not. */
  checkIn?: boolean;
}

export interface TestPerson {
  key: string;
  name: string;
  phone: string;
  /** A personal access token for the staff API. */
  token: string;
}

/** An invented program: `primary`, `backup`, `supervisor` and `backstop`, paged by text. */
export interface TestProgram {
  key: string;
  integrationKey: string;
  /** The number that participants text and call. */
  line: string;
  people: ReadonlyMap<string, TestPerson>;
  file: object;
}

const secretOf = (name: string): string =>
  createHash('sha256').update(`a secret of tests: ${name}`).digest('base64url');

export function aProgram(options: ProgramOptions = {}): TestProgram {
  const more = Array.from(
    { length: options.moreClinicians ?? 0 },
    (_, at) => `clinician-${at + 1}`,
  );
  const people = ['primary', 'backup', 'supervisor', 'backstop', ...more].map(aPerson);
  const integrationKey = secretOf('integration key');
  const line = '+12025550190';
  const key = 'harness';
  const program = {
    key,
    name: 'Harness Evening Program',
    country: 'US',
    region: 'NY',
    zone: 'America/New_York',
    language: 'en',
    lines: [line],
    integrationKeys: [{ name: 'harness', key: integrationKey }],
  };
  const file = {
    program,
    policy: policyOf(options),
    staff: people.map(inFile),
    schedules: ['primary', 'backup'].map((one) => scheduleOf(one, options.checkIn ?? false)),
  };
  const byKey = new Map(people.map((person) => [person.key, person]));
  return { key, integrationKey, line, people: byKey, file };
}

function aPerson(key: string, at: number): TestPerson {
  const phone = `+120255501${String(10 + at).padStart(2, '0')}`;
  return { key, name: `Zebulon ${key} Quillfeather`, phone, token: secretOf(`token of ${key}`) };
}

function inFile({ key, name, phone }: TestPerson): object {
  const role = key === 'supervisor' || key === 'backstop' ? key : 'clinician';
  const roles = role === 'supervisor' ? ['supervisor', 'clinician'] : [role];
  return { key, name, roles, contactMethods: [{ channel: 'sms', address: phone, verified: true }] };
}

function policyOf({
  steps,
  waitSeconds = 60,
  roundAgainSeconds = 60,
  leaseSeconds = 300,
}: ProgramOptions) {
  const audiences = steps ?? [
    { schedule: 'primary' },
    { schedule: 'backup' },
    { role: 'supervisor' },
  ];
  const acuity = {
    leaseSeconds,
    roundAgainSeconds,
    steps: audiences.map((audience) => ({ page: [audience], waitSeconds })),
  };
  const acuities = { EMERGENT: acuity, URGENT: acuity, PRIORITY: acuity, ROUTINE: acuity };
  return { lowAcuityNeeds: ['coaching'], acuities };
}

function scheduleOf(key: string, checkIn: boolean): object {
  const rotation = {
    zone: 'America/New_York',
    members: [key],
    handOff: { time: '09:00', weekday: 1 },
    every: 'week',
    startsOn: '2024-01-01',
    checkIn,
  };
  return { key, name: `${key} on call`, rotation };
}

/** The program as `handrail apply` leaves it, with a token for everybody. */
export function contentOf(program: TestProgram): Content {
  const description = JSON.stringify(program.file);
  const fingerprint = createHash('sha256').update(description).digest('hex').slice(0, 8);
  return {
    name: `program_${fingerprint}`,
    async fill(database) {
      await apply(database, description);
      for (const person of program.people.values()) await giveToken(database, person);
    },
  };
}

async function apply({ appUrl, adminUrl }: Addresses, description: string): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'handrail-program-'));
  const file = path.join(folder, 'program.yaml');
  writeFileSync(file, description); // JSON is YAML.
  const env = {
    ...fixedEnvironment(),
    DATABASE_URL: appUrl,
    DATABASE_ADMIN_URL: adminUrl,
    PUBLIC_BASE_URL: 'http://localhost:1',
  };
  try {
    await promisify(execFile)(process.execPath, ['dist/cli/main.js', 'apply', file], {
      cwd: root,
      env,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function giveToken({ appUrl }: Addresses, { key, token }: TestPerson): Promise<unknown> {
  return runSql(
    appUrl,
    `insert into access_tokens (id, staff_id, name, token_hash, created_at)
     select $1, id, 'test', $3, handrail_now() from staff where key = $2`,
    [randomUUID(), key, hashToken(token)],
  );
}
