import { hashToken, newToken } from '../../platform/crypto/tokens.js';
import { newId } from '../../platform/ids.js';
import type { OutgoingAttempt } from '../channels/channel.js';
import type { PageAttemptRow } from '../page-attempt.row.js';
import type { PageRow } from '../page.row.js';
import type { LadderMove } from '../rules/ladder.js';
import { isAboutCase } from '../rules/page-content.js';

/** What is to be written before the provider hears of it, and the secret of its link. */
export interface NewAttempt {
  attempt: PageAttemptRow;
  linkToken: string;
}

/** Until `deadlineAt` the provider's own answer is waited for. */
export function newAttempt(
  now: Date,
  deadlineAt: Date,
  page: PageRow,
  move: Extract<LadderMove, { type: 'send' }>,
  before: PageAttemptRow[],
): NewAttempt {
  const linkToken = newToken(128);
  const attempt: PageAttemptRow = {
    id: newId(),
    pageId: page.id,
    staffId: page.staffId,
    contactMethodId: move.methodId,
    channel: move.channel,
    try: before.filter(({ channel }) => channel === move.channel).length + 1,
    epoch: page.leaseEpoch,
    nonce: newToken(128),
    linkTokenHash: hashToken(linkToken),
    causedBy: move.causedBy,
    state: 'started',
    rank: 0,
    providerSid: null,
    providerStatus: null,
    failure: null,
    startedAt: now,
    deadlineAt,
    settledAt: null,
    hangUpAt: null,
  };
  return { attempt, linkToken };
}

/** The attempt as its channel gets to see it; `to` is the clear address. */
export function outgoing(
  page: PageRow,
  { attempt, linkToken }: NewAttempt,
  to: string,
): OutgoingAttempt {
  const { nonce, channel, startedAt } = attempt;
  const since = isAboutCase(page.content) ? new Date(page.content.waitingSince) : page.queuedAt;
  const waitedMs = startedAt.getTime() - since.getTime();
  return {
    nonce,
    channel,
    try: attempt.try,
    to,
    content: page.content,
    waitingSeconds: Math.max(0, Math.floor(waitedMs / 1_000)),
    code: page.code,
    linkToken,
  };
}
