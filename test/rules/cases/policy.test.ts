import { describe, expect, it } from '@jest/globals';
import { higherAcuity, pagePriority } from '../../../src/cases/rules/policy.js';
import { parsePolicy } from '../../../src/cases/rules/policy-schema.js';

const step = { page: [{ schedule: 'primary' }], waitSeconds: 120 };
const each = { steps: [step] };

const written = (changes: Record<string, unknown> = {}, acuity = 'EMERGENT'): unknown => ({
  zone: 'America/New_York',
  acuities: {
    EMERGENT: each,
    URGENT: each,
    PRIORITY: each,
    ROUTINE: each,
    [acuity]: { ...each, ...changes },
  },
});

const problemsOf = (input: unknown): string[] => {
  const parsed = parsePolicy(input);
  return 'problems' in parsed ? parsed.problems : [];
};

describe('a policy as operators write it', () => {
  it('is completed with the usual times', () => {
    expect(parsePolicy(written())).toEqual({
      policy: {
        version: 1,
        zone: 'America/New_York',
        acuities: {
          EMERGENT: usual(300),
          URGENT: usual(600),
          PRIORITY: usual(1800),
          ROUTINE: usual(14_400),
        },
        lowAcuityNeeds: [],
        reminders: { inContactSeconds: 1800, disposedSeconds: 86_400, followUpSeconds: 86_400 },
      },
    });
  });

  it('keeps what is stated', () => {
    const input = {
      ...(written({ quietHours: { from: '22:00', to: '07:00' } }, 'ROUTINE') as object),
      version: 7,
      lowAcuityNeeds: ['coaching', 'session'],
      reminders: { inContactSeconds: 900 },
    };
    expect(parsePolicy(input)).toMatchObject({
      policy: {
        version: 7,
        acuities: { ROUTINE: { quietHours: { from: '22:00', to: '07:00' } } },
        lowAcuityNeeds: ['coaching', 'session'],
        reminders: { inContactSeconds: 900, disposedSeconds: 86_400 },
      },
    });
  });

  it('may page schedules, persons, roles and the backstop', () => {
    const page = [
      { schedule: 'primary' },
      { person: 'morgan' },
      { role: 'supervisor' },
      'backstop',
    ];
    const parsed = parsePolicy(written({ steps: [{ page, waitSeconds: 10 }] }));
    expect(parsed).toMatchObject({
      policy: { acuities: { EMERGENT: { steps: [{ audiences: page }] } } },
    });
  });

  it('may page by relationship, need and hour, and prefer some to others', () => {
    const steps = [
      { page: [{ relationship: 'prescriber', when: { needs: ['medication'] } }], waitSeconds: 60 },
      { page: [{ role: 'clinician', when: { hours: 'session' } }], waitSeconds: 60 },
      { ...step, prefer: ['licenseState', 'language'] },
    ];
    const sessionHours = [{ weekdays: [1, 3], from: '18:00', to: '00:30' }];
    const parsed = parsePolicy({ ...(written({ steps }) as object), sessionHours });
    const read = steps.map(({ page, ...rest }) => ({ audiences: page, ...rest }));
    expect(parsed).toMatchObject({
      policy: { sessionHours, acuities: { EMERGENT: { steps: read } } },
    });
  });

  it.each<[string, unknown, RegExp]>([
    [
      'with steps that may all be meant for others',
      written({ steps: [{ ...step, page: [{ relationship: 'prescriber' }] }] }),
      /^policy\.acuities\.EMERGENT\.steps: needs a step that pages somebody whatever/,
    ],
    [
      'with a condition that says nothing',
      written({ steps: [{ ...step, page: [{ schedule: 'primary', when: {} }] }] }),
      /page\.0\.when: says nothing/,
    ],
    [
      'with a need that is none',
      written({ steps: [{ ...step, page: [{ schedule: 'a', when: { needs: ['sleep'] } }] }] }),
      /page\.0: is none of/,
    ],
    [
      'with a relationship that is none',
      written({ steps: [{ ...step, page: [{ relationship: 'friend' }] }] }),
      /page\.0: is none of/,
    ],
    [
      'with a preference that is none',
      written({ steps: [{ ...step, prefer: ['age'] }] }),
      /prefer/,
    ],
    [
      'with a preference twice',
      written({ steps: [{ ...step, prefer: ['gender', 'gender'] }] }),
      /prefer: names one of them twice/,
    ],
    [
      'with a step in session hours that it does not name',
      written({
        steps: [step, { ...step, page: [{ schedule: 'a', when: { hours: 'session' } }] }],
      }),
      /^policy\.sessionHours: is not given/,
    ],
    [
      'with session hours that never end',
      {
        ...(written() as object),
        sessionHours: [{ weekdays: [1], from: '18:00', to: '18:00' }],
      },
      /^policy\.sessionHours\.0: begin and end/,
    ],
    [
      'without steps',
      written({ steps: [] }),
      /^policy\.acuities\.EMERGENT\.steps: needs at least one/,
    ],
    ['with a step for nobody', written({ steps: [{ ...step, page: [] }] }), /page: pages nobody/],
    [
      'with an unknown audience',
      written({ steps: [{ ...step, page: [{ team: 'a' }] }] }),
      /none of/,
    ],
    ['that waits too short', written({ steps: [{ ...step, waitSeconds: 9 }] }), /waitSeconds/],
    ['that waits too long', written({ steps: [{ ...step, waitSeconds: 901 }] }, 'URGENT'), /900/],
    ['that rests too long at the backstop', written({ roundAgainSeconds: 301 }), /roundAgain/],
    ['with a lease of an hour', written({ leaseSeconds: 3600 }), /leaseSeconds/],
    ['with quiet hours for URGENT', written({ quietHours: {} }, 'URGENT'), /quietHours/],
    [
      'with quiet hours all day',
      written({ quietHours: { from: '07:00', to: '07:00' } }, 'ROUTINE'),
      /ROUTINE\.quietHours: begin and end/,
    ],
    [
      'with a time that is none',
      written({ quietHours: { from: '24:00', to: '07:00' } }, 'ROUTINE'),
      /quietHours\.from: is not a time/,
    ],
    [
      'in an unknown zone',
      { ...(written() as object), zone: 'Mars/Olympus' },
      /^policy\.zone: is not/,
    ],
    ['in an offset', { ...(written() as object), zone: '+02:00' }, /^policy\.zone: is not/],
    ['where a crisis can wait', { ...(written() as object), lowAcuityNeeds: ['crisis'] }, /wait/],
    ['with an unknown field', { ...(written() as object), colour: 'red' }, /^policy: .*colour/],
    ['that is no object', null, /^policy: /],
    ['with an acuity missing', { zone: 'UTC', acuities: { EMERGENT: each } }, /URGENT/],
  ])('is refused %s', (_, input, problem) => {
    expect(problemsOf(input).join('\n')).toMatch(problem);
  });

  it('is told every problem at once', () => {
    const input = { ...(written({ steps: [] }) as object), zone: 'nowhere' };
    expect(problemsOf(input)).toHaveLength(2);
  });

  it('may wait longer where nobody is in danger', () => {
    const patient = { steps: [{ ...step, waitSeconds: 3600 }] };
    expect(problemsOf(written(patient, 'PRIORITY'))).toEqual([]);
    expect(problemsOf(written(patient, 'EMERGENT'))).not.toEqual([]);
  });
});

describe('acuities', () => {
  it('are paged in their order', () => {
    const order = (['EMERGENT', 'URGENT', 'PRIORITY', 'ROUTINE'] as const).map(pagePriority);
    expect(order).toEqual([1, 2, 3, 4]);
    expect(higherAcuity('ROUTINE', 'URGENT')).toBe('URGENT');
    expect(higherAcuity('EMERGENT', 'URGENT')).toBe('EMERGENT');
  });
});

function usual(leaseSeconds: number) {
  const steps = [{ audiences: [{ schedule: 'primary' }], waitSeconds: 120 }];
  return { steps, roundAgainSeconds: 120, leaseSeconds };
}
