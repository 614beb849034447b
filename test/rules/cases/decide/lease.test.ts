import { describe, expect, it } from '@jest/globals';
import type { CaseEvent, ContactOutcome } from '../../../../src/cases/rules/case.js';
import {
  at,
  caseAfter,
  contactCase,
  decideOn,
  disposedCase,
  due,
  opened,
  pagingCase,
  taken,
  takenCase,
} from '../builders.js';

const logged = (outcome: ContactOutcome, by = 'ana'): CaseEvent => ({
  type: 'contact_logged',
  by,
  withParticipant: true,
  outcome,
});

describe('taking a case', () => {
  it('gives the first taker a lease and silences the other pages', () => {
    const { next, effects, reason } = decideOn(pagingCase(), '02:01', taken('ana'));
    expect(effects).toEqual([{ type: 'withdraw_pages' }]);
    expect(next).toMatchObject({
      state: 'acknowledged',
      ownerId: 'ana',
      leaseUntil: at('02:11'),
      dueAt: at('02:06'),
    });
    expect(reason).toBe('acknowledged');
  });

  it('tells a second taker that it is taken, and the owner that it is theirs', () => {
    const second = decideOn(takenCase(), '02:02', taken('ben'));
    expect(second).toMatchObject({ changed: false, reason: 'already_acknowledged', effects: [] });
    expect(decideOn(takenCase(), '02:02', taken('ana')).reason).toBe('already_yours');
    expect(decideOn(contactCase(), '02:03', taken('ben')).reason).toBe('already_acknowledged');
    expect(decideOn(disposedCase(), '03:00', taken('ben')).reason).toBe('already_acknowledged');
  });

  it('takes a routine request also while it waits for the morning', () => {
    const waiting = caseAfter('ROUTINE', [at('02:00'), { type: 'opened', quiet: true }]);
    const { next } = decideOn(waiting, '02:30', taken('ana'));
    expect(next).toMatchObject({ state: 'acknowledged', dueAt: at('04:30') });
    const expired = decideOn(next, '06:30', due);
    expect(expired.next).toMatchObject({ state: 'paging', step: 0, round: 1 });
  });
});

describe('the lease', () => {
  it('warns the owner at half time and pages wider at the end', () => {
    const warned = decideOn(takenCase(), '02:06', due);
    expect(warned.effects).toEqual([
      { type: 'page_person', staffId: 'ana', occasion: 'lease-1', reason: 'lease_warning' },
    ]);
    expect(warned.next).toMatchObject({ leaseWarnedAt: at('02:06'), dueAt: at('02:11') });

    const expired = decideOn(warned.next, '02:11', due);
    expect(expired.reason).toBe('lease_expired');
    expect(expired.effects).toEqual([
      {
        type: 'page',
        audiences: [{ schedule: 'primary' }, { schedule: 'backup' }],
        occasion: 'r1s1',
        reason: 'wider',
      },
    ]);
    expect(expired.next).toMatchObject({
      state: 'paging',
      step: 1,
      round: 1,
      ownerId: null,
      leaseUntil: null,
      leaseWarnedAt: null,
      dueAt: at('02:14'),
    });
  });

  it('pages at most the last step when it runs out, then the backstop', () => {
    const expired = decideOn({ ...takenCase(), step: 3 }, '02:30', due);
    expect(expired.next).toMatchObject({ step: 2, round: 1 });
    expect(expired.effects).toMatchObject([
      { audiences: [{ schedule: 'primary' }, { schedule: 'backup' }, { role: 'supervisor' }] },
    ]);
    expect(decideOn(expired.next, '02:34', due).effects).toMatchObject([
      { audiences: ['backstop'] },
      { type: 'open_alarm' },
    ]);
  });

  it('does not wait for a warning that came too late, nor for a lease that is not set', () => {
    expect(decideOn(takenCase(), '02:11', due).reason).toBe('lease_expired');
    expect(decideOn({ ...takenCase(), leaseUntil: null }, '02:06', due).reason).toBe(
      'lease_expired',
    );
    expect(decideOn({ ...takenCase(), ownerId: null }, '02:06', due).reason).toBe('lease_expired');
  });

  it('cannot be prolonged by the owner taking the case again', () => {
    const { next } = decideOn(takenCase(), '02:05', taken('ana'));
    expect(next.leaseUntil).toEqual(at('02:11'));
  });

  it.each(['no_answer', 'voicemail', 'wrong_number', 'refused', 'sent'] as const)(
    'starts anew with a contact that ended in %s, and the warning falls silent',
    (outcome) => {
      const warned = decideOn(takenCase(), '02:06', due).next;
      const { next, effects, reason } = decideOn(warned, '02:08', logged(outcome));
      expect(reason).toBe('contact_attempted');
      expect(effects).toEqual([{ type: 'withdraw_pages' }]);
      expect(next).toMatchObject({
        state: 'acknowledged',
        contactAttemptedAt: at('02:08'),
        leaseUntil: at('02:18'),
        leaseWarnedAt: null,
        dueAt: at('02:13'),
      });
    },
  );
});

describe('contact', () => {
  it('moves the case into contact when the participant is reached', () => {
    const lost = { ...takenCase(), unreachableAt: at('02:01') };
    const { next, effects } = decideOn(lost, '02:02', logged('reached', 'ben'));
    expect(effects).toEqual([{ type: 'withdraw_pages' }]);
    expect(next).toMatchObject({
      state: 'in_contact',
      ownerId: 'ana',
      leaseUntil: null,
      unreachableAt: null,
      dueAt: at('02:32'),
    });
  });

  it('makes whoever reaches the participant first the owner', () => {
    const { next, effects } = decideOn(pagingCase(), '02:01', logged('reached', 'ben'));
    expect(next).toMatchObject({ state: 'in_contact', ownerId: 'ben' });
    expect(effects).toEqual([{ type: 'withdraw_pages' }]);
  });

  it('only notes a try while nobody has the case', () => {
    const { next, effects } = decideOn(pagingCase(), '02:01', logged('no_answer'));
    expect(next).toEqual({ ...pagingCase(), contactAttemptedAt: at('02:01') });
    expect(effects).toEqual([]);
  });

  it('keeps an offered hand-over while contacts are logged', () => {
    const offered = decideOn(takenCase(), '02:02', { type: 'hand_over_offered', to: 'ben' }).next;
    expect(decideOn(offered, '02:03', logged('no_answer')).effects).toEqual([]);
  });

  it('starts the reminders anew with every contact', () => {
    const reminded = decideOn(contactCase(), '02:32', due).next;
    const { next } = decideOn(reminded, '02:40', logged('voicemail'));
    expect(next).toMatchObject({ state: 'in_contact', remindersSent: 0, dueAt: at('03:10') });
  });

  it('is recorded after the disposition without changing the case', () => {
    for (const state of ['disposed', 'follow_up'] as const) {
      const current = { ...disposedCase(), state };
      const { next, reason } = decideOn(current, '03:00', logged('reached'));
      expect(reason).toBe('contact_recorded');
      expect(next).toEqual({ ...current, contactAttemptedAt: at('03:00') });
    }
  });
});

describe('handing over and passing on', () => {
  const offer: CaseEvent = { type: 'hand_over_offered', to: 'ben' };

  it('keeps the owner until the other takes it', () => {
    const offered = decideOn(takenCase(), '02:02', offer);
    expect(offered.effects).toEqual([
      { type: 'page_person', staffId: 'ben', occasion: 'handover-1', reason: 'hand_over' },
    ]);
    expect(offered.next).toMatchObject({ ownerId: 'ana', handOverTo: 'ben', dueAt: at('02:06') });

    const accepted = decideOn(offered.next, '02:05', taken('ben'));
    expect(accepted.reason).toBe('handed_over');
    expect(accepted.next).toMatchObject({
      state: 'acknowledged',
      ownerId: 'ben',
      handOverTo: null,
      leaseUntil: at('02:15'),
    });
  });

  it('hands over a case in contact without a new lease', () => {
    const offered = decideOn(contactCase(), '02:10', offer).next;
    const { next } = decideOn(offered, '02:12', taken('ben'));
    expect(next).toMatchObject({ state: 'in_contact', ownerId: 'ben', dueAt: at('02:42') });
    expect(next.leaseUntil).toBeNull();
  });

  it('offers nothing that nobody has, that is theirs, or that is over', () => {
    expect(decideOn(pagingCase(), '02:01', offer).reason).toBe('not_acknowledged');
    const toSelf = decideOn(takenCase(), '02:02', { type: 'hand_over_offered', to: 'ana' });
    expect(toSelf.reason).toBe('already_yours');
    expect(decideOn(disposedCase(), '03:00', offer).reason).toBe('not_open');
    const later = { ...disposedCase(), state: 'follow_up' as const };
    expect(decideOn(later, '03:00', offer).reason).toBe('not_open');
  });

  it('stays with the owner when the other passes', () => {
    const offered = decideOn(takenCase(), '02:02', offer).next;
    const { next, reason } = decideOn(offered, '02:03', { type: 'declined', by: 'ben' });
    expect(reason).toBe('hand_over_declined');
    expect(next).toMatchObject({ state: 'acknowledged', ownerId: 'ana', handOverTo: null });
  });

  it('pages the next step when the owner passes after all', () => {
    const { next, effects } = decideOn(takenCase(), '02:03', { type: 'declined', by: 'ana' });
    expect(next).toMatchObject({ state: 'paging', step: 1, round: 0, ownerId: null });
    expect(effects).toMatchObject([{ occasion: 'r0s1' }]);
  });

  it('lets nobody pass what is not theirs, nor drop a participant they reached', () => {
    const by = (staff: string): CaseEvent => ({ type: 'declined', by: staff });
    expect(decideOn(takenCase(), '02:03', by('ben')).reason).toBe('not_owner');
    expect(decideOn(contactCase(), '02:03', by('ana')).reason).toBe('hand_over_instead');
    expect(decideOn(disposedCase(), '03:00', by('ana')).reason).toBe('not_open');
  });

  it('forgets an offer when the case goes back to paging', () => {
    const offered = decideOn(takenCase(), '02:02', offer).next;
    const expired = decideOn(offered, '02:11', due).next;
    expect(expired.handOverTo).toBeNull();
    expect(decideOn(expired, '02:12', taken('ben')).reason).toBe('acknowledged');
  });
});

describe('two people at once', () => {
  it('lets the timer and the take come in either order', () => {
    const timerFirst = decideOn(decideOn(pagingCase(), '02:02', due).next, '02:02', taken('ana'));
    expect(timerFirst.next).toMatchObject({ state: 'acknowledged', step: 1 });

    const takeFirst = caseAfter('URGENT', [at('02:00'), opened], [at('02:02'), taken('ana')]);
    expect(decideOn(takeFirst, '02:02', due).reason).toBe('not_due');
  });
});
