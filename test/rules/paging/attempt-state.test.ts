import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  afterKey,
  afterReceipt,
  afterSending,
  afterSilence,
  isRoutine,
  leftBehindAt,
} from '../../../src/paging/rules/attempt-state.js';
import { receiptClass } from '../../../src/platform/telephony/receipt.js';

type Channel = 'sms' | 'voice';

type State = Parameters<typeof isRoutine>[1];

interface Known {
  state: State;
  failure: string | null;
  rank: number;
  providerStatus: string | null;
  settled: boolean;
}

interface Told {
  status: string;
  errorCode: number | null;
}

const now = new Date('2026-03-01T02:00:00Z');
const later = (ms: number): Date => new Date(now.getTime() + ms);

const handed: Known = {
  state: 'handed',
  failure: null,
  rank: 0,
  providerStatus: null,
  settled: false,
};

/** The attempt as it is after these receipts, one after the other. */
function after(channel: Channel, receipts: Told[], from: Known = handed): Known {
  return receipts.reduce((known, { status, errorCode }, at) => {
    const receipt = receiptClass(channel, status, errorCode);
    const change = afterReceipt(later(at), channel, known, status, receipt);
    if (change === null) return known;
    const { state, failure, rank, providerStatus, settledAt } = change;
    return { state, failure, rank, providerStatus, settled: settledAt !== null };
  }, from);
}

/** The same where routine ones are only noted, as far as it matters to anybody. */
function asDelivered(channel: Channel, receipts: Told[]): Pick<Known, 'state' | 'failure'> {
  const { state, failure } = receipts.reduce((known, told) => {
    const receipt = receiptClass(channel, told.status, told.errorCode);
    return isRoutine(channel, known.state, receipt) ? known : after(channel, [told], known);
  }, handed);
  return { state, failure };
}

const words = (text: string): string[] => text.split(' ');
const statuses: Record<Channel, string[]> = {
  sms: words('queued accepted scheduled sending sent delivered undelivered failed canceled odd'),
  voice: [
    ...words('queued initiated ringing in-progress answered completed'),
    ...words('busy no-answer failed canceled odd'),
  ],
};
const codes = [null, 30003, 30005, 30007, 21610, 12345];

/** Every choice of so many of them, and every order in which they can come. */
function combinations<T>(from: T[], size: number): T[][] {
  if (size === 0) return [[]];
  return from.flatMap((first, at) =>
    combinations(from.slice(at + 1), size - 1).map((rest) => [first, ...rest]),
  );
}

function permutations<T>(all: T[]): T[][] {
  if (all.length < 2) return [all];
  return all.flatMap((first, at) =>
    permutations(all.toSpliced(at, 1)).map((rest) => [first, ...rest]),
  );
}

const anyTelling = fc.constantFrom<Channel>('sms', 'voice').chain((channel) =>
  fc.record({
    channel: fc.constant(channel),
    receipts: fc.array(
      fc.record({
        status: fc.constantFrom(...statuses[channel]),
        errorCode: fc.constantFrom(...codes),
      }),
      { minLength: 1, maxLength: 8 },
    ),
  }),
);

describe('receipts', () => {
  it('end in the same state in whatever order, and however often, the same ones come', () => {
    const telling = anyTelling.chain(({ channel, receipts }) => {
      const repeats = fc.array(fc.constantFrom(...receipts), { maxLength: 6 });
      const shuffled = repeats.chain((more) => {
        const all = [...receipts, ...more];
        return fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
      });
      return fc.record({
        channel: fc.constant(channel),
        receipts: fc.constant(receipts),
        shuffled,
      });
    });
    fc.assert(
      fc.property(telling, ({ channel, receipts, shuffled }) => {
        expect(after(channel, shuffled)).toEqual(after(channel, receipts));
        expect(asDelivered(channel, shuffled)).toEqual(asDelivered(channel, receipts));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each<Channel>(['sms', 'voice'])('end alike in every order of any four of %s', (channel) => {
    const failed = codes.map((errorCode) => ({ status: 'failed', errorCode }));
    const plain = statuses[channel].map((status) => ({ status, errorCode: null }));
    const uneven = combinations([...plain, ...failed.slice(1)], 4).filter((receipts) => {
      const ends = permutations(receipts).map((order) => JSON.stringify(after(channel, order)));
      return new Set(ends).size > 1;
    });
    expect(uneven).toEqual([]);
  });

  it('weigh as much as each other by the name of their status', () => {
    const known = { rank: 7, providerStatus: null };
    const told = (status: string, before: typeof known | { rank: 7; providerStatus: string }) =>
      afterReceipt(now, 'voice', before, status, receiptClass('voice', status, null));
    expect(told('initiated', known)).toMatchObject({ rank: 7, providerStatus: 'initiated' });
    expect(told('queued', { rank: 7, providerStatus: 'initiated' })).not.toBeNull();
    expect(told('initiated', { rank: 7, providerStatus: 'queued' })).toBeNull();
  });

  it('never take back what is known, and settle once an end was told', () => {
    fc.assert(
      fc.property(anyTelling, ({ channel, receipts }) => {
        let known = handed;
        for (const receipt of receipts) {
          const next = after(channel, [receipt], known);
          expect(next.rank).toBeGreaterThanOrEqual(known.rank);
          if (known.settled) expect(next.settled).toBe(true);
          known = next;
        }
      }),
    );
  });

  it.each<[Channel, string, number | null, string, string | null]>([
    ['sms', 'sent', null, 'handed', null],
    ['sms', 'delivered', null, 'delivered', null],
    ['sms', 'undelivered', 30003, 'undelivered', 'retry'],
    ['sms', 'undelivered', 30005, 'undelivered', 'permanent'],
    ['sms', 'failed', null, 'undelivered', 'retry'],
    ['voice', 'ringing', null, 'handed', null],
    ['voice', 'in-progress', null, 'answered', null],
    ['voice', 'completed', null, 'answered', null],
    ['voice', 'busy', null, 'no_answer', 'retry'],
    ['voice', 'no-answer', null, 'no_answer', 'retry'],
    ['voice', 'canceled', null, 'no_answer', 'retry'],
    ['voice', 'failed', null, 'undelivered', 'retry'],
    ['voice', 'failed', 21614, 'undelivered', 'permanent'],
  ])('%s %s (%s) is %s, %s', (channel, status, errorCode, state, failure) => {
    expect(after(channel, [{ status, errorCode }])).toMatchObject({ state, failure });
  });

  it('give a ringing phone half a minute, and a conversation two', () => {
    const told = (status: string): Date | undefined => {
      const receipt = receiptClass('voice', status, null);
      const known = { rank: 0, providerStatus: null };
      return afterReceipt(now, 'voice', known, status, receipt)?.deadlineAt;
    };
    expect(told('ringing')).toEqual(later(30_000));
    expect(told('in-progress')).toEqual(later(120_000));
  });

  it('say nothing new by a status that nobody knows', () => {
    const receipt = receiptClass('sms', 'teleported', null);
    expect(afterReceipt(now, 'sms', handed, 'teleported', receipt)).toBeNull();
  });

  it.each<[string, Channel, State, string, boolean]>([
    ['a text on its way', 'sms', 'handed', 'sent', true],
    ['a text whose request is not answered yet', 'sms', 'started', 'sent', true],
    ['a call that rings', 'voice', 'handed', 'ringing', true],
    ['a call whose name is not known yet', 'voice', 'started', 'ringing', false],
    ['a text that was given up', 'sms', 'unknown', 'sent', false],
    ['a call that was given up', 'voice', 'unknown', 'ringing', false],
    ['the end of a text', 'sms', 'handed', 'delivered', false],
    ['a call that was answered', 'voice', 'handed', 'in-progress', false],
  ])('of %s are routine or not', (_what, channel, state, status, routine) => {
    expect(isRoutine(channel, state, receiptClass(channel, status, null))).toBe(routine);
  });
});

describe('an attempt', () => {
  it.each<[Channel, number]>([
    ['sms', 30_000],
    ['voice', 30_000],
  ])('that was handed over by %s is waited for', (channel, ms) => {
    expect(afterSending(now, channel, { type: 'sent' })).toEqual({
      state: 'handed',
      failure: null,
      settledAt: null,
      deadlineAt: later(ms),
    });
  });

  it.each(['retry', 'permanent'] as const)('that was refused (%s) has failed', (type) => {
    const failed = { state: 'failed', failure: type, settledAt: now };
    expect(afterSending(now, 'sms', { type })).toEqual(failed);
  });

  it('without an answer of the provider is unknown', () => {
    const unknown = { state: 'unknown', failure: null, settledAt: now };
    expect(afterSending(now, 'voice', { type: 'unknown' })).toEqual(unknown);
  });

  it('goes on for its last words after a key', () => {
    expect(afterKey(now)).toEqual({
      state: 'answered',
      failure: null,
      settledAt: null,
      deadlineAt: later(20_000),
    });
  });

  it.each([
    ['handed', 'unknown'],
    ['started', 'unknown'],
    ['answered', 'answered'],
  ] as const)('that was %s is %s after silence', (state, next) => {
    expect(afterSilence(now, { state })).toEqual({ state: next, failure: null, settledAt: now });
  });

  it('of a withdrawn page is hung up, or only waited for, unless it has ended', () => {
    const deadlineAt = later(9_000);
    const open = { settledAt: null, deadlineAt };
    expect(leftBehindAt(now, { channel: 'voice', ...open })).toEqual(now);
    expect(leftBehindAt(now, { channel: 'sms', ...open })).toEqual(deadlineAt);
    expect(leftBehindAt(now, { channel: 'voice', settledAt: now, deadlineAt })).toBeNull();
  });
});
