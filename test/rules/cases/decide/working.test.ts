import { describe, expect, it } from '@jest/globals';
import type { CaseEvent, DispositionCode } from '../../../../src/cases/rules/case.js';
import type { Acuity } from '../../../../src/cases/rules/policy.js';
import {
  at,
  caseAfter,
  contactCase,
  decideOn,
  disposedCase,
  due,
  pagingCase,
  reachedBy,
  takenCase,
} from '../builders.js';

describe('changing the acuity', () => {
  const to = (acuity: Acuity, mayLower = false): CaseEvent => ({
    type: 'acuity_changed',
    acuity,
    by: 'ana',
    mayLower,
  });

  it('starts a new round at once when it rises while nobody has the case', () => {
    const { next, effects } = decideOn(pagingCase(), '02:01', to('EMERGENT'));
    expect(next).toMatchObject({ acuity: 'EMERGENT', round: 1, step: 0, dueAt: at('02:03') });
    expect(effects).toMatchObject([{ occasion: 'r1s0' }]);
  });

  it('shortens a running lease and never lengthens it', () => {
    const raised = decideOn(takenCase(), '02:02', to('EMERGENT')).next;
    expect(raised).toMatchObject({ leaseUntil: at('02:07'), dueAt: at('02:04:30') });

    const warned = decideOn(takenCase(), '02:06', due).next;
    const late = decideOn(warned, '02:07', to('EMERGENT')).next;
    expect(late).toMatchObject({ leaseUntil: at('02:11'), dueAt: at('02:11') });

    const unset = decideOn({ ...takenCase(), leaseUntil: null }, '02:02', to('EMERGENT')).next;
    expect(unset.leaseUntil).toEqual(at('02:07'));
  });

  it('changes nothing else in contact', () => {
    const { next } = decideOn(contactCase(), '02:10', to('EMERGENT'));
    expect(next).toEqual({ ...contactCase(), acuity: 'EMERGENT' });
  });

  it('lowers only for whom the program trusts with it', () => {
    expect(decideOn(takenCase(), '02:02', to('ROUTINE'))).toMatchObject({
      changed: false,
      reason: 'only_clinician_lowers',
    });
    const { next } = decideOn(takenCase(), '02:02', to('ROUTINE', true));
    expect(next).toEqual({ ...takenCase(), acuity: 'ROUTINE' });
  });

  it('refuses the same acuity', () => {
    expect(decideOn(takenCase(), '02:02', to('URGENT', true)).reason).toBe('same_acuity');
  });

  it('keeps the place and the clock when it falls during paging', () => {
    const { next, effects } = decideOn(pagingCase(), '02:01', to('PRIORITY', true));
    expect(effects).toEqual([]);
    expect(next).toEqual({ ...pagingCase(), acuity: 'PRIORITY' });
    const waiting = caseAfter('ROUTINE', [at('02:00'), { type: 'opened', quiet: true }]);
    const quiet = decideOn({ ...waiting, acuity: 'PRIORITY' }, '02:10', to('ROUTINE', true));
    expect(quiet.next.step).toBeNull();
  });

  it('moves to the last step or the backstop of a shorter policy, in a round of its own', () => {
    const third = { ...pagingCase(), step: 2 };
    const { next } = decideOn(third, '02:01', to('PRIORITY', true));
    expect(next).toMatchObject({ step: 1, round: 1, dueAt: at('02:02') });

    const backstop = decideOn({ ...pagingCase(), step: 3 }, '02:01', to('ROUTINE', true));
    expect(backstop.next).toMatchObject({ step: 1, round: 1 });
    expect(decideOn(backstop.next, '02:02', due).effects).toMatchObject([{ occasion: 'r2s0' }]);
  });
});

describe('a contact', () => {
  it('is an attempt, and no contact, when only somebody close to them was reached', () => {
    const { next, reason } = decideOn(takenCase(), '02:04', reachedBy('ana', false));
    expect(reason).toBe('contact_attempted');
    expect(next).toMatchObject({ state: 'acknowledged', contactAttemptedAt: at('02:04') });
  });
});

describe('reminders', () => {
  it('go to the owner, then also to supervisors, then the case is paged again', () => {
    const first = decideOn(contactCase(), '02:32', due);
    expect(first.effects).toEqual([
      { type: 'page_person', staffId: 'ana', occasion: 'reminder-1', reason: 'reminder' },
    ]);
    expect(first.next).toMatchObject({ state: 'in_contact', remindersSent: 1, dueAt: at('03:02') });

    const second = decideOn(first.next, '03:02', due);
    expect(second.effects).toEqual([
      { type: 'page_person', staffId: 'ana', occasion: 'reminder-2', reason: 'reminder' },
      {
        type: 'page',
        audiences: [{ role: 'supervisor' }],
        occasion: 'reminder-2',
        reason: 'unattended',
      },
    ]);

    const third = decideOn(second.next, '03:32', due);
    const left = decideOn(third.next, '04:02', due);
    expect(left.reason).toBe('lease_expired');
    expect(left.next).toMatchObject({ state: 'paging', ownerId: null, remindersSent: 0, round: 1 });
  });

  it('follow a disposition for ever, and never move the case', () => {
    let current = disposedCase();
    for (let day = 1; day < 9; day += 1) {
      const decision = decideOn({ ...current, dueAt: at('03:00') }, '03:00', due);
      expect(decision.next).toMatchObject({ state: 'disposed', remindersSent: day });
      current = decision.next;
    }
  });

  it('go to supervisors at once when a case has no owner', () => {
    const current = decideOn(pagingCase(), '02:01', {
      type: 'disposed',
      code: 'entered_in_error',
      supervisor: false,
    }).next;
    const { effects } = decideOn({ ...current, dueAt: at('03:00') }, '03:00', due);
    expect(effects).toMatchObject([{ type: 'page', audiences: [{ role: 'supervisor' }] }]);
  });

  it('come at the follow-up date and a day after it', () => {
    const set = decideOn(disposedCase(), '02:40', { type: 'follow_up_set', at: at('12:00') }).next;
    const { next } = decideOn(set, '12:00', due);
    expect(next.dueAt).toEqual(new Date('2026-03-11T12:00:00Z'));
  });
});

describe('closing', () => {
  const disposed = (code: DispositionCode, supervisor = false): CaseEvent => ({
    type: 'disposed',
    code,
    supervisor,
  });

  it('goes from contact over disposition and follow-up to closed', () => {
    const ended = decideOn(contactCase(), '02:30', disposed('safety_plan_made_or_reviewed'));
    expect(ended.effects).toEqual([{ type: 'withdraw_pages' }]);
    expect(ended.next).toMatchObject({
      state: 'disposed',
      ownerId: 'ana',
      dueAt: new Date('2026-03-11T02:30:00Z'),
    });

    const none = decideOn(ended.next, '02:31', { type: 'follow_up_set', at: null });
    expect(none.next).toMatchObject({
      state: 'follow_up',
      dueAt: new Date('2026-03-11T02:31:00Z'),
    });

    const closed = decideOn(none.next, '02:32', { type: 'closed' });
    expect(closed.next).toMatchObject({ state: 'closed', dueAt: null });
    expect(decideOn(closed.next, '02:33', due).reason).toBe('already_closed');
    expect(decideOn(closed.next, '02:33', { type: 'withdrew' }).changed).toBe(false);
  });

  it('moves the follow-up date as often as needed', () => {
    const set = decideOn(disposedCase(), '02:40', { type: 'follow_up_set', at: at('12:00') }).next;
    const { next } = decideOn(set, '02:41', { type: 'follow_up_set', at: at('13:00') });
    expect(next).toMatchObject({ state: 'follow_up', dueAt: at('13:00') });
  });

  it('needs its parts in order', () => {
    const followUp: CaseEvent = { type: 'follow_up_set', at: null };
    expect(decideOn(takenCase(), '02:02', { type: 'closed' }).reason).toBe('needs_disposition');
    expect(decideOn(takenCase(), '02:02', followUp).reason).toBe('needs_disposition');
    expect(decideOn(disposedCase(), '03:00', { type: 'closed' }).reason).toBe('needs_follow_up');
    const again = decideOn(disposedCase(), '03:00', disposed('wrong_number'));
    expect(again.reason).toBe('already_disposed');
  });

  it.each([
    ['supported_by_phone', 'needs_acknowledgement'],
    ['ED_voluntary', 'needs_acknowledgement'],
    ['entered_in_error', 'disposed'],
    ['wrong_number', 'disposed'],
    ['not_a_participant_referred', 'disposed'],
    ['test_or_drill', 'disposed'],
  ] as const)('of a case nobody has taken with %s: %s', (code, reason) => {
    expect(decideOn(pagingCase(), '02:01', disposed(code)).reason).toBe(reason);
  });

  it('lets only a supervisor say that nobody could be reached', () => {
    const code = 'unable_to_reach_closed_by_supervisor';
    expect(decideOn(takenCase(), '02:30', disposed(code)).reason).toBe('needs_supervisor');
    const { next } = decideOn(takenCase(), '02:30', disposed(code, true));
    expect(next).toMatchObject({ state: 'disposed', unreachableAt: at('02:30') });
  });
});

describe('marks', () => {
  it('never end or move a case', () => {
    const withdrew = decideOn(pagingCase(), '02:01', { type: 'withdrew' });
    expect(withdrew).toMatchObject({ effects: [], reason: 'withdrew' });
    expect(withdrew.next).toEqual({ ...pagingCase(), withdrewAt: at('02:01') });

    const sent = decideOn(takenCase(), '02:02', { type: 'dispatched', confirmed: true });
    expect(sent.next).toEqual({ ...takenCase(), dispatchedAt: at('02:02') });
  });
});
