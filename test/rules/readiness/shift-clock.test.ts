import { describe, expect, it } from '@jest/globals';
import {
  needsCheckIn,
  type ShiftClock,
  shiftDueAt,
  shiftMove,
} from '../../../src/readiness/rules/shift-clock.js';

const at = (minutes: number): Date => new Date(Date.UTC(2026, 10, 28, 12, minutes));
const shift = (fields: Partial<ShiftClock> = {}): ShiftClock => ({
  state: 'planned',
  fromAt: at(0),
  toAt: at(720),
  toldAt: null,
  askedAt: null,
  asks: 0,
  ...fields,
});
const asked = (asks: number) => shift({ state: 'asked', askedAt: at(0), asks });

describe('the clock of a shift', () => {
  it.each([
    ['announced an hour before', shift(), -60, 'tell'],
    ['found within the hour, announced at once', shift(), -20, 'tell'],
    ['announced once', shift({ toldAt: at(-60) }), -20, 'wait'],
    ['begun at its beginning', shift({ toldAt: at(-60) }), 0, 'begin'],
    ['found after its beginning, begun', shift(), 5, 'begin'],
    ['asked again', asked(1), 4, 'ask_again'],
    ['asked a third time', asked(2), 7, 'ask_again'],
    ['waited for in between', asked(2), 6, 'wait'],
    ['not asked a fourth time', asked(3), 9, 'wait'],
    ['missed after ten minutes', asked(3), 10, 'miss'],
    ['missed also when nobody looked meanwhile', asked(1), 10, 'miss'],
    ['on until its end', shift({ state: 'on' }), 719, 'wait'],
    ['ended', shift({ state: 'on' }), 720, 'end'],
    ['ended although it was missed', shift({ state: 'missed' }), 720, 'end'],
    ['ended although nobody has begun it', shift(), 720, 'end'],
    ['over', shift({ state: 'over' }), 900, 'wait'],
  ])('%s', (_what, one, minutes, move) => {
    expect(shiftMove(at(minutes), one)).toBe(move);
  });

  it('never rings after its end', () => {
    expect(shiftDueAt(shift({ toAt: at(3), state: 'asked', askedAt: at(0), asks: 3 }))).toEqual(
      at(3),
    );
    expect(shiftDueAt(shift({ state: 'declined' }))).toEqual(at(720));
  });

  it.each([
    ['nobody was asked since they came', null, true],
    ['it was less than a day ago', at(-1439), false],
    ['it was a day ago', at(-1440), true],
  ])('whoever goes on without a break is asked again by time: %s', (_when, since, needs) => {
    expect(needsCheckIn(at(0), since)).toBe(needs);
  });
});
