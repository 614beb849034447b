import type { LadderAttempt, LadderChannel, LadderMethod } from '../../../paging/rules/attempts.js';
import { ladderTiming, nextAttempt } from '../../../paging/rules/ladder.js';

export interface SimulatedAttempt {
  /** Milliseconds since 1970. */
  at: number;
  channel: LadderChannel;
}

/** How long a phone rings before it counts as not answered. */
const ringingMs = 20_000;
const attemptsMax = 20;

/** What a page sends to somebody whose phones work and who does not react. */
export function attemptsOf(
  methods: LadderMethod[],
  queuedAt: number,
  until: number,
): SimulatedAttempt[] {
  const attempts: LadderAttempt[] = [];
  let now = queuedAt;
  while (now < until && attempts.length < attemptsMax) {
    const page = { queuedAt: new Date(queuedAt) };
    const next = nextAttempt(new Date(now), page, methods, attempts, ladderTiming);
    if (next.type === 'done' || next.type === 'unreachable') break;
    if (next.type === 'wait') now = next.until.getTime();
    else attempts.push(unheeded(`${attempts.length}`, next, now));
  }
  return attempts.map(({ at, channel }) => ({ at: at.getTime(), channel }));
}

/** A text that arrives, a call that nobody picks up. */
function unheeded(
  id: string,
  { methodId, channel, causedBy }: Pick<LadderAttempt, 'methodId' | 'channel' | 'causedBy'>,
  at: number,
): LadderAttempt {
  const sent = { id, methodId, channel, causedBy: causedBy ?? null, at: new Date(at) };
  if (channel === 'sms') return { ...sent, state: 'delivered', finishedAt: new Date(at) };
  return { ...sent, state: 'no_answer', finishedAt: new Date(at + ringingMs) };
}
