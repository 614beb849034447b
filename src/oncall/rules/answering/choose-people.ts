import type { Need } from '../../../programs/rules/needs.js';
import { type HardExclusion, type Member, whyNot } from '../../../staff/rules/member.js';
import type { Audience, Choosing, Preference, When } from './audience.js';
import { prefer, type Preferred } from './prefer.js';
import { isInSession, type SessionHours } from './session-hours.js';
import { satisfying, type Wishes } from './wishes.js';

export interface OnCallPerson {
  id: string;
  /** Names what makes this person the one to page: a turn on a schedule, a role, the policy. */
  why: string;
}

/** All that decides who answers in a program, at any instant. */
export interface AnsweringFacts {
  /** IANA zone of the program. */
  zone: string;
  sessionHours: readonly SessionHours[];
  /** By id, in the order of their keys. */
  members: ReadonlyMap<string, Member>;
  onCall: (scheduleKey: string, at: Date) => readonly OnCallPerson[];
}

/** About whom it is asked, and what for. */
export interface Asked {
  /** What the flags of the case are about; empty when none says. */
  needs: readonly Need[];
  /** Left out where no participant is known: then every preference counts as satisfied. */
  wishes?: Wishes | undefined;
  /** Ids of those who passed on it. */
  declined?: ReadonlySet<string> | undefined;
  /** `tested`: only ways to reach somebody count that did not fail their last test. */
  reach?: 'verified' | 'tested';
}

type LeftOutReason =
  HardExclusion | 'no_member' | 'declined' | 'unreachable' | 'test_failed' | 'not_preferred';

export interface Choice {
  /** Once each, in the order of the step. */
  people: OnCallPerson[];
  /** What of the step's preferences nobody satisfied, in the order it was given up. */
  dropped: Preference[];
  leftOut: { id: string; reason: LeftOutReason }[];
  /**
   * False: no audience of the step is meant for this need, hour and participant, so that nobody is
   * missing.
   */
  applies: boolean;
}

/** Whom a step pages at an instant: the one answer for pages, screens, coverage, simulations. */
export function choosePeople(
  step: Choosing,
  facts: AnsweringFacts,
  asked: Asked,
  at: Date,
): Choice {
  const meant = step.audiences.filter((audience) => isMeant(audience, facts, asked, at));
  const named = meant.map((audience) => namedBy(audience, facts, at));
  const once = new Map<string, OnCallPerson>();
  for (const person of named.flat()) if (!once.has(person.id)) once.set(person.id, person);

  const leftOut: Choice['leftOut'] = [];
  const eligible: Eligible[] = [];
  for (const person of once.values()) {
    const member = facts.members.get(person.id);
    const reason = member ? whyLeftOut(member, asked, at) : 'no_member';
    if (member && reason === null) eligible.push({ person, member });
    else if (reason !== null) leftOut.push({ id: person.id, reason });
  }
  const { chosen, dropped } = preferred(eligible, step, facts, asked, at);
  const isChosen = new Set(chosen);
  for (const one of eligible) {
    if (!isChosen.has(one)) leftOut.push({ id: one.person.id, reason: 'not_preferred' });
  }
  const isNobodys = (audience: Audience, place: number): boolean =>
    audience !== 'backstop' && 'relationship' in audience && named[place]?.length === 0;
  const applies = meant.some((audience, place) => !isNobodys(audience, place));
  return { people: chosen.map(({ person }) => person), dropped, leftOut, applies };
}

interface Eligible {
  person: OnCallPerson;
  member: Member;
}

/** A preference for which the participant has no value is satisfied by everybody. */
function preferred(
  eligible: readonly Eligible[],
  { prefer: stated = [] }: Choosing,
  { members }: AnsweringFacts,
  { wishes = {} }: Asked,
  at: Date,
): Preferred<Eligible> {
  if (stated.length === 0) return { chosen: [...eligible], dropped: [] };
  const tests = new Map<Preference, (member: Member) => boolean>();
  for (const preference of stated) {
    const test = satisfying(preference, wishes, members.values(), at);
    if (test !== null) tests.set(preference, test);
  }
  return prefer(
    eligible,
    [...tests.keys()],
    ({ member }, preference) => tests.get(preference)?.(member) === true,
  );
}

function isMeant(
  audience: Audience,
  facts: AnsweringFacts,
  { needs }: Pick<Asked, 'needs'>,
  at: Date,
): boolean {
  const when: When = (audience !== 'backstop' && audience.when) || {};
  if (when.needs !== undefined && !when.needs.some((need) => needs.includes(need))) return false;
  return when.hours === undefined || isInSession(at, facts.zone, facts.sessionHours);
}

function namedBy(audience: Audience, facts: AnsweringFacts, at: Date): readonly OnCallPerson[] {
  const all = (is: (member: Member) => boolean, why: string): OnCallPerson[] => {
    const found: OnCallPerson[] = [];
    for (const one of facts.members.values()) if (is(one)) found.push({ id: one.id, why });
    return found;
  };
  if (audience === 'backstop') return all(holds('backstop'), 'role backstop');
  if ('schedule' in audience) return facts.onCall(audience.schedule, at);
  if ('role' in audience) return all(holds(audience.role), `role ${audience.role}`);
  if ('person' in audience) {
    const { person } = audience;
    return all(({ key }) => key === person, `person ${person}, named by the policy`);
  }
  const { relationship } = audience;
  const why = `${relationship.replaceAll('_', ' ')} of the participant`;
  return all((member) => member.relationships.includes(relationship), why);
}

const holds =
  (role: Member['roles'][number]) =>
  ({ roles }: Member): boolean =>
    roles.includes(role);

function whyLeftOut(
  member: Member,
  { declined, reach }: Asked,
  at: Date,
): Choice['leftOut'][number]['reason'] | null {
  const never = whyNot(member, at);
  if (never !== null) return never;
  if (declined?.has(member.id)) return 'declined';
  if (!member.reachable) return 'unreachable';
  return reach === 'tested' && !member.passedTest ? 'test_failed' : null;
}
