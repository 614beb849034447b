import type {
  AnsweringFacts,
  Asked,
  Choice,
} from '../../../../src/oncall/rules/answering/choose-people.js';
import { choosePeople } from '../../../../src/oncall/rules/answering/choose-people.js';
import type { Choosing } from '../../../../src/oncall/rules/answering/audience.js';
import type { Member } from '../../../../src/staff/rules/member.js';

/** A Wednesday, 19:30 in New York. */
export const evening = new Date('2026-03-11T23:30:00Z');
export const afternoon = new Date('2026-03-11T19:00:00Z');

/** Named by their key; a clinician who can be reached and speaks English. */
export const member = (key: string, fields: Partial<Member> = {}): Member => ({
  id: key,
  key,
  roles: ['clinician'],
  languages: ['en'],
  gender: null,
  credentials: [],
  disabled: false,
  reachable: true,
  passedTest: true,
  excluded: false,
  relationships: [],
  ...fields,
});

export const license = (until: string, ...states: string[]): Member['credentials'][number] => ({
  until: new Date(until),
  states,
});

/** `primary` is on call by a schedule of that name, whoever else there is. */
export const factsOf = (...members: Member[]): AnsweringFacts => ({
  zone: 'America/New_York',
  sessionHours: [{ weekdays: [1, 3, 5], from: '18:00', to: '21:00' }],
  members: new Map(members.map((one) => [one.id, one])),
  onCall: (schedule) => (schedule === 'primary' ? [{ id: 'primary', why: 'turn' }] : []),
});

export const choose = (
  step: Choosing,
  facts: AnsweringFacts,
  asked: Partial<Asked> = {},
  at = evening,
): Choice => choosePeople(step, facts, { needs: [], ...asked }, at);

export const idsOf = ({ people }: Choice): string[] => people.map(({ id }) => id);
