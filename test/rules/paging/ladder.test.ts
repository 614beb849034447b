import { describe, expect, it } from '@jest/globals';
import {
  ladderTiming,
  type LadderAttempt,
  type LadderChannel,
  type LadderMethod,
} from '../../../src/paging/rules/attempts.js';
import { backoffMs } from '../../../src/paging/rules/backoff.js';
import { nextAttempt, type LadderMove } from '../../../src/paging/rules/ladder.js';

const queuedAt = new Date('2026-03-10T02:00:00Z');
const after = (seconds: number): Date => new Date(queuedAt.getTime() + seconds * 1000);

const text: LadderMethod = { id: 'text', channel: 'sms', usable: true };
const phone: LadderMethod = { id: 'phone', channel: 'voice', usable: true };
const landline: LadderMethod = { id: 'landline', channel: 'voice', usable: true };
const pager: LadderMethod = { id: 'pager', channel: 'sms', usable: true };
const both = [text, phone];

let count = 0;
const attempt = (
  channel: LadderChannel,
  state: LadderAttempt['state'],
  at: number,
  rest: Partial<LadderAttempt> = {},
): LadderAttempt => ({
  id: `a${(count += 1)}`,
  channel,
  methodId: channel === 'sms' ? 'text' : 'phone',
  state,
  at: after(at),
  ...rest,
});

const next = (seconds: number, methods: LadderMethod[], attempts: LadderAttempt[]): LadderMove =>
  nextAttempt(after(seconds), { queuedAt }, methods, attempts, ladderTiming);

const send = (methodId: string, channel: LadderChannel, causedBy: string | null = null) => ({
  type: 'send',
  methodId,
  channel,
  causedBy,
});
const wait = (seconds: number) => ({ type: 'wait', until: after(seconds) });

describe('a page', () => {
  it('is texted at once, rung after 15 seconds and again after 45', () => {
    expect(next(0, both, [])).toEqual(send('text', 'sms'));
    const texted = attempt('sms', 'handed', 0);
    expect(next(1, both, [texted])).toEqual(wait(15));
    expect(next(15, both, [texted])).toEqual(send('phone', 'voice'));
    const rung = attempt('voice', 'no_answer', 15, { finishedAt: after(35) });
    expect(next(36, both, [{ ...texted, state: 'delivered' }, rung])).toEqual(wait(45));
    expect(next(45, both, [texted, rung])).toEqual(send('phone', 'voice'));
    const again = attempt('voice', 'answered', 45, { finishedAt: after(60) });
    expect(next(61, both, [{ ...texted, state: 'delivered' }, rung, again])).toEqual({
      type: 'done',
    });
  });

  it('rings a second phone the second time', () => {
    const rung = attempt('voice', 'no_answer', 15, { finishedAt: after(35) });
    const texted = attempt('sms', 'delivered', 0);
    expect(next(45, [...both, landline], [texted, rung])).toEqual(send('landline', 'voice'));
  });

  it('does not ring twice at the same time', () => {
    const texted = attempt('sms', 'delivered', 0);
    const ringing = attempt('voice', 'handed', 30, { deadlineAt: after(60) });
    expect(next(50, both, [texted, ringing])).toEqual(wait(60));
    expect(next(60, both, [texted, ringing])).toEqual(send('phone', 'voice'));
    const talking = attempt('voice', 'answered', 30);
    expect(next(50, both, [texted, talking])).toEqual(wait(75));
  });

  it('is rung at once when no text can be sent', () => {
    expect(next(0, [phone], [])).toEqual(send('phone', 'voice'));
    expect(next(0, [{ ...text, usable: false }, phone], [])).toEqual(send('phone', 'voice'));
    const rung = attempt('voice', 'no_answer', 0, { finishedAt: after(20) });
    expect(next(21, [phone], [rung])).toEqual(wait(45));
  });

  it('is texted once more without a phone to ring, unless the text was received', () => {
    const texted = attempt('sms', 'handed', 0);
    expect(next(1, [text], [texted])).toEqual(wait(30));
    expect(next(30, [text], [texted])).toEqual(send('text', 'sms'));
    expect(next(30, [text], [{ ...texted, state: 'delivered' }])).toEqual({ type: 'done' });
    const again = attempt('sms', 'handed', 30);
    expect(next(31, [text], [texted, again])).toEqual(wait(60));
    expect(next(60, [text], [texted, again])).toEqual({ type: 'done' });
  });

  it('reaches nobody without a usable method', () => {
    expect(next(0, [], [])).toEqual({ type: 'unreachable' });
    expect(next(0, [{ ...text, usable: false }], [])).toEqual({ type: 'unreachable' });
  });
});

describe('a lost attempt', () => {
  it('that failed for now rings at once, and is texted again after its backoff', () => {
    const lost = attempt('sms', 'failed', 0, { failure: 'retry', finishedAt: after(2) });
    const rings = next(2, both, [lost]);
    expect(rings).toEqual(send('phone', 'voice'));

    const rung = attempt('voice', 'handed', 2, { deadlineAt: after(30) });
    expect(next(2, both, [lost, rung])).toEqual(wait(3));
    expect(next(3, both, [lost, rung])).toEqual(send('text', 'sms', lost.id));

    const again = attempt('sms', 'failed', 3, { finishedAt: after(4), causedBy: lost.id });
    expect(next(4, both, [lost, rung, again])).toEqual(wait(6));
    expect(next(6, both, [lost, rung, again])).toEqual(send('text', 'sms', again.id));
  });

  it('that failed for good is never repeated with that method', () => {
    const lost = attempt('sms', 'failed', 0, { failure: 'permanent', finishedAt: after(1) });
    expect(next(1, both, [lost])).toEqual(send('phone', 'voice', lost.id));
    expect(next(1, [...both, pager], [lost])).toEqual(send('pager', 'sms', lost.id));
    expect(next(1, [text], [lost])).toEqual({ type: 'unreachable' });

    const rung = attempt('voice', 'no_answer', 1, { causedBy: lost.id });
    expect(next(2, both, [lost, rung])).toEqual(wait(45));
  });

  it('with an unknown fate counts as not sent: the other channel now', () => {
    const lost = attempt('sms', 'unknown', 0, { finishedAt: after(2) });
    expect(next(2, both, [lost])).toEqual(send('phone', 'voice', lost.id));
    expect(next(2, [text], [lost])).toEqual(wait(3));
    expect(next(3, [text], [lost])).toEqual(send('text', 'sms', lost.id));
  });

  it('is one whose process died before the provider answered', () => {
    const started = attempt('sms', 'started', 0, { deadlineAt: after(5) });
    expect(next(4, both, [started])).toEqual(wait(5));
    expect(next(5, both, [started])).toEqual(send('phone', 'voice', started.id));
  });

  it('is also one whose text came back after the call', () => {
    const texted = attempt('sms', 'undelivered', 0, { finishedAt: after(20) });
    const ringing = attempt('voice', 'handed', 15, { deadlineAt: after(40) });
    expect(next(20, both, [texted, ringing])).toEqual(wait(40));
    expect(next(40, both, [texted, ringing])).toEqual(send('phone', 'voice', texted.id));
    const second = attempt('voice', 'no_answer', 40, { causedBy: texted.id });
    expect(next(61, both, [texted, { ...ringing, state: 'no_answer' }, second])).toEqual({
      type: 'done',
    });
  });

  it('that is repeated on its channel does not use up the second call', () => {
    const texted = attempt('sms', 'delivered', 0);
    const lost = attempt('voice', 'failed', 15, { failure: 'retry', finishedAt: after(16) });
    const repeated = attempt('voice', 'no_answer', 17, { causedBy: lost.id });
    expect(next(45, both, [texted, lost, repeated])).toEqual(send('phone', 'voice'));
  });

  it('of a call is made up for by another text', () => {
    const texted = attempt('sms', 'delivered', 0);
    const lost = attempt('voice', 'unknown', 15, { finishedAt: after(17) });
    expect(next(17, both, [texted, lost])).toEqual(send('text', 'sms', lost.id));
  });

  it('of a page that reached the person some other way is no reason to give up', () => {
    const texted = attempt('sms', 'delivered', 0);
    const lost = attempt('voice', 'failed', 15, { failure: 'permanent' });
    expect(next(16, [{ ...text, usable: false }, phone], [texted, lost])).toEqual({ type: 'done' });
  });

  it('waits for what is under way when no method is left', () => {
    const texted = attempt('sms', 'handed', 0);
    expect(next(1, [], [texted])).toEqual(wait(30));
  });

  it('is repeated after 1, 2, then 5 seconds, and slower for a provider that is long down', () => {
    expect([0, 1, 2, 3, 4, 10, 11, 100].map(backoffMs)).toEqual([
      0, 1000, 2000, 5000, 5000, 5000, 30_000, 30_000,
    ]);
  });
});
