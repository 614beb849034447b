import type { Choosing } from '../../../../src/oncall/rules/answering/audience.js';
import {
  type Acceptance,
  coverageOf,
  type CoverageAsked,
} from '../../../../src/oncall/rules/coverage.js';
import type { Interval, OnCallMember } from '../../../../src/oncall/rules/schedule.js';
import type { Segment } from '../../../../src/oncall/rules/timeline.js';
import type { Member } from '../../../../src/staff/rules/member.js';

const minuteMs = 60_000;

/** Minutes since 1970, to keep the tables short. */
export const minutes = (from: number, to: number): Interval => ({
  from: from * minuteMs,
  to: to * minuteMs,
});

export const at = (minute: number): Date => new Date(minute * minuteMs);

/** A clinician who can be reached, unless the test says otherwise. */
export function aMember(id: string, different: Partial<Member> = {}): Member {
  return {
    id,
    key: id,
    roles: ['clinician'],
    languages: [],
    gender: null,
    credentials: [],
    disabled: false,
    reachable: true,
    passedTest: true,
    excluded: false,
    relationships: [],
    ...different,
  };
}

export function aSegment(from: number, to: number, people: readonly string[]): Segment {
  const why = { kind: 'layer', name: 'one', turn: null } as const;
  const onCall = people.map((member): OnCallMember => ({ member, why }));
  return { ...minutes(from, to), people: onCall };
}

export const accepted = (
  from: number,
  to: number,
  different: Partial<Acceptance> = {},
): Acceptance & Interval => ({
  ...minutes(from, to),
  by: 'sam',
  reason: 'The group runs then.',
  everyWeek: false,
  ...different,
});

export interface House {
  members?: Member[];
  schedules?: Record<string, Segment[]>;
  accepted?: Record<string, (Acceptance & Interval)[]>;
  policies?: Choosing[][];
  span?: Interval;
}

/** Of the minutes 0 to 100, of schedules that a first step pages. */
export function coverageIn(house: House) {
  const { members = [], schedules = {}, span = minutes(0, 100) } = house;
  const paged = Object.keys(schedules).map((schedule) => ({ schedule }));
  const asked: CoverageAsked = {
    span,
    facts: {
      zone: 'America/New_York',
      sessionHours: [],
      members: new Map(members.map((member) => [member.id, member])),
    },
    schedules: Object.entries(schedules).map(([key, segments]) => ({
      id: `id of ${key}`,
      key,
      segments,
      accepted: house.accepted?.[key] ?? [],
    })),
    policies: house.policies ?? [[{ audiences: paged }]],
  };
  return coverageOf(asked);
}
