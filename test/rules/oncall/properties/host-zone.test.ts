import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { shifts } from '../../../../src/oncall/rules/resolve.js';
import { anyNight } from './any-schedule.js';

const hostZones = [
  'UTC',
  'America/New_York',
  'Pacific/Apia',
  'Australia/Lord_Howe',
  'Africa/Cairo',
];
const nights = fc.sample(anyNight, { numRuns: 150, seed: 7 });

/** What the built resolver says in a process whose host is in another zone. */
const program = `
import { createHash } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { shifts } from './dist/oncall/rules/resolve.js';
const all = JSON.parse(await text(process.stdin)).map(
  ({ schedule, span }) => shifts(schedule, span.from, span.to));
const digest = createHash('sha256').update(JSON.stringify(all)).digest('hex');
console.log(JSON.stringify({ hour: new Date(0).getHours(), digest }));
`;

async function inZone(zone: string): Promise<{ hour: number; digest: string }> {
  const running = promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', program],
    { env: { ...process.env, TZ: zone, NODE_OPTIONS: '' } },
  );
  running.child.stdin?.end(JSON.stringify(nights));
  return JSON.parse((await running).stdout) as { hour: number; digest: string };
}

describe('the zone of the host', () => {
  it('is nothing to the resolver', async () => {
    const all = nights.map(({ schedule, span }) => shifts(schedule, span.from, span.to));
    const digest = createHash('sha256').update(JSON.stringify(all)).digest('hex');
    const found = await Promise.all(hostZones.map(inZone));
    expect(found.map((one) => one.digest)).toEqual(hostZones.map(() => digest));
    // Else the processes would not have been in other zones at all.
    expect(new Set(found.map(({ hour }) => hour)).size).toBeGreaterThan(3);
  });
});
