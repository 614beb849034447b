import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parsePolicy } from '../../../src/cases/rules/policy-schema.js';
import { countedAs, simulate, type World } from '../../../src/cases/rules/simulation/simulate.js';
import { timeToPeople } from '../../../src/cases/rules/simulation/time-to-people.js';
import { attemptsOf } from '../../../src/cases/rules/simulation/unanswered.js';
import type { Member } from '../../../src/staff/rules/member.js';

const at = Date.parse('2030-01-07T03:00:00Z');
const hour = 3_600_000;

function aMember(key: string, role: Member['roles'][number], more: Partial<Member> = {}): Member {
  return {
    id: key,
    key,
    roles: [role],
    languages: [],
    gender: null,
    credentials: [],
    disabled: false,
    reachable: true,
    passedTest: true,
    excluded: false,
    relationships: [],
    ...more,
  };
}

interface Step {
  page: unknown[];
  waitSeconds: number;
  prefer?: string[];
}

function aWorld(steps: Step[], members: Member[], quietHours?: object): World {
  const acuity = { steps, roundAgainSeconds: 60 };
  const routine = { ...acuity, ...(quietHours && { quietHours }) };
  const read = parsePolicy({
    zone: 'America/New_York',
    acuities: { EMERGENT: acuity, URGENT: acuity, PRIORITY: acuity, ROUTINE: routine },
    lowAcuityNeeds: ['coaching'],
  });
  if ('problems' in read) throw new Error(read.problems.join());
  const facts = {
    zone: 'America/New_York',
    sessionHours: [],
    members: new Map(members.map((one) => [one.id, one])),
    onCall: (key: string) => (key === 'primary' ? [{ id: 'maya', why: 'schedule primary' }] : []),
  };
  return { policy: read.policy, facts };
}

const maya = aMember('maya', 'clinician');
const priya = aMember('priya', 'supervisor');
const backstop = aMember('backline', 'backstop');
const urgent = { acuity: 'URGENT', need: null, at } as const;
const steps: Step[] = [
  { page: [{ schedule: 'primary' }], waitSeconds: 120 },
  { page: [{ role: 'supervisor' }], waitSeconds: 60 },
];
const after = ({ pages }: ReturnType<typeof simulate>) =>
  pages.map((page) => [page.person, (page.at - at) / 1000]);

describe('a simulated flag', () => {
  it('pages step by step, then the backstop with an alarm, then begins again', () => {
    const result = simulate(aWorld(steps, [maya, priya, backstop]), urgent, at + hour);
    expect(after(result)).toEqual([
      ['maya', 0],
      ['priya', 120],
      ['backline', 180],
    ]);
    expect(result.alarms).toEqual([{ at: at + 180_000, kind: 'exhausted' }]);
    expect(result.roundAgainAt).toBe(at + 240_000);
  });

  it('passes over a step that reaches nobody, and says so', () => {
    const lost = { ...maya, reachable: false };
    const result = simulate(aWorld(steps, [lost, priya, backstop]), urgent, at + hour);
    expect(after(result)).toEqual([
      ['priya', 0],
      ['backline', 60],
    ]);
    expect(result.skipped).toEqual([{ at, round: 0, step: 0 }]);
  });

  it('passes over a step that is not meant without a word', () => {
    const world = aWorld(
      [{ page: [{ person: 'maya', when: { needs: ['medication'] } }], waitSeconds: 90 }, ...steps],
      [maya, priya, backstop],
    );
    expect(simulate(world, urgent, at + hour).skipped).toEqual([]);
    expect(after(simulate(world, urgent, at + hour))[1]).toEqual(['priya', 120]);
    const medication = { ...urgent, need: 'medication' } as const;
    expect(after(simulate(world, medication, at + hour))[1]).toEqual(['maya', 90]);
  });

  it('of somebody who can wait waits until the morning', () => {
    const quiet = { from: '22:00', to: '07:00' };
    const world = aWorld(steps, [maya, priya, backstop], quiet);
    const routine = { acuity: 'ROUTINE', need: 'coaching', at } as const;
    const [first] = simulate(world, routine, at + 24 * hour).pages;
    expect(new Date(first!.at).toISOString()).toBe('2030-01-07T12:00:00.000Z');
    expect(after(simulate(world, { ...routine, need: 'medication' }, at + hour))[0]).toEqual([
      'maya',
      0,
    ]);
  });

  it('with nobody at all ends in an alarm at once', () => {
    const result = simulate(aWorld(steps, []), urgent, at + hour);
    expect(result.pages).toEqual([]);
    expect(result.alarms.map((alarm) => [alarm.at - at, alarm.kind])).toContainEqual([
      0,
      'nobody_reachable',
    ]);
  });

  it('is played no further than asked', () => {
    const result = simulate(aWorld(steps, [maya, priya, backstop]), urgent, at + 100_000);
    expect(after(result)).toEqual([['maya', 0]]);
    expect(result.roundAgainAt).toBeNull();
  });

  it('pages everybody at the sum of the waits before, whatever the policy', () => {
    const anyStep = fc.record({
      who: fc.constantFrom('maya', 'priya', 'gone'),
      waitSeconds: fc.integer({ min: 10, max: 900 }),
    });
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 1, maxLength: 8 }), (drawn) => {
        const policy = drawn.map(({ who, waitSeconds }) => ({
          page: [{ person: who }],
          waitSeconds,
        }));
        const result = simulate(aWorld(policy, [maya, priya, backstop]), urgent, at + 24 * hour);
        const expected: [string, number][] = [];
        let waited = 0;
        for (const { who, waitSeconds } of drawn) {
          if (who === 'gone') continue;
          expected.push([who, waited]);
          waited += waitSeconds;
        }
        expect(after(result)).toEqual([...expected, ['backline', waited]]);
        expect(result.skipped).toHaveLength(drawn.filter(({ who }) => who === 'gone').length);
      }),
    );
  });
});

describe('the time to people', () => {
  it('counts each person once, from the first page', () => {
    const world = aWorld([...steps, ...steps], [maya, priya, backstop]);
    const asked = { moments: [at, at + hour], people: 4, playedMs: 24 * hour };
    expect(timeToPeople(world, { acuity: 'URGENT', need: null }, asked)).toEqual([
      { at, seconds: [0, 120, 360, null] },
      { at: at + hour, seconds: [0, 120, 360, null] },
    ]);
  });
});

describe('somebody who does not react', () => {
  const methods = [
    { id: 'text', channel: 'sms', usable: true },
    { id: 'phone', channel: 'voice', usable: true },
  ] as const;

  it('is texted at once, called after 15 seconds and again after 45', () => {
    const attempts = attemptsOf([...methods], at, at + hour);
    expect(attempts.map((one) => [one.channel, (one.at - at) / 1000])).toEqual([
      ['sms', 0],
      ['voice', 15],
      ['voice', 45],
    ]);
  });

  it('is tried no longer than the simulation lasts, and not at all without a method', () => {
    expect(attemptsOf([...methods], at, at + 20_000)).toHaveLength(2);
    expect(attemptsOf([], at, at + hour)).toEqual([]);
  });
});

describe('a stated acuity', () => {
  const { policy } = aWorld(steps, [maya]);

  it.each([
    ['EMERGENT', null, 'EMERGENT'],
    ['URGENT', 'coaching', 'URGENT'],
    ['ROUTINE', 'coaching', 'ROUTINE'],
    ['PRIORITY', 'medication', 'URGENT'],
    ['ROUTINE', 'crisis', 'URGENT'],
    ['ROUTINE', null, 'URGENT'],
  ] as const)('%s about %s counts as %s', (stated, need, counted) => {
    expect(countedAs(policy, stated, need)).toBe(counted);
  });
});
