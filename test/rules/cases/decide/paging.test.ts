import { describe, expect, it } from '@jest/globals';
import { decide, startCase } from '../../../../src/cases/rules/decide.js';
import type { Policy } from '../../../../src/cases/rules/policy.js';
import {
  at,
  caseAfter,
  contactCase,
  decideOn,
  disposedCase,
  due,
  opened,
  pagingCase,
  policy,
  takenCase,
} from '../builders.js';

describe('paging', () => {
  it('pages the first step when a case opens', () => {
    const { next, effects, reason } = decideOn(startCase(at('02:00'), 'URGENT'), '02:00', opened);
    expect(effects).toEqual([
      { type: 'page', audiences: [{ schedule: 'primary' }], occasion: 'r0s0', reason: 'step' },
    ]);
    expect(next).toMatchObject({ state: 'paging', step: 0, round: 0, dueAt: at('02:02') });
    expect(reason).toBe('opened');
  });

  it('pages the next step when the first lets its time pass', () => {
    const { next, effects } = decideOn(pagingCase(), '02:02', due);
    expect(effects).toEqual([
      {
        type: 'page',
        audiences: [{ schedule: 'backup' }, { schedule: 'primary' }],
        occasion: 'r0s1',
        reason: 'step',
      },
    ]);
    expect(next).toMatchObject({ state: 'paging', step: 1, dueAt: at('02:05') });
  });

  it('does nothing before its time', () => {
    const { changed, reason, next } = decideOn(pagingCase(), '02:01', due);
    expect({ changed, reason }).toEqual({ changed: false, reason: 'not_due' });
    expect(next).toEqual(pagingCase());
  });

  it('takes a missing alarm clock for one that rang', () => {
    const { changed, next } = decideOn({ ...pagingCase(), dueAt: null }, '02:01', due);
    expect(changed).toBe(true);
    expect(next.step).toBe(1);
  });

  it('turns to the backstop and a loud alarm after the last step, and then round again', () => {
    const last = { ...pagingCase(), step: 2, dueAt: at('02:10') };

    const exhausted = decideOn(last, '02:10', due);
    expect(exhausted.effects).toEqual([
      { type: 'page', audiences: ['backstop'], occasion: 'r0s3', reason: 'step' },
      { type: 'open_alarm', kind: 'exhausted' },
    ]);
    expect(exhausted.next).toMatchObject({ exhaustedAt: at('02:10'), dueAt: at('02:15') });

    const again = decideOn(exhausted.next, '02:15', due);
    expect(again.effects).toMatchObject([
      { audiences: [{ schedule: 'primary' }], occasion: 'r1s0' },
    ]);
    expect(again.next).toMatchObject({ step: 0, round: 1, exhaustedAt: at('02:10') });

    const second = decideOn({ ...again.next, step: 2, dueAt: at('02:30') }, '02:30', due);
    expect(second.next.exhaustedAt).toEqual(at('02:10'));
  });

  it('skips a step that reaches nobody at once', () => {
    const { next, effects } = decideOn(pagingCase(), '02:00', { type: 'nobody_reachable' });
    expect(next).toMatchObject({ step: 1, dueAt: at('02:03') });
    expect(effects).toMatchObject([{ occasion: 'r0s1' }]);
  });

  it('skips a step that is not meant for the case at once, and sounds no alarm for it', () => {
    const { next, effects, reason } = decideOn(pagingCase(), '02:00', { type: 'nobody_meant' });
    expect(next).toMatchObject({ state: 'paging', step: 1, dueAt: at('02:03') });
    expect(effects).toMatchObject([{ type: 'page', occasion: 'r0s1' }]);
    expect(reason).toBe('nobody_meant');
  });

  it('goes on beside an owner in contact when those called are not meant, and ends', () => {
    const current = { ...contactCase(), step: 1 };
    const { next, effects } = decideOn(current, '02:10', { type: 'nobody_meant' });
    expect(next).toMatchObject({ state: 'in_contact', ownerId: 'ana', step: 2 });
    expect(effects).toMatchObject([{ type: 'page', reason: 'wider' }]);

    const last = decideOn({ ...current, step: 3 }, '02:10', { type: 'nobody_meant' });
    expect(last).toMatchObject({ changed: false, reason: 'backstop' });
    const taken = decideOn(takenCase(), '02:10', { type: 'nobody_meant' });
    expect(taken).toMatchObject({ changed: false, reason: 'not_paged' });
  });

  it('says whom a step would rather page, but not when it pages wider', () => {
    const [first, ...rest] = policy.acuities.URGENT.steps;
    const steps = [{ ...first!, prefer: ['language' as const] }, ...rest];
    const choosy = {
      ...policy,
      acuities: { ...policy.acuities, URGENT: { ...policy.acuities.URGENT, steps } },
    };
    const { effects } = decide(at('02:00'), choosy, startCase(at('02:00'), 'URGENT'), opened);
    expect(effects).toMatchObject([{ occasion: 'r0s0', prefer: ['language'] }]);

    const expired = decide(at('02:30'), choosy, takenCase(), due);
    expect(expired.effects).toMatchObject([{ reason: 'wider' }]);
    expect(expired.effects[0]).not.toHaveProperty('prefer');
  });

  it('comes to rest with an alarm when not even the backstop can be reached', () => {
    let current = pagingCase();
    const alarms: string[] = [];
    for (let skips = 0; skips < 4; skips += 1) {
      const decision = decideOn(current, '02:00', { type: 'nobody_reachable' });
      current = decision.next;
      for (const effect of decision.effects) {
        if (effect.type === 'open_alarm') alarms.push(effect.kind);
      }
    }
    expect(current).toMatchObject({ step: 3, round: 0, dueAt: at('02:05') });
    expect(alarms).toEqual(['exhausted', 'nobody_reachable']);
  });

  it('raises the alarm when a reminder reaches nobody', () => {
    const { next, effects } = decideOn(contactCase(), '02:10', { type: 'nobody_reachable' });
    expect(effects).toEqual([{ type: 'open_alarm', kind: 'nobody_reachable' }]);
    expect(next).toEqual(contactCase());
  });

  it('goes on at once when somebody passes', () => {
    const { next, reason } = decideOn(pagingCase(), '02:01', { type: 'declined', by: 'ana' });
    expect(next).toMatchObject({ state: 'paging', step: 1, dueAt: at('02:04') });
    expect(reason).toBe('declined');
  });

  it('forces the next step only for somebody who saw the current one', () => {
    const forced = decideOn(pagingCase(), '02:01', { type: 'escalated', expectedStep: 0 });
    expect(forced.next).toMatchObject({ step: 1, dueAt: at('02:04') });

    const stale = decideOn(forced.next, '02:01', { type: 'escalated', expectedStep: 0 });
    expect(stale).toMatchObject({ changed: false, reason: 'step_moved' });
  });

  it('takes the case from an owner when the next step is forced', () => {
    const { next } = decideOn(takenCase(), '02:03', { type: 'escalated', expectedStep: 0 });
    expect(next).toMatchObject({ state: 'paging', step: 1, ownerId: null, leaseUntil: null });
  });

  it('calls more people beside an owner who is in contact, up to the backstop', () => {
    const first = decideOn(contactCase(), '02:10', { type: 'escalated', expectedStep: 0 });
    expect(first.next).toMatchObject({ state: 'in_contact', ownerId: 'ana', step: 1 });
    expect(first.effects).toMatchObject([{ type: 'page', reason: 'wider', occasion: 'wider-1' }]);

    const last = decideOn({ ...first.next, step: 3 }, '02:11', {
      type: 'escalated',
      expectedStep: 3,
    });
    expect(last.next.step).toBe(3);
    expect(last.effects).toMatchObject([{ audiences: ['backstop'], occasion: 'wider-2' }]);

    const fresh = decideOn({ ...contactCase(), step: null }, '02:11', {
      type: 'escalated',
      expectedStep: null,
    });
    expect(fresh.next.step).toBe(0);
  });

  it('does not force a step on a case with a disposition', () => {
    for (const state of ['disposed', 'follow_up'] as const) {
      const current = { ...disposedCase(), state };
      const { reason } = decideOn(current, '03:00', { type: 'escalated', expectedStep: 0 });
      expect(reason).toBe('not_open');
    }
  });

  it('pages a case that was somehow left unopened', () => {
    const { next, effects } = decideOn(startCase(at('02:00'), 'URGENT'), '02:00', due);
    expect(next.state).toBe('paging');
    expect(effects).toMatchObject([{ occasion: 'r0s0' }]);
  });

  it('opens a case only once, and lets nothing else happen before', () => {
    const fresh = startCase(at('02:00'), 'URGENT');
    expect(decideOn(fresh, '02:00', { type: 'withdrew' }).reason).toBe('not_opened');
    expect(decideOn(pagingCase(), '02:00', opened).reason).toBe('already_opened');
  });
});

describe('quiet hours', () => {
  const quiet = { type: 'opened', quiet: true } as const;

  it('let a routine request wait for the morning, and page then', () => {
    const waiting = decideOn(startCase(at('02:00'), 'ROUTINE'), '02:00', quiet);
    expect(waiting).toMatchObject({ effects: [], reason: 'quiet_hours' });
    expect(waiting.next).toMatchObject({ state: 'paging', step: null, dueAt: at('07:00') });

    const morning = decideOn(waiting.next, '07:00', due);
    expect(morning.effects).toMatchObject([{ occasion: 'r0s0' }]);
    expect(morning.next).toMatchObject({ step: 0, dueAt: at('07:15') });
  });

  it('hold nothing back by day, without a need, above routine, or where a program has none', () => {
    const { quietHours: _, ...always } = policy.acuities.ROUTINE;
    const sleepless: Policy = { ...policy, acuities: { ...policy.acuities, ROUTINE: always } };
    const night = startCase(at('02:00'), 'ROUTINE');

    expect(decideOn(night, '12:00', quiet).next.step).toBe(0);
    expect(decideOn(night, '02:00', opened).next.step).toBe(0);
    expect(decideOn(startCase(at('02:00'), 'PRIORITY'), '02:00', quiet).next.step).toBe(0);
    expect(decide(at('02:00'), sleepless, night, quiet).next.step).toBe(0);
  });

  it('refuse a pass before anybody was asked, but not a person who forces the page', () => {
    const waiting = caseAfter('ROUTINE', [at('02:00'), quiet]);
    expect(decideOn(waiting, '02:10', { type: 'declined', by: 'ana' }).reason).toBe('not_paged');
    const forced = decideOn(waiting, '02:10', { type: 'escalated', expectedStep: null });
    expect(forced.next).toMatchObject({ step: 0, dueAt: at('02:25') });
  });
});
