import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decide } from '../../../../src/cases/rules/decide.js';
import type { Effect } from '../../../../src/cases/rules/case.js';
import { isHigher } from '../../../../src/cases/rules/policy.js';
import { anyAcuity, anyNight, anyPolicy, replay, type Night, type Turn } from './any-night.js';

function always(check: (turns: Turn[], night: Night) => void): void {
  fc.assert(
    fc.property(anyNight, (night) => check(replay(night), night)),
    { numRuns: 1000 },
  );
}

describe('any night', () => {
  it('never leaves an open case without an alarm clock', () => {
    always((turns) => {
      for (const { decision } of turns) {
        expect(decision.next.state === 'closed').toBe(decision.next.dueAt === null);
      }
    });
  });

  it('never uses an occasion twice', () => {
    always((turns) => {
      const used = new Set<string>();
      for (const { decision } of turns) {
        const occasions = new Set(
          decision.effects.flatMap((effect) => ('occasion' in effect ? [effect.occasion] : [])),
        );
        for (const occasion of occasions) expect(used.has(occasion)).toBe(false);
        for (const occasion of occasions) used.add(occasion);
      }
    });
  });

  it('moves a case beyond paging, and closes it, only by a human act', () => {
    const causes = {
      acknowledged: ['acknowledged'],
      in_contact: ['contact_logged'],
      disposed: ['disposed'],
      follow_up: ['follow_up_set'],
      closed: ['closed'],
    };
    always((turns) => {
      for (const { before, event, decision } of turns) {
        const { state } = decision.next;
        if (state === before.state || state === 'paging') continue;
        expect(causes[state as keyof typeof causes]).toContain(event.type);
      }
    });
  });

  it('has an owner wherever somebody is said to have the case, and none while it pages', () => {
    always((turns) => {
      for (const { next } of turns.map(({ decision }) => decision)) {
        if (next.state === 'paging') expect(next.ownerId).toBeNull();
        if (next.state === 'acknowledged') expect(next.leaseUntil).not.toBeNull();
        if (next.state === 'acknowledged' || next.state === 'in_contact') {
          expect(next.ownerId).not.toBeNull();
        }
      }
    });
  });

  it('changes nothing and does nothing when it refuses', () => {
    always((turns) => {
      for (const { before, decision } of turns) {
        if (decision.changed) continue;
        expect(decision.next).toEqual(before);
        expect(decision.effects).toEqual([]);
      }
    });
  });

  it('lowers the acuity only by somebody who may', () => {
    always((turns) => {
      for (const { before, event, decision } of turns) {
        if (!isHigher(before.acuity, decision.next.acuity)) continue;
        expect(event).toMatchObject({ type: 'acuity_changed', mayLower: true });
      }
    });
  });

  it('looks again within the longest time its policy names', () => {
    always((turns, { policy }) => {
      for (const { now, decision } of turns) {
        const { state, step, dueAt } = decision.next;
        if (dueAt === null || state === 'follow_up') continue;
        const perAcuity = Object.values(policy.acuities).flatMap((each) => [
          each.roundAgainSeconds,
          ...each.steps.map(({ waitSeconds }) => waitSeconds),
          ...(state === 'acknowledged' ? [each.leaseSeconds] : []),
        ]);
        const byState = { in_contact: 1800, disposed: 86_400 };
        const quiet = state === 'paging' && step === null ? 12 * 3600 : 0;
        const bound = byState[state as keyof typeof byState] ?? Math.max(quiet, ...perAcuity);
        expect(dueAt.getTime() - now.getTime()).toBeLessThanOrEqual(bound * 1000);
      }
    });
  });

  it('pages without end when nobody ever answers, each round up to the backstop', () => {
    fc.assert(
      fc.property(anyPolicy, anyAcuity, (policy, acuity) => {
        const { steps } = policy.acuities[acuity];
        const dues = Array.from({ length: 3 * (steps.length + 1) }, () => ({
          waitSeconds: null,
          event: { type: 'due' } as const,
        }));
        const turns = replay({ policy, acuity, quiet: false, events: dues.slice(1) });
        const pages = turns.flatMap(({ decision }) => decision.effects).filter(isPage);
        expect(pages.map(({ audiences }) => audiences)).toEqual(
          Array.from({ length: 3 }, () => [
            ...steps.map(({ audiences }) => audiences),
            ['backstop'],
          ]).flat(),
        );
      }),
    );
  });

  it('stops asking in the same moment when nobody at all can be reached', () => {
    fc.assert(
      fc.property(anyNight, (night) => {
        const last = replay(night).at(-1)!;
        let decision = last.decision;
        let skips = 0;
        while (decision.effects.some(isPage)) {
          const aside = decision.effects.some(isUnattended);
          const event = { type: 'nobody_reachable', aside } as const;
          decision = decide(last.now, night.policy, decision.next, event);
          skips += 1;
        }
        expect(skips).toBeLessThanOrEqual(
          night.policy.acuities[decision.next.acuity].steps.length + 1,
        );
      }),
      { numRuns: 1000 },
    );
  });
});

const isUnattended = (effect: Effect): boolean => isPage(effect) && effect.reason === 'unattended';

function isPage(effect: Effect) {
  return effect.type === 'page';
}
