import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commands } from '../../../src/cli/commands.js';
import { helpText, usage } from '../../../src/cli/help.js';
import { root } from '../../support/database.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'handrail-commands-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** `handrail` without any configuration. */
function handrail(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { PATH: process.env['PATH'] ?? '' };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['dist/cli/main.js', ...args],
      { cwd: root, env },
      (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

describe('handrail', () => {
  it.each([[[]], [['help']], [['keys', '--help']]])('shows every command with %j', async (args) => {
    expect(await handrail(...args)).toEqual({ code: 0, out: `${helpText()}\n`, err: '' });
  });

  it('has a line for every command there is', () => {
    const named = Object.keys(usage).filter((how) => how !== 'help');
    const words = named.map((how) => how.split(' ').filter((word) => /^[a-z-]+$/.test(word)));
    const names = words.map((all) => all.filter((word) => !word.startsWith('--')).join(' '));
    expect(names.toSorted()).toEqual(Object.keys(commands).toSorted());
  });

  it('refuses a command that is none', async () => {
    const { code, err } = await handrail('frobnicate');
    expect(code).toBe(64);
    expect(err).toContain('There is no command frobnicate.');
  });
});

describe('verify-audit', () => {
  it('tells a log that cannot be checked from one that is broken', async () => {
    const broken = path.join(folder, 'broken.ndjson');
    const intact = path.join(folder, 'intact.ndjson');
    writeFileSync(broken, 'nothing that was exported\n');
    writeFileSync(intact, '');

    const missing = await handrail('verify-audit', path.join(folder, 'missing.ndjson'));
    expect(missing.code).toBe(2);
    expect(missing.err).toMatch(/^The audit log could not be checked: ENOENT/);
    expect((await handrail('verify-audit', broken)).code).toBe(1);
    expect((await handrail('verify-audit', intact)).code).toBe(0);
  });
});
