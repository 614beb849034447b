import type { Interval } from '../../../../src/oncall/rules/schedule.js';

const probesMax = 60;

/** Where an answer may change, the milliseconds beside it, and some in between. */
export function probesOf(segments: readonly Interval[]): number[] {
  const moments = segments.flatMap(({ from, to }) => [
    from,
    Math.min(from + 1, to - 1),
    Math.floor((from + to) / 2),
    to - 1,
  ]);
  const all = [...new Set(moments)];
  const step = Math.ceil(all.length / probesMax);
  return all.filter((_, place) => place % step === 0);
}
