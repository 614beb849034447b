import type { OnCallReason } from '../../paging/rules/on-call/content.js';
import type { Outcome } from './answer-words.js';

/** What a page about time on call asks its reader for. */
type Asked = 'check_in' | 'stand_in' | 'alarm' | 'nothing';

export function onCallAsked(reason: OnCallReason): Asked {
  if (reason === 'check_in' || reason === 'stand_in') return reason;
  return reason === 'check_in_missed' || reason === 'coverage_gap' ? 'alarm' : 'nothing';
}

/** What became of an answer about time on call; `name` is that of the schedule. */
export function onCallAnswer(outcome: Outcome, asked: Asked, name: string): string {
  if (asked === 'nothing' || outcome === 'over') {
    return `${name}: this no longer waits for an answer. No action needed.`;
  }
  return said[asked][outcome](name);
}

type Say = (name: string) => string;

const said: Record<Exclude<Asked, 'nothing'>, Record<Exclude<Outcome, 'over'>, Say>> = {
  check_in: {
    taken: (name) => `you are checked in for ${name}. Thank you.`,
    already_yours: (name) => `you are checked in for ${name} already. Thank you.`,
    taken_by_other: (name) =>
      `your check-in for ${name} came too late: the backup has it. A supervisor can give it back.`,
    declined: (name) => `you cannot be on call for ${name}. The backup is being asked.`,
  },
  stand_in: {
    taken: (name) => `you stand in and are on call for ${name} now. Thank you.`,
    already_yours: (name) => `you stand in for ${name} already. Thank you.`,
    taken_by_other: (name) => `somebody else is on call for ${name} now. No action needed.`,
    declined: (name) => `you cannot stand in for ${name}. The next person is being asked.`,
  },
  alarm: {
    taken: (name) => `you have taken the alarm about ${name}. Sign in and see who is on call.`,
    already_yours: (name) => `the alarm about ${name} is yours already. Sign in and look.`,
    taken_by_other: (name) => `the alarm about ${name} was taken by another. No action needed.`,
    declined: (name) => `you passed on the alarm about ${name}. It goes on until it is taken.`,
  },
};
