import { describe, expect, it } from '@jest/globals';
import type { Case, CaseEvent } from '../../../../src/cases/rules/case.js';
import { at, contactCase, decideOn, disposedCase, due, pagingCase } from '../builders.js';

const sent: CaseEvent = { type: 'dispatched', confirmed: false };
const settled = (outstanding: number): CaseEvent => ({ type: 'dispatch_settled', outstanding });

/** In contact at 02:02, somebody sent at 02:05. */
const sentCase = (): Case => decideOn(contactCase(), '02:05', sent).next;

describe('a dispatch that nobody has confirmed', () => {
  it('is asked after ten minutes later, and every ten minutes again', () => {
    expect(sentCase().dispatchDueAt).toEqual(at('02:15'));
    expect(decideOn(sentCase(), '02:14:59', due).reason).toBe('not_due');

    const asked = decideOn(sentCase(), '02:15', due);
    expect(asked.reason).toBe('dispatch_reminded');
    expect(asked.next).toEqual({
      ...sentCase(),
      dispatchDueAt: at('02:25'),
      occasionCount: sentCase().occasionCount + 1,
    });
    const again = decideOn(asked.next, '02:25', due);
    expect(again.next.dispatchDueAt).toEqual(at('02:35'));
    expect(again.effects).not.toEqual(asked.effects);
  });

  it('is asked of the owner and of the supervisors', () => {
    const { effects } = decideOn(sentCase(), '02:15', due);
    expect(effects).toEqual([
      expect.objectContaining({ type: 'page_person', staffId: 'ana' }),
      expect.objectContaining({ type: 'page', audiences: [{ role: 'supervisor' }] }),
    ]);
  });

  it('leaves the other clock of the case alone, which is looked at next when both are due', () => {
    const paging = decideOn(pagingCase(), '02:01', sent).next;
    expect(paging.dueAt).toEqual(pagingCase().dueAt);

    const late = decideOn(paging, '02:30', due);
    expect(late.reason).toBe('dispatch_reminded');
    expect(decideOn(late.next, '02:30', due).reason).toBe('step_timed_out');
  });

  it('keeps its first clock when others are sent as well', () => {
    const second = decideOn(sentCase(), '02:10', sent).next;
    expect(second.dispatchDueAt).toEqual(at('02:15'));
    expect(second.dispatchedAt).toEqual(at('02:10'));
  });

  it('is asked after no more when the last one is settled, and not before', () => {
    const one = decideOn(sentCase(), '02:12', settled(1));
    expect(one.next.dispatchDueAt).toEqual(at('02:15'));
    const none = decideOn(one.next, '02:13', settled(0));
    expect(none).toMatchObject({ reason: 'dispatch_settled', next: { dispatchDueAt: null } });
    expect(decideOn(none.next, '02:14', settled(0)).changed).toBe(false);
  });

  it('keeps a case from being closed', () => {
    const done = decideOn(disposedCase(), '02:40', { type: 'follow_up_set', at: null }).next;
    const open = decideOn(done, '02:41', sent).next;
    expect(decideOn(open, '02:42', { type: 'closed' })).toMatchObject({
      changed: false,
      reason: 'dispatch_unconfirmed',
    });
    const { next } = decideOn(open, '02:43', settled(0));
    expect(decideOn(next, '02:44', { type: 'closed' }).next.state).toBe('closed');
  });

  it('has no clock when they had arrived already', () => {
    const { next } = decideOn(contactCase(), '02:05', { type: 'dispatched', confirmed: true });
    expect(next).toMatchObject({ dispatchDueAt: null, dispatchedAt: at('02:05') });
  });
});
