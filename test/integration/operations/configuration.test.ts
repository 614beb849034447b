import { describe, expect, it } from '@jest/globals';
import { ConfigProblems, loadConfig } from '../../../src/config.js';
import { fixedEnvironment, keyBytes } from '../../support/service/environment.js';

type Variables = Record<string, string | undefined>;

const secret = (name: string): string => keyBytes(name).toString('base64');
const fine: Variables = {
  ...fixedEnvironment(),
  DATABASE_URL: 'postgres://app@localhost/handrail',
};
const inProduction: Variables = {
  ...fine,
  HANDRAIL_MODE: undefined,
  PUBLIC_BASE_URL: 'https://handrail.example',
  TWILIO_FROM_NUMBERS: '+442079460958',
};

function problemsOf(variables: Variables): readonly string[] {
  try {
    loadConfig(variables);
    return [];
  } catch (error) {
    if (error instanceof ConfigProblems) return error.problems;
    throw error;
  }
}

const wrong: [name: string, values: string[], problem: RegExp][] = [
  ['DATABASE_URL', ['localhost', 'mysql://localhost/x', 'http://localhost'], /Invalid URL/],
  ['DATABASE_ADMIN_URL', ['handrail', 'redis://localhost'], /Invalid URL/],
  ['REDIS_URL', ['localhost:6379', 'http://localhost:6379'], /Invalid URL/],
  ['HANDRAIL_MODE', ['live'], /expected one of/],
  ['HANDRAIL_ROLE', ['boss', 'Worker'], /expected one of/],
  ['PORT', ['many', '-1', '65536', '80.5'], /./],
  ['PUBLIC_BASE_URL', ['handrail.example', 'ftp://handrail.example'], /Invalid URL/],
  ['PUBLIC_BASE_URL', [`https://${'a'.repeat(60)}.example`], /longer than 57/],
  ['HEARTBEAT_URL', ['ping me'], /Invalid URL/],
  ['METRICS_TOKEN', ['short'], /16/],
  [
    'HANDRAIL_ENCRYPTION_KEYS',
    ['k1', `k1:${secret('a').slice(4)}`, secret('a')],
    /entry 1 must be/,
  ],
  ['HANDRAIL_ENCRYPTION_KEYS', [`a:${secret('a')},a:${secret('b')}`], /entry 2 repeats the id a/],
  ['HANDRAIL_INDEX_KEY', ['x', `${secret('a')}=`], /base64 of 32 bytes/],
  ['TWILIO_ACCOUNT_SID', ['AC1', 'SK00000000000000000000000000000001'], /must be "AC"/],
  ['TWILIO_AUTH_TOKEN', [' , '], /./],
  ['TWILIO_API_KEY', ['AC00000000000000000000000000000001'], /must be "SK"/],
  ['TWILIO_FROM_NUMBERS', ['2025550100', '+1202555', '911', '+12025550100,12'], /E.164/],
  ['TWILIO_API_BASE_URL', ['localhost:4010'], /Invalid URL/],
];

describe('a variable', () => {
  it('that is right is no problem', () => {
    expect(problemsOf(fine)).toEqual([]);
    expect(problemsOf({ ...fine, REDIS_URL: 'rediss://localhost', PORT: '0' })).toEqual([]);
  });

  it.each(wrong)('%s that is wrong is named, and its value not repeated', (name, values, why) => {
    for (const value of values) {
      const problems = problemsOf({ ...fine, [name]: value });
      const own = problems.filter((problem) => problem.startsWith(`${name}: `));
      expect([value, own]).toEqual([value, [expect.stringMatching(why)]]);
      if (value.length > 4) expect(problems.join()).not.toContain(value);
    }
  });

  it.each([
    'DATABASE_URL',
    'HANDRAIL_ENCRYPTION_KEYS',
    'HANDRAIL_INDEX_KEY',
    'TWILIO_ACCOUNT_SID',
    'TWILIO_AUTH_TOKEN',
    'TWILIO_FROM_NUMBERS',
    'TWILIO_API_SECRET',
  ])('%s that is missing or empty is required', (name) => {
    for (const value of [undefined, '']) {
      expect(problemsOf({ ...fine, [name]: value })).toEqual([`${name}: is required`]);
    }
  });

  it.each([
    ['HANDRAIL_ROLE', 'boss'],
    ['HEARTBEAT_URL', 'ping me'],
  ])('%s that is wrong does not turn a demo into production', (name, value) => {
    expect(problemsOf({ ...fine, [name]: value })).toEqual([expect.stringMatching(`^${name}: `)]);
  });

  it('that is wrong hides nothing that production demands', () => {
    const problems = problemsOf({
      ...inProduction,
      HANDRAIL_MODE: 'production',
      HANDRAIL_ROLE: 'boss',
      DATABASE_URL: undefined,
      PUBLIC_BASE_URL: undefined,
    });
    expect(problems).toContain('PUBLIC_BASE_URL: is required in production');
  });

  it('for the index is none of the ring', () => {
    const HANDRAIL_INDEX_KEY = secret('sealing');
    expect(problemsOf({ ...fine, HANDRAIL_INDEX_KEY })).toEqual([
      'HANDRAIL_INDEX_KEY: must be none of HANDRAIL_ENCRYPTION_KEYS',
    ]);
  });
});

describe('production', () => {
  it('is what a database address means, and takes what is not of the demo', () => {
    expect(loadConfig(inProduction).mode).toBe('production');
    expect(loadConfig({ ...inProduction, HANDRAIL_MODE: 'demo' }).mode).toBe('demo');
  });

  it.each<[what: string, changed: Variables, problem: string]>([
    ['no address', { PUBLIC_BASE_URL: undefined }, 'PUBLIC_BASE_URL: is required in production'],
    [
      'an address anybody can read along',
      { PUBLIC_BASE_URL: 'http://handrail.example' },
      'PUBLIC_BASE_URL: must be an https address in production',
    ],
    [
      'the phone lab',
      { TWILIO_API_BASE_URL: 'http://localhost:4010' },
      'TWILIO_API_BASE_URL: is the phone lab or another simulator',
    ],
    [
      'the phone lab in whatever letters',
      { TWILIO_API_BASE_URL: 'HTTP://localhost:4010' },
      'TWILIO_API_BASE_URL: is the phone lab or another simulator',
    ],
    [
      'an invented number',
      { TWILIO_FROM_NUMBERS: '+442079460958, +12025550100' },
      'TWILIO_FROM_NUMBERS: holds an invented number of the demo',
    ],
    [
      'a key that the demo generated',
      { HANDRAIL_ENCRYPTION_KEYS: `k1:${secret('a')}, demo-1:${secret('b')}` },
      'HANDRAIL_ENCRYPTION_KEYS: holds a key that was generated for the demo',
    ],
  ])('refuses %s', (_what, changed, problem) => {
    expect(problemsOf({ ...inProduction, ...changed })).toEqual([problem]);
  });
});
