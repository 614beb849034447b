import type { PageReason } from '../../paging/rules/page-text.js';

/** What a page only reminds of; null where it is there to be taken or passed. */
export const leftToDo: Readonly<Record<PageReason, string | null>> = {
  step: null,
  wider: null,
  asked_again: null,
  hand_over: null,
  hand_over_open: null,
  alarm: null,
  owner_asked_again:
    'You have this case. They asked again: please call them, then log the contact.',
  lease_warning:
    'You have this case, and nothing new is logged. Call them and log it, or it goes to others.',
  still_yours: 'Nobody has accepted the hand-over: this case is still yours. Sign in and look.',
  reminder: 'This case is still open. Sign in to see what is left to do.',
  unattended: 'This case is open and nobody has logged anything new. Sign in and look.',
};
