import { describe, expect, it } from '@jest/globals';
import { type LadderState, ladderTiming, nextNotice } from '../../../src/paging/rules/ladder.js';

const start = new Date('2026-01-31T10:00:00.000Z');
const at = (seconds: number): Date => new Date(start.getTime() + seconds * 1000);
const text = { id: 'text', channel: 'sms' as const, usable: true };
const phone = { id: 'phone', channel: 'voice' as const, usable: true };

const tried = (channel: 'sms' | 'voice', state: LadderState, fields: object = {}) => ({
  id: `${channel}-1`,
  channel,
  methodId: channel === 'sms' ? 'text' : 'phone',
  state,
  at: start,
  finishedAt: at(1),
  ...fields,
});
const next = (
  seconds: number,
  methods: Parameters<typeof nextNotice>[2],
  attempts: Parameters<typeof nextNotice>[3],
) => nextNotice(at(seconds), { queuedAt: start }, methods, attempts, ladderTiming);

describe('a page that only tells', () => {
  it('is one text, also beside a phone', () => {
    const move = { type: 'send', methodId: 'text', channel: 'sms', causedBy: null };
    expect(next(0, [phone, text], [])).toEqual(move);
    expect(next(60, [phone, text], [tried('sms', 'delivered')])).toEqual({ type: 'done' });
  });

  it('waits for what is under way and never calls beside it', () => {
    const handed = tried('sms', 'handed', { finishedAt: null });
    expect(next(20, [phone, text], [handed])).toEqual({ type: 'wait', until: at(30) });
    expect(next(31, [phone, text], [handed])).toEqual({ type: 'done' });
  });

  it('is not repeated when nobody knows whether it came', () => {
    expect(next(60, [phone, text], [tried('sms', 'unknown')])).toEqual({ type: 'done' });
  });

  it('is tried again, slower each time, while it surely did not go out', () => {
    const failed = tried('sms', 'failed', { failure: 'retry' });
    expect(next(1, [text], [failed])).toEqual({ type: 'wait', until: at(2) });
    expect(next(2, [text], [failed])).toMatchObject({ type: 'send', causedBy: 'sms-1' });
    expect(
      next(
        90,
        [text],
        Array.from({ length: 4 }, () => failed),
      ),
    ).toEqual({
      type: 'unreachable',
    });
  });

  it('is one call where no text can be sent', () => {
    const refused = tried('sms', 'failed', { failure: 'permanent' });
    const call = { type: 'send', methodId: 'phone', channel: 'voice' };
    expect(next(0, [phone], [])).toMatchObject(call);
    expect(next(2, [phone, text], [refused])).toMatchObject(call);
    expect(next(60, [phone], [tried('voice', 'no_answer')])).toEqual({ type: 'done' });
  });

  it('is over for whoever cannot be reached at all', () => {
    expect(next(0, [], [])).toEqual({ type: 'unreachable' });
  });
});
