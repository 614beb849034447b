import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Audience } from '../../../../src/oncall/rules/answering/audience.js';
import type { Member } from '../../../../src/staff/rules/member.js';
import { afternoon, choose, evening, factsOf, idsOf, license, member } from './facts.js';

const primary: Audience = { schedule: 'primary' };
const everybody: Audience = { role: 'clinician' };
const therapistInSession: Audience = {
  relationship: 'primary_therapist',
  when: { hours: 'session' },
};
const prescriber: Audience = { relationship: 'prescriber', when: { needs: ['medication'] } };

const staff = [
  member('backstop', { roles: ['backstop'] }),
  member('maya', { relationships: ['primary_therapist'] }),
  member('primary'),
  member('priya', { roles: ['supervisor', 'clinician'], relationships: ['prescriber'] }),
];
const facts = factsOf(...staff);

describe('people are chosen', () => {
  it.each<[by: string, audience: Audience, people: object[]]>([
    ['a schedule', primary, [{ id: 'primary', why: 'turn' }]],
    ['a schedule that is none', { schedule: 'night' }, []],
    ['a role', { role: 'supervisor' }, [{ id: 'priya', why: 'role supervisor' }]],
    ['their key', { person: 'maya' }, [{ id: 'maya', why: 'person maya, named by the policy' }]],
    ['a key that is none', { person: 'nobody' }, []],
    ['the backstop', 'backstop', [{ id: 'backstop', why: 'role backstop' }]],
    [
      'a relationship',
      { relationship: 'primary_therapist' },
      [{ id: 'maya', why: 'primary therapist of the participant' }],
    ],
  ])('by %s', (_by, audience, people) => {
    expect(choose({ audiences: [audience] }, facts).people).toEqual(people);
  });

  it('once each, in the order of the step, by the first reason', () => {
    const { people } = choose({ audiences: [primary, everybody] }, facts);
    expect(people).toEqual([
      { id: 'primary', why: 'turn' },
      { id: 'maya', why: 'role clinician' },
      { id: 'priya', why: 'role clinician' },
    ]);
  });

  it.each<
    [when: string, audience: Audience, needs: ('medication' | 'coaching')[], at: Date, number]
  >([
    ['the flag is about medication', prescriber, ['coaching', 'medication'], afternoon, 1],
    ['it is about something else', prescriber, ['coaching'], afternoon, 0],
    ['it says no need', prescriber, [], afternoon, 0],
    ['groups meet', therapistInSession, [], evening, 1],
    ['they do not', therapistInSession, [], afternoon, 0],
    [
      'both are asked for and one holds',
      { role: 'supervisor', when: { needs: ['medication'], hours: 'session' } },
      ['medication'],
      afternoon,
      0,
    ],
    [
      'both are asked for and hold',
      { role: 'supervisor', when: { needs: ['medication'], hours: 'session' } },
      ['medication'],
      evening,
      1,
    ],
  ])('as far as it is meant when %s', (_when, audience, needs, at, count) => {
    const choice = choose({ audiences: [audience] }, facts, { needs }, at);
    expect(choice.people).toHaveLength(count);
    expect(choice.applies).toBe(count > 0);
  });

  it('and a step misses people only when somebody was meant', () => {
    const applies = (audiences: Audience[], members: Member[] = staff) =>
      choose({ audiences }, factsOf(...members), {}, afternoon).applies;

    expect(applies([prescriber, therapistInSession])).toBe(false);
    expect(applies([{ relationship: 'group_facilitator' }])).toBe(false);
    expect(applies([{ relationship: 'primary_therapist' }], [])).toBe(false);
    expect(applies([prescriber, { schedule: 'night' }])).toBe(true);
    const maya = member('maya', { relationships: ['primary_therapist'], reachable: false });
    expect(applies([{ relationship: 'primary_therapist' }], [maya])).toBe(true);
  });
});

describe('people are left out', () => {
  const expired = license('2026-03-11T23:30:00Z', 'NY');
  const valid = license('2026-03-11T23:30:00.001Z', 'NJ');

  it.each<[why: string, fields: Partial<Member>, reason: string]>([
    ['whose account is disabled', { disabled: true }, 'disabled'],
    ['who may work no cases', { roles: ['admin'] }, 'no_role'],
    ['who are kin, or in a conflict of interest', { excluded: true }, 'excluded'],
    ['whose every credential has expired', { credentials: [expired] }, 'credential_expired'],
    ['who have no way to be reached', { reachable: false }, 'unreachable'],
  ])('%s', (_why, fields, reason) => {
    const choice = choose({ audiences: [primary] }, factsOf(member('primary', fields)));
    expect(choice).toMatchObject({ people: [], leftOut: [{ id: 'primary', reason }] });
    expect(choice.applies).toBe(true);
  });

  it('from the very instant at which their last credential expires, and not before', () => {
    const both = factsOf(member('primary', { credentials: [expired, valid] }));
    const later = new Date(evening.getTime() + 1);
    expect(idsOf(choose({ audiences: [primary] }, both))).toEqual(['primary']);
    expect(idsOf(choose({ audiences: [primary] }, both, {}, later))).toEqual([]);
  });

  it('who passed, and who do not work for the program any more', () => {
    const asked = { declined: new Set(['maya']) };
    const { leftOut } = choose({ audiences: [{ person: 'maya' }] }, facts, asked);
    expect(leftOut).toEqual([{ id: 'maya', reason: 'declined' }]);
    expect(choose({ audiences: [primary] }, factsOf()).leftOut).toEqual([
      { id: 'primary', reason: 'no_member' },
    ]);
  });

  it('whose phone failed its last test, where that is asked for', () => {
    const failed = factsOf(member('primary', { passedTest: false }));
    expect(idsOf(choose({ audiences: [primary] }, failed))).toEqual(['primary']);
    expect(choose({ audiences: [primary] }, failed, { reach: 'tested' }).leftOut).toEqual([
      { id: 'primary', reason: 'test_failed' },
    ]);
  });

  it('who suit the participant less', () => {
    const some = factsOf(
      member('ana', { languages: ['es-MX', 'en'], gender: 'female' }),
      member('ben', { languages: ['en'], gender: 'male' }),
    );
    const step = { audiences: [everybody], prefer: ['language', 'gender'] as const };
    const choice = choose(step, some, { wishes: { language: 'es', prefersGender: 'female' } });
    expect(idsOf(choice)).toEqual(['ana']);
    expect(choice.leftOut).toEqual([{ id: 'ben', reason: 'not_preferred' }]);
  });
});

describe('what somebody would rather', () => {
  const some = factsOf(
    member('ana', { credentials: [license('2030-01-01T05:00:00Z', 'NY')] }),
    member('ben', { relationships: ['group_facilitator'], languages: ['es'] }),
  );
  const dropped = (
    prefer: 'relationship' | 'gender' | 'language' | 'licenseState',
    wishes: object,
    members = some,
  ) => {
    const choice = choose({ audiences: [everybody], prefer: [prefer] }, members, { wishes });
    return [idsOf(choice), choice.dropped];
  };

  it('counts as satisfied where they have no value for it', () => {
    for (const prefer of ['gender', 'language', 'licenseState'] as const) {
      expect(dropped(prefer, {})).toEqual([['ana', 'ben'], []]);
    }
    expect(dropped('relationship', {}, factsOf(member('ana')))).toEqual([['ana'], []]);
  });

  it('is not said to be given up where they have no value for it', () => {
    const step = {
      audiences: [everybody],
      prefer: ['relationship', 'gender', 'language'] as const,
    };
    const choice = choose(step, factsOf(member('ana')), { wishes: { language: 'fr' } });
    expect(choice).toMatchObject({ people: [{ id: 'ana' }], dropped: ['language'] });
  });

  it('is given up where nobody has it', () => {
    expect(dropped('gender', { prefersGender: 'female' })).toEqual([['ana', 'ben'], ['gender']]);
    expect(dropped('language', { language: 'fr' })).toEqual([['ana', 'ben'], ['language']]);
    expect(dropped('licenseState', { regions: ['KS'] })).toEqual([
      ['ana', 'ben'],
      ['licenseState'],
    ]);
  });

  it('is a tie, a language in any of its forms, a license that is valid there', () => {
    expect(dropped('relationship', {})).toEqual([['ben'], []]);
    expect(dropped('language', { language: 'es-419' })).toEqual([['ben'], []]);
    expect(dropped('licenseState', { regions: ['NY', 'US-NY'] })).toEqual([['ana'], []]);
  });
});

describe('whoever may never answer', () => {
  const anyMember = fc.record({
    roles: fc.subarray(['clinician', 'admin', 'backstop'] as const),
    disabled: fc.boolean(),
    excluded: fc.boolean(),
    reachable: fc.boolean(),
    languages: fc.subarray(['en', 'es']),
    relationships: fc.subarray(['prescriber'] as const),
    credentials: fc.array(
      fc.constantFrom(license('2026-01-01T00:00:00Z', 'NY'), license('2027-01-01T00:00:00Z', 'NY')),
      { maxLength: 2 },
    ),
  });
  const isHardlyOut = (one: Member): boolean =>
    one.disabled ||
    one.excluded ||
    !one.reachable ||
    one.roles.every((role) => role === 'admin') ||
    (one.credentials.length > 0 && one.credentials.every(({ until }) => until <= evening));

  it('does not come back, whatever is preferred; and somebody answers if anybody may', () => {
    fc.assert(
      fc.property(
        fc.array(anyMember, { maxLength: 5 }),
        fc.subarray(['relationship', 'language', 'licenseState'] as const),
        (fields, prefer) => {
          const members = fields.map((each, at) => member(`m${at}`, each));
          const audiences: Audience[] = [everybody, 'backstop'];
          const wishes = { language: 'es', regions: ['NY'] };
          const ids = idsOf(choose({ audiences, prefer }, factsOf(...members), { wishes }));
          const may = members.filter((one) => !isHardlyOut(one)).map(({ id }) => id);
          expect(may).toEqual(expect.arrayContaining(ids));
          expect(ids.length > 0).toBe(may.length > 0);
        },
      ),
    );
  });
});
