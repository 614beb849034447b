import {
  judge,
  type JudgedAttempt,
  type LadderAttempt,
  type LadderChannel,
  type LadderMethod,
  type LadderTiming,
} from './attempts.js';
import { backoffMs } from './backoff.js';

export { ladderTiming, type LadderState } from './attempts.js';

export type LadderMove =
  | { type: 'send'; methodId: string; channel: LadderChannel; causedBy: string | null }
  | { type: 'wait'; until: Date }
  | { type: 'done' }
  | { type: 'unreachable' };

type Send = Extract<LadderMove, { type: 'send' }>;

/** Something that could be sent, and from when on. */
interface Option {
  at: number;
  move: Send;
}

/** The same before it is known when its channel is free and which method is used. */
type Wish = { at: number } & Pick<Send, 'channel' | 'causedBy'>;

interface Ladder {
  queuedAt: number;
  /** Those that can still be used; at least one. */
  methods: LadderMethod[];
  attempts: JudgedAttempt[];
  timing: LadderTiming;
}

/** A page that only tells is not sent again when nobody knows whether it came. */
const noticeTriesMax = 4;

/**
 * What to do next for one page: a text at once, a call after 15 s or as soon as a text is lost, a
 * second call after 45 s. Every lost attempt is made up for by exactly one other, as long as any
 * method is left; no channel is tried again faster than its backoff.
 */
export function nextAttempt(
  now: Date,
  page: { queuedAt: Date },
  methods: LadderMethod[],
  attempts: LadderAttempt[],
  timing: LadderTiming,
): LadderMove {
  const ladder: Ladder = {
    queuedAt: page.queuedAt.getTime(),
    methods: liveMethods(methods, attempts),
    attempts: attempts.map((attempt) => judge(now, attempt, timing)),
    timing,
  };
  const [first] = options(ladder);
  if (first !== undefined && first.at <= now.getTime()) return first.move;
  const moments = ladder.attempts.filter(({ busy }) => busy).map(({ endsAt }) => endsAt);
  if (first !== undefined) moments.push(first.at);
  if (moments.length > 0) return { type: 'wait', until: new Date(Math.min(...moments)) };
  return { type: ladder.attempts.every(({ lost }) => lost) ? 'unreachable' : 'done' };
}

/**
 * The same for a page that only tells: one text, or one call where no text can be sent. What was
 * surely not delivered is tried again; what may have been is not.
 */
export function nextNotice(
  now: Date,
  page: { queuedAt: Date },
  methods: LadderMethod[],
  attempts: LadderAttempt[],
  timing: LadderTiming,
): LadderMove {
  const live = liveMethods(methods, attempts);
  const texts = live.filter(({ channel }) => channel === 'sms');
  const judged = attempts.map((attempt) => judge(now, attempt, timing));
  const busy = judged.filter((attempt) => attempt.busy);
  if (busy.length > 0) {
    return { type: 'wait', until: new Date(Math.min(...busy.map(({ endsAt }) => endsAt))) };
  }
  const last = judged.at(-1);
  if (last !== undefined && !surelyLost(last)) return { type: 'done' };
  const queuedAt = page.queuedAt.getTime();
  const ladder: Ladder = {
    queuedAt,
    methods: texts.length > 0 ? texts : live,
    attempts: judged,
    timing,
  };
  const { channel } = ladder.methods[0] ?? {};
  if (channel === undefined || judged.length >= noticeTriesMax) return { type: 'unreachable' };
  const at = Math.max(queuedAt, readyAt(ladder, channel));
  if (at > now.getTime()) return { type: 'wait', until: new Date(at) };
  const [method] = methodsFor(ladder, channel);
  return method === undefined
    ? { type: 'unreachable' }
    : { type: 'send', methodId: method.id, channel, causedBy: last?.id ?? null };
}

const surelyLost = ({ state }: JudgedAttempt): boolean =>
  state === 'undelivered' || state === 'failed';

/** A method that failed for good is not tried again. */
function liveMethods(methods: LadderMethod[], attempts: LadderAttempt[]): LadderMethod[] {
  const dead = attempts.filter(({ failure }) => failure === 'permanent');
  const deadIds = new Set(dead.map(({ methodId }) => methodId));
  return methods.filter(({ id, usable }) => usable && !deadIds.has(id));
}

/** Everything that can still be sent, the earliest first. */
function options(ladder: Ladder): Option[] {
  return [...successors(ladder), ...plannedTexts(ladder), ...plannedCalls(ladder)]
    .flatMap(({ at, channel, causedBy }) => {
      const earliest = Math.max(at, readyAt(ladder, channel));
      return methodsFor(ladder, channel).map(({ id }) => ({
        at: earliest,
        move: { type: 'send' as const, methodId: id, channel, causedBy },
      }));
    })
    .toSorted((one, other) => one.at - other.at);
}

/** One for each lost attempt that nothing has made up for yet. */
function successors(ladder: Ladder): Wish[] {
  const madeUp = new Set(ladder.attempts.map(({ causedBy }) => causedBy));
  return ladder.attempts
    .filter(({ id, lost }) => lost && !madeUp.has(id))
    .map((lost) => ({ at: lost.endsAt, channel: wayAround(ladder, lost), causedBy: lost.id }));
}

/** A failure is repeated on its channel; what vanished without a trace goes the other way. */
function wayAround(ladder: Ladder, { channel, state }: JudgedAttempt): LadderChannel {
  const other = channel === 'sms' ? 'voice' : 'sms';
  if (state === 'failed') return isLive(ladder, channel) ? channel : other;
  return isLive(ladder, other) ? other : channel;
}

/** A text at once; with no phone to ring, a second one when the first brings no receipt. */
function plannedTexts(ladder: Ladder): Wish[] {
  const { attempts, queuedAt, timing } = ladder;
  const begun = begunOn(ladder, 'sms');
  if (begun === 0) return [{ at: queuedAt, channel: 'sms', causedBy: null }];
  const silent = !attempts.some(({ channel, state }) => channel === 'sms' && state === 'delivered');
  if (begun > 1 || !silent || isLive(ladder, 'voice')) return [];
  return [{ at: queuedAt + timing.smsDeadlineMs, channel: 'sms', causedBy: null }];
}

/** The first call is early when no text can be sent or one was lost. */
function plannedCalls(ladder: Ladder): Wish[] {
  const { queuedAt, timing } = ladder;
  const begun = begunOn(ladder, 'voice');
  if (begun > 1) return [];
  const at = begun === 1 ? queuedAt + timing.secondVoiceAfterMs : firstCallAt(ladder);
  return [{ at, channel: 'voice', causedBy: null }];
}

function firstCallAt(ladder: Ladder): number {
  const { attempts, queuedAt, timing } = ladder;
  const texts = attempts.filter(({ channel }) => channel === 'sms');
  if (texts.length === 0 && !isLive(ladder, 'sms')) return queuedAt;
  const lostAt = texts.filter(({ lost }) => lost).map(({ endsAt }) => endsAt);
  return Math.min(queuedAt + timing.voiceAfterMs, ...lostAt);
}

/** How many were begun on a channel, not counting repetitions on the same channel. */
function begunOn({ attempts }: Ladder, channel: LadderChannel): number {
  const own = attempts.filter((attempt) => attempt.channel === channel);
  const ids = new Set(own.map(({ id }) => id));
  return own.filter(({ causedBy }) => !causedBy || !ids.has(causedBy)).length;
}

/** One attempt at a time on a channel, and after losses not before the backoff. */
function readyAt({ attempts }: Ladder, on: LadderChannel): number {
  const own = attempts.filter(({ channel }) => channel === on);
  const busyUntil = own.filter(({ busy }) => busy).map(({ endsAt }) => endsAt);
  const losses = own.filter(({ lost, failure }) => lost && failure !== 'permanent');
  const lastLoss = Math.max(...losses.map(({ endsAt }) => endsAt));
  return Math.max(...busyUntil, lastLoss + backoffMs(losses.length));
}

function isLive({ methods }: Ladder, channel: LadderChannel): boolean {
  return methods.some((method) => method.channel === channel);
}

/** The least used first, so that a second call rings another phone. */
function methodsFor({ methods, attempts }: Ladder, channel: LadderChannel): LadderMethod[] {
  const uses = (id: string) => attempts.filter(({ methodId }) => methodId === id).length;
  return methods
    .filter((method) => method.channel === channel)
    .toSorted((one, other) => uses(one.id) - uses(other.id));
}
