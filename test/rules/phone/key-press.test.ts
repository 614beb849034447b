import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hearAgain, readKey, type Turn } from '../../../src/phone/rules/key-press.js';

const first: Turn = { round: 1, repeats: 0 };
const notAKey = fc
  .string({ unit: fc.constantFrom(...'0123456789*#'.split('')), minLength: 0, maxLength: 4 })
  .filter((digits) => !['1', '2', '9'].includes(digits));

describe('a key pressed in the call of a page', () => {
  it('takes with 1 and passes with 2', () => {
    expect(readKey('1', first, true)).toEqual({ type: 'answer', take: true });
    expect(readKey('2', first, true)).toEqual({ type: 'answer', take: false });
  });

  it('hears it again with 9, as the same turn, and not for ever', () => {
    expect(readKey('9', first, true)).toEqual({ type: 'ask', turn: { round: 1, repeats: 1 } });
    const often = { round: 1, repeats: 9 };
    expect(readKey('9', often, true)).toEqual({ type: 'part', because: 'heard_often' });
    expect(hearAgain(often)).toBeNull();
  });

  it('takes nothing when it is any other, or none: asked three times, then the call ends', () => {
    fc.assert(
      fc.property(notAKey, notAKey, notAKey, (...digits) => {
        let turn = first;
        for (const each of digits.slice(0, 2)) {
          const move = readKey(each, turn, true);
          if (move.type !== 'ask') throw new Error(`${each} was not asked again`);
          expect(move.turn).toEqual({ ...turn, round: turn.round + 1 });
          ({ turn } = move);
        }
        expect(readKey(digits[2], turn, true)).toEqual({ type: 'part', because: 'no_key' });
      }),
    );
  });

  it('ends the call within twelve questions, whatever is pressed', () => {
    const keys = fc.array(fc.constantFrom('', '3', '9'), { minLength: 13, maxLength: 13 });
    fc.assert(
      fc.property(keys, fc.boolean(), (pressed, asks) => {
        let turn = first;
        const ended = pressed.some((digits) => {
          const move = readKey(digits, turn, asks);
          if (move.type === 'ask') ({ turn } = move);
          return move.type !== 'ask';
        });
        expect(ended).toBe(true);
      }),
    );
  });

  it('neither takes nor passes a page that only tells its owner something', () => {
    for (const digits of ['1', '2', '5', '12']) {
      expect(readKey(digits, first, false)).toEqual({ type: 'part', because: 'heard' });
    }
    expect(readKey('9', first, false)).toMatchObject({ type: 'ask' });
    expect(readKey('', first, false)).toMatchObject({ type: 'ask', turn: { round: 2 } });
  });
});
