import { describe, expect, it } from '@jest/globals';
import type { Gap } from '../../../src/oncall/rules/coverage.js';
import {
  compare,
  type KnownStretch,
  type Stretch,
  stretchesToWatch,
} from '../../../src/readiness/rules/watched-stretches.js';

const aGap = (from: number, to: number, different: Partial<Gap> = {}): Gap => ({
  from,
  to,
  why: 'nobody_scheduled',
  accepted: null,
  ...different,
});
const acceptance = { by: 'sam', reason: 'The group runs then.', everyWeek: false };

const schedule = (id: string, gaps: Gap[], used = true) => ({
  id,
  used,
  gaps,
  minutes: { gap: 0, acceptedGap: 0 },
});

describe('what is watched of a coverage', () => {
  it('is every gap in one piece, whatever the reasons, and who accepted it first', () => {
    const gaps = [
      aGap(0, 10, { accepted: acceptance }),
      aGap(10, 20, { why: 'nobody_reachable' }),
      aGap(30, 40),
    ];
    const watched = stretchesToWatch({ schedules: [schedule('a', gaps)], thin: [] });

    expect(watched).toEqual([
      {
        kind: 'gap',
        scheduleId: 'a',
        from: 0,
        to: 20,
        why: 'nobody_scheduled',
        acceptedBy: 'sam',
      },
      {
        kind: 'gap',
        scheduleId: 'a',
        from: 30,
        to: 40,
        why: 'nobody_scheduled',
        acceptedBy: null,
      },
    ]);
  });

  it('is no gap that was accepted for every week, and none of a schedule that nobody pages', () => {
    const weekly = aGap(0, 10, { accepted: { ...acceptance, everyWeek: true } });
    const schedules = [schedule('a', [weekly, aGap(10, 12)]), schedule('b', [aGap(0, 10)], false)];

    expect(stretchesToWatch({ schedules, thin: [] })).toMatchObject([{ from: 10, to: 12 }]);
  });

  it('keeps schedules apart, and from where there are too few people', () => {
    const schedules = [schedule('a', [aGap(0, 10)]), schedule('b', [aGap(10, 20)])];
    const thin = [
      { from: 20, to: 30, people: 1 },
      { from: 30, to: 35, people: 0 },
      { from: 40, to: 50, people: 1 },
    ];

    expect(stretchesToWatch({ schedules, thin }).map((one) => [one.scheduleId, one.to])).toEqual([
      ['a', 10],
      ['b', 20],
      [null, 35],
      [null, 50],
    ]);
  });
});

const known = (id: string, from: number, to: number, stagesTold = 2): KnownStretch => ({
  id,
  kind: 'gap',
  scheduleId: 'a',
  from,
  to,
  stagesTold,
});
const found = (from: number, to: number, different: Partial<Stretch> = {}): Stretch => ({
  kind: 'gap',
  scheduleId: 'a',
  from,
  to,
  why: 'nobody_scheduled',
  acceptedBy: null,
  ...different,
});

describe('a stretch found again', () => {
  it.each([
    ['is the same when nothing moved', 10, 20],
    ['is the same when it begins earlier', 5, 12],
    ['is the same when it ends later', 19, 30],
  ])('%s', (_what, from, to) => {
    const before = known('one', 10, 20);
    const { kept, added, gone } = compare([before], [found(from, to)]);

    expect(kept).toEqual([{ known: before, stretch: found(from, to) }]);
    expect([added, gone]).toEqual([[], []]);
  });

  it.each<[string, Stretch]>([
    ['only touches it', found(20, 30)],
    ['is of another schedule', found(10, 20, { scheduleId: 'b' })],
    ['is about too few people', found(10, 20, { kind: 'thin' })],
  ])('is another one when it %s', (_what, stretch) => {
    const before = known('one', 10, 20);

    expect(compare([before], [stretch])).toEqual({
      kept: [],
      added: [{ stretch, stagesTold: 0 }],
      gone: [before],
    });
  });

  it('in two parts is the same and a new one of which was told as much', () => {
    const before = known('one', 10, 40);
    const { kept, added, gone } = compare([before], [found(10, 20), found(30, 40)]);

    expect(kept).toMatchObject([{ known: before, stretch: { from: 10 } }]);
    expect(added).toEqual([{ stretch: found(30, 40), stagesTold: 2 }]);
    expect(gone).toEqual([]);
  });

  it('where there were two is the first of them', () => {
    const { kept, gone } = compare([known('one', 10, 20), known('two', 30, 40)], [found(10, 40)]);

    expect(kept.map((one) => one.known.id)).toEqual(['one']);
    expect(gone.map(({ id }) => id)).toEqual(['two']);
  });
});
