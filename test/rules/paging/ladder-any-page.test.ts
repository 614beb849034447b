import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ladderTiming,
  type LadderAttempt,
  type LadderMethod,
} from '../../../src/paging/rules/attempts.js';
import { nextAttempt, type LadderMove } from '../../../src/paging/rules/ladder.js';

const queuedAt = new Date('2026-03-10T02:00:00Z');

const text: LadderMethod = { id: 'text', channel: 'sms', usable: true };
const phone: LadderMethod = { id: 'phone', channel: 'voice', usable: true };
const landline: LadderMethod = { id: 'landline', channel: 'voice', usable: true };
const pager: LadderMethod = { id: 'pager', channel: 'sms', usable: true };

describe('any page', () => {
  type Fate = Pick<LadderAttempt, 'state' | 'failure'> & { tookSeconds: number };

  const anyFate: fc.Arbitrary<Fate> = fc.record({
    state: fc.constantFrom('handed', 'delivered', 'undelivered', 'failed', 'unknown', 'started'),
    failure: fc.constantFrom('retry', 'retry', 'permanent'),
    tookSeconds: fc.integer({ min: 0, max: 5 }),
  });
  const anyMethods = fc.uniqueArray(fc.constantFrom(text, phone, landline, pager), {
    minLength: 1,
  });

  function play(
    methods: LadderMethod[],
    fates: Fate[],
  ): { attempts: LadderAttempt[]; end: LadderMove } {
    const attempts: LadderAttempt[] = [];
    let now = queuedAt;
    let rest = 0;
    let move = nextAttempt(now, { queuedAt }, methods, attempts, ladderTiming);
    while (move.type === 'send' || move.type === 'wait') {
      if (move.type === 'wait') {
        expect(move.until > now).toBe(true);
        now = move.until;
      } else {
        const fate = fates[rest] ?? { state: 'delivered', failure: null, tookSeconds: 1 };
        rest += 1;
        expect(rest).toBeLessThan(200);
        attempts.push(attemptOf(move, now, rest, fate));
      }
      move = nextAttempt(now, { queuedAt }, methods, attempts, ladderTiming);
    }
    return { attempts, end: move };
  }

  function attemptOf(
    { channel, methodId, causedBy }: Extract<LadderMove, { type: 'send' }>,
    now: Date,
    number: number,
    { state, failure, tookSeconds }: Fate,
  ): LadderAttempt {
    const ended = new Date(now.getTime() + tookSeconds * 1000);
    const open = state === 'started' || state === 'handed';
    return {
      id: `p${number}`,
      channel,
      methodId,
      state,
      failure: state === 'failed' || state === 'undelivered' ? failure! : null,
      at: now,
      finishedAt: open ? null : ended,
      deadlineAt: state === 'started' ? ended : null,
      causedBy,
    };
  }

  it('comes to rest, makes up for every loss once, and never uses a dead method', () => {
    fc.assert(
      fc.property(anyMethods, fc.array(anyFate, { maxLength: 30 }), (methods, fates) => {
        const { attempts, end } = play(methods, fates);
        const dead = new Set<string>();
        for (const { methodId, failure } of attempts) {
          expect(dead.has(methodId)).toBe(false);
          if (failure === 'permanent') dead.add(methodId);
        }
        const causes = attempts.flatMap(({ causedBy }) => causedBy ?? []);
        expect(new Set(causes).size).toBe(causes.length);
        const lost = attempts.filter(({ state }) =>
          ['failed', 'unknown', 'undelivered', 'started'].includes(state),
        );
        if (dead.size < methods.length) {
          expect(new Set(causes)).toEqual(new Set(lost.map(({ id }) => id)));
        }
        expect(end.type).toBe(lost.length === attempts.length ? 'unreachable' : 'done');
      }),
      { numRuns: 2000 },
    );
  });

  it('never repeats on a channel within a second of a loss', () => {
    fc.assert(
      fc.property(anyMethods, fc.array(anyFate, { maxLength: 30 }), (methods, fates) => {
        const { attempts } = play(methods, fates);
        attempts.forEach((later, index) => {
          const earlier = attempts
            .slice(0, index)
            .filter(({ channel }) => channel === later.channel);
          for (const { state, failure, finishedAt } of earlier) {
            if (failure === 'permanent' || !['failed', 'unknown'].includes(state)) continue;
            expect(later.at.getTime() - finishedAt!.getTime()).toBeGreaterThanOrEqual(1000);
          }
        });
      }),
      { numRuns: 1000 },
    );
  });
});
