import { describe, expect, it } from '@jest/globals';
import { ConfigProblems, loadConfig } from '../../src/config.js';
import { fixedEnvironment } from '../support/service/environment.js';

/** A demo beside a database of its own, as `npm start` runs it. */
const environment = {
  ...fixedEnvironment(),
  HANDRAIL_MODE: 'demo',
  DATABASE_URL: 'postgres://handrail_app@localhost/handrail',
};

function problemsWith(changed: Record<string, string>): string[] {
  try {
    loadConfig({ ...environment, ...changed });
    return [];
  } catch (error) {
    return [...(error as ConfigProblems).problems];
  }
}

describe('a wrong variable about what this process is', () => {
  it.each([
    ['HANDRAIL_ROLE', 'foo'],
    ['HEARTBEAT_URL', 'nowhere'],
    ['HANDRAIL_MODE', 'prod'],
  ])('%s is the only problem it makes', (name, wrong) => {
    expect(problemsWith({ [name]: wrong })).toEqual([expect.stringMatching(`^${name}: `)]);
  });

  it('hides nothing that production demands', () => {
    const problems = problemsWith({ HANDRAIL_MODE: 'production', HANDRAIL_ROLE: 'foo' });

    expect(problems).toEqual(
      expect.arrayContaining([
        expect.stringMatching('^HANDRAIL_ROLE: '),
        'PUBLIC_BASE_URL: is required in production',
      ]),
    );
  });
});
