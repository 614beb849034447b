import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { type Ended, handrailWith, startRefused } from '../../support/handrail.js';
import { labAccount } from '../../support/phone-lab.js';
import { keyBytes } from '../../support/service/environment.js';
import { aProgram, contentOf } from '../../support/service/program.js';

const misconfigured = 78;

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await createTestDatabase({ content: contentOf(aProgram()) });
  folder = mkdtempSync(path.join(tmpdir(), 'handrail-config-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await database.drop();
});

function aFile(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** The names of what is wrong, in the order printed, below a line that counts them. */
function namedIn({ said }: Ended): string[] {
  const [count, ...problems] = said.split('\n').filter((line) => line !== '' && line[0] !== '{');
  expect(count).toBe(`The configuration has ${problems.length} problem(s).`);
  return problems.map((line) => line.slice(0, line.indexOf(': ')));
}

const allWrong = {
  DATABASE_URL: undefined,
  HANDRAIL_ENCRYPTION_KEYS: 'k1:c2hvcnQ=',
  HANDRAIL_INDEX_KEY: undefined,
  METRICS_TOKEN: 'short',
  PORT: 'many',
  PUBLIC_BASE_URL: 'handrail.example',
  REDIS_URL: 'http://localhost:6379',
  TWILIO_ACCOUNT_SID: 'AC1',
  TWILIO_FROM_NUMBERS: '555',
};
const names = Object.keys(allWrong);

describe('a start with a wrong configuration', () => {
  it('lists everything that is wrong at once and ends with 78', async () => {
    const ended = await startRefused(allWrong, database);

    expect(ended.code).toBe(misconfigured);
    expect(namedIn(ended)).toEqual(names);
    expect(ended.said).not.toContain('c2hvcnQ=');
  });

  it('of a command does the same', async () => {
    const ended = await handrailWith(allWrong, database, 'doctor');

    expect(ended.code).toBe(misconfigured);
    expect(namedIn(ended)).toEqual(names);
  });

  it('in production names everything that belongs to the demo', async () => {
    const ended = await startRefused(
      {
        HANDRAIL_MODE: 'production',
        PUBLIC_BASE_URL: undefined,
        HANDRAIL_ENCRYPTION_KEYS: `demo-1:${keyBytes('sealing').toString('base64')}`,
        TWILIO_API_BASE_URL: 'http://localhost:4010',
      },
      database,
    );

    expect(ended.code).toBe(misconfigured);
    expect(namedIn(ended)).toEqual([
      'HANDRAIL_ENCRYPTION_KEYS',
      'PUBLIC_BASE_URL',
      'TWILIO_API_BASE_URL',
      'TWILIO_FROM_NUMBERS',
    ]);
  });

  it('in production names the program that may not be relied on', async () => {
    const ended = await startRefused(
      {
        HANDRAIL_MODE: 'production',
        PUBLIC_BASE_URL: 'https://handrail.example',
        TWILIO_FROM_NUMBERS: '+442079460958',
        PORT: '0',
      },
      database,
    );

    expect(ended.code).toBe(misconfigured);
    expect(ended.said).toContain('program harness: has not passed its go-live gate');
    expect(ended.said).toContain('program harness: +12025550190 is an invented number');
    expect(ended.said).toContain('resources: US: no approved emergency number');
    expect(ended.said).not.toContain(' answers at ');
  });
});

describe('a secret in a file', () => {
  it('is read without the end of its line', async () => {
    const keys = `test-1:${keyBytes('sealing').toString('base64')}`;
    const { code, said } = await handrailWith(
      {
        DATABASE_URL: undefined,
        DATABASE_URL_FILE: aFile('url', `${database.appUrl}\n`),
        HANDRAIL_ENCRYPTION_KEYS: '',
        HANDRAIL_ENCRYPTION_KEYS_FILE: aFile('keys', `${keys}\r\n`),
        TWILIO_AUTH_TOKEN: undefined,
        TWILIO_AUTH_TOKEN_FILE: aFile('token', labAccount.authToken),
      },
      database,
      'doctor',
    );

    expect(said).toContain('Configuration (demo) is valid.');
    expect(code).toBe(0);
  });

  it('is refused beside the same variable, and when it cannot be read, and when it is wrong', async () => {
    const ended = await startRefused(
      {
        DATABASE_URL_FILE: aFile('second', database.appUrl),
        HANDRAIL_INDEX_KEY: undefined,
        HANDRAIL_INDEX_KEY_FILE: path.join(folder, 'nowhere'),
        TWILIO_FROM_NUMBERS: undefined,
        TWILIO_FROM_NUMBERS_FILE: aFile('numbers', '911'),
      },
      database,
    );

    expect(ended.code).toBe(misconfigured);
    expect(ended.said).toContain('DATABASE_URL: is set twice, also by DATABASE_URL_FILE');
    expect(ended.said).toContain('HANDRAIL_INDEX_KEY_FILE: cannot be read');
    expect(ended.said).toContain('TWILIO_FROM_NUMBERS: must be E.164 numbers');
    expect(ended.said).not.toContain(database.appUrl);
  });
});
