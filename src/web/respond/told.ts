import type { OnCallContent } from '../../paging/rules/on-call/content.js';
import type { PageContent } from '../../paging/rules/page-content.js';
import type { Outcome } from './respond.controller.js';

type Told = Record<Outcome, string>;

/** What came of an answer by link, for whoever gave it. */
export function told({ purpose, content }: { purpose: string; content: PageContent }): Told {
  if (!('ref' in content)) return toldOfOnCall(content);
  const what = purpose === 'alarm' ? 'alarm' : 'case';
  return {
    taken: `You have taken this ${what}. Sign in to see whom to call, and log the contact.`,
    already_yours: `This ${what} is already yours. Sign in to see whom to call.`,
    taken_by_other: `Another clinician has taken this ${what}. You need to do nothing.`,
    declined:
      what === 'alarm'
        ? 'You left this alarm to the others. It goes on until somebody takes it.'
        : 'You passed on this case. The next person is being paged.',
    over: `This ${what} no longer waits for an answer. You need to do nothing.`,
  };
}

export const titleOf = (content: PageContent): string =>
  'ref' in content ? `Case ${content.ref}` : content.schedule;

function toldOfOnCall({ reason }: OnCallContent): Told {
  const isCheckIn = reason === 'check_in' || reason === 'stand_in';
  return {
    over: 'This no longer waits for an answer. You need to do nothing.',
    ...(isCheckIn ? toldOfCheckIn : toldOfAlarm),
  };
}

const toldOfCheckIn = {
  taken: 'You are checked in. Thank you.',
  already_yours: 'You are checked in already. Thank you.',
  taken_by_other: 'The backup is on call now. A supervisor can give it back to you.',
  declined: 'You cannot be on call. The next person is being asked.',
};

const toldOfAlarm = {
  taken: 'You have taken this alarm. Sign in and see who is on call.',
  already_yours: 'This alarm is already yours. Sign in and see who is on call.',
  taken_by_other: 'Another supervisor has taken this alarm. You need to do nothing.',
  declined: 'You left this alarm to the others. It goes on until somebody takes it.',
};
