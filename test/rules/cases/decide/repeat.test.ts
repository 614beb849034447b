import { describe, expect, it } from '@jest/globals';
import type { CaseEvent } from '../../../../src/cases/rules/case.js';
import type { Acuity } from '../../../../src/cases/rules/policy.js';
import {
  at,
  caseAfter,
  contactCase,
  decideOn,
  disposedCase,
  due,
  pagingCase,
  taken,
  takenCase,
} from '../builders.js';

const repeated = (acuity: Acuity = 'URGENT'): CaseEvent => ({ type: 'flag_repeated', acuity });

describe('a second flag', () => {
  it('pages the current step again at once, without moving its deadline', () => {
    const { next, effects, reason } = decideOn(pagingCase(), '02:01', repeated());
    expect(reason).toBe('asked_again');
    expect(effects).toEqual([
      {
        type: 'page',
        audiences: [{ schedule: 'primary' }],
        occasion: 'asked-1',
        reason: 'asked_again',
      },
    ]);
    expect(next).toMatchObject({ step: 0, round: 0, dueAt: at('02:02') });
  });

  it('pages the backstop again while it is waited for', () => {
    const { effects } = decideOn({ ...pagingCase(), step: 3 }, '02:01', repeated());
    expect(effects).toMatchObject([{ audiences: ['backstop'] }]);
  });

  it('starts a new round when it raises the acuity', () => {
    const second = decideOn(pagingCase(), '02:02', due).next;
    const { next, effects } = decideOn(second, '02:03', repeated('EMERGENT'));
    expect(next).toMatchObject({ acuity: 'EMERGENT', step: 0, round: 1, dueAt: at('02:05') });
    expect(effects).toMatchObject([{ occasion: 'r1s0' }]);
  });

  it('never lowers, and is never less than urgent', () => {
    const emergent = decideOn(pagingCase('EMERGENT'), '02:01', repeated('ROUTINE')).next;
    expect(emergent.acuity).toBe('EMERGENT');
    const priority = decideOn(pagingCase('PRIORITY'), '02:01', repeated('ROUTINE')).next;
    expect(priority).toMatchObject({ acuity: 'URGENT', round: 1, step: 0 });
  });

  it('ends the wait for the morning', () => {
    const waiting = caseAfter('ROUTINE', [at('02:00'), { type: 'opened', quiet: true }]);
    const { next, effects } = decideOn(waiting, '02:30', repeated('ROUTINE'));
    expect(next).toMatchObject({ acuity: 'URGENT', step: 0, dueAt: at('02:32') });
    expect(effects).toMatchObject([{ type: 'page', reason: 'step' }]);
    const unpaged = { ...pagingCase(), step: null };
    expect(decideOn(unpaged, '02:01', repeated()).next.step).toBe(0);
  });

  it('pages an owner who has not called yet, at most once in two minutes', () => {
    const first = decideOn(takenCase(), '02:02', repeated());
    expect(first.effects).toEqual([
      { type: 'page_person', staffId: 'ana', occasion: 'asked-1', reason: 'asked_again' },
    ]);
    expect(first.next).toMatchObject({ ownerPagedAt: at('02:02'), leaseUntil: at('02:11') });

    const soon = decideOn(first.next, '02:03:59', repeated());
    expect(soon).toMatchObject({ changed: false, reason: 'noted', effects: [] });

    const later = decideOn(first.next, '02:04', repeated());
    expect(later.effects).toMatchObject([{ occasion: 'asked-2' }]);
  });

  it('pages a new owner whatever the one before was paged', () => {
    const paged = decideOn(takenCase(), '02:02', repeated()).next;
    const offered = decideOn(paged, '02:02', { type: 'hand_over_offered', to: 'ben' }).next;
    const handedOver = decideOn(offered, '02:03', taken('ben')).next;
    expect(decideOn(handedOver, '02:03', repeated()).effects).toMatchObject([{ staffId: 'ben' }]);
  });

  it('shortens the lease of the owner when the acuity rises, also when it pages nobody', () => {
    const first = decideOn(takenCase(), '02:02', repeated()).next;
    const { next, effects, reason } = decideOn(first, '02:03', repeated('EMERGENT'));
    expect({ effects, reason }).toEqual({ effects: [], reason: 'acuity_raised' });
    expect(next).toMatchObject({ leaseUntil: at('02:08'), dueAt: at('02:05:30') });
  });

  it('is only noted when the row names no owner, whose lease then runs out', () => {
    const { reason } = decideOn({ ...takenCase(), ownerId: null }, '02:02', repeated());
    expect(reason).toBe('noted');
  });

  it('is a silent note to an owner in contact', () => {
    expect(decideOn(contactCase(), '02:10', repeated())).toMatchObject({
      changed: false,
      reason: 'noted',
      effects: [],
    });
    const raised = decideOn(contactCase(), '02:10', repeated('EMERGENT'));
    expect(raised).toMatchObject({ changed: true, reason: 'acuity_raised', effects: [] });
    expect(raised.next).toEqual({ ...contactCase(), acuity: 'EMERGENT' });
  });

  it('opens a case of its own from the disposition on', () => {
    for (const state of ['disposed', 'follow_up', 'closed'] as const) {
      const current = { ...disposedCase(), state };
      const { changed, reason } = decideOn(current, '03:00', repeated());
      expect({ changed, reason }).toEqual({ changed: false, reason: 'new_case' });
    }
  });
});
