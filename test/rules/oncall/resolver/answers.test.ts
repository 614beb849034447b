import { describe, expect, it } from '@jest/globals';
import { differences } from '../../../../src/oncall/rules/differences.js';
import { acceptedTimes, unaccepted } from '../../../../src/oncall/rules/gaps.js';
import { shiftsThrough, timelineThrough } from '../../../../src/oncall/rules/history.js';
import { membersIn, peopleIn, renamed } from '../../../../src/oncall/rules/members.js';
import { prepare, segmentAt, shifts } from '../../../../src/oncall/rules/resolve.js';
import { scheduleSchema } from '../../../../src/oncall/rules/schedule-schema.js';
import { stepsOf } from '../../../../src/oncall/rules/steps.js';
import { localStretch } from '../../../../src/oncall/rules/time/wall-clock.js';
import { timeline } from '../../../../src/oncall/rules/timeline.js';
import { at, layerOf, newYork, overrideOf, scheduleOf, shown, turnsOf } from './written.js';

const span = { from: at('2026-06-01T00:00-04:00'), to: at('2026-06-03T00:00-04:00') };
const always = (members: string) => scheduleOf([layerOf(members)]);
const daily = scheduleOf([
  layerOf('ana ben', { turns: turnsOf('day', '00:00', { startsOn: '2026-06-01' }) }),
]);

describe('a span', () => {
  it('without length has no answer', () => {
    expect(timeline(daily, { from: span.from, to: span.from })).toEqual([]);
    expect(segmentAt([], span.from)).toBeUndefined();
  });

  it('is answered for no moment beyond it', () => {
    const prepared = prepare(daily, span);
    expect(prepared.resolve(span.from)[0]?.member).toBe('ana');
    expect(prepared.resolve(span.to - 1)[0]?.member).toBe('ben');
    expect(() => prepared.resolve(span.to)).toThrow(RangeError);
    expect(() => prepared.resolve(span.from - 1)).toThrow(RangeError);
    expect(segmentAt(prepared.segments, span.to)).toBeUndefined();
  });

  it('does not take two people for one when their names run together', () => {
    const odd = scheduleOf([
      layerOf('ana', { name: 'x layer y', until: '2026-06-02' }),
      { name: 'y', members: ['ana layer x'] },
    ]);
    expect(shifts(odd, span.from, span.to).map(({ member }) => member)).toEqual([
      'ana',
      'ana layer x',
    ]);
  });
});

describe('the past of a schedule', () => {
  const noon = at('2026-06-01T12:00-04:00');
  const editions = [
    { from: span.from - 1, to: noon, schedule: always('ana') },
    { from: noon, to: span.to + 1, schedule: always('ana ben') },
  ];

  it('is answered by what was published then', () => {
    const [before, after] = timelineThrough(editions, span);
    expect(before).toMatchObject({ from: span.from, to: noon, people: [{ member: 'ana' }] });
    expect(after).toMatchObject({ from: noon, to: span.to, people: [{}, { member: 'ben' }] });
  });

  it('has a shift run on through a new version that leaves it as it is', () => {
    expect(shiftsThrough(editions, span)).toMatchObject([
      { member: 'ana', from: span.from, to: span.to },
      { member: 'ben', from: noon, to: span.to },
    ]);
  });
});

describe('differences', () => {
  it('are the stretches in which others are on call, whatever the reason', () => {
    const other = {
      ...daily,
      overrides: [
        overrideOf('replace', ['2026-06-01T12:00-04:00', '2026-06-02T12:00-04:00'], {
          outgoing: 'ana',
          incoming: 'cleo',
        }),
      ],
    };
    const found = differences(timeline(daily, span), timeline(other, span));
    expect(found).toEqual([
      {
        from: at('2026-06-01T12:00-04:00'),
        to: at('2026-06-02T00:00-04:00'),
        before: ['ana'],
        after: ['cleo'],
      },
    ]);
  });

  it('are none when only the layers have other names', () => {
    const renamedLayers = scheduleOf([layerOf('ben ana', { name: 'other' })]);
    expect(differences(timeline(always('ana ben'), span), timeline(renamedLayers, span))).toEqual(
      [],
    );
  });

  it('run on while the same people differ', () => {
    const found = differences(timeline(daily, span), timeline(always('cleo'), span));
    expect(found.map(({ before, after }) => [...before, ...after])).toEqual([
      ['ana', 'cleo'],
      ['ben', 'cleo'],
    ]);
    const nobody = differences(
      [{ ...span, people: [] }],
      timeline({ ...always('ana'), zone: 'UTC' }, span),
    );
    expect(nobody).toEqual([{ ...span, before: [], after: ['ana'] }]);
    const twice = [
      { from: span.from, to: span.from + 1, people: [] },
      { from: span.from + 1, to: span.to, people: [] },
    ];
    expect(differences(twice, timeline(always('ana'), span))).toEqual(nobody);
  });
});

describe('accepted gaps', () => {
  const gap = { acceptedBy: 'sue', reason: 'Nobody works then.' };
  const night = { ...gap, everyWeek: true, from: '2026-05-04T22:00', to: '2026-05-05T06:00' };
  const timesOf = (accepted: Parameters<typeof acceptedTimes>[1], within = span) =>
    acceptedTimes(newYork, accepted, within).map(({ from, to }) => [
      shown(daily, from),
      shown(daily, to),
    ]);

  it('are at their hours once, cut to the span', () => {
    const once = { ...gap, everyWeek: false, from: '2026-05-31T22:00', to: '2026-06-01T06:00' };
    expect(timesOf([once])).toEqual([['2026-06-01T00:00-04:00', '2026-06-01T06:00-04:00']]);
    expect(timesOf([{ ...once, from: '2026-05-30T22:00', to: '2026-05-31T06:00' }])).toEqual([]);
  });

  it('are at the same hours of every week from then on', () => {
    expect(timesOf([night])).toEqual([['2026-06-01T22:00-04:00', '2026-06-02T06:00-04:00']]);
    const before = { from: at('2026-04-01T00:00-04:00'), to: at('2026-05-06T00:00-04:00') };
    expect(timesOf([night], before)).toEqual([
      ['2026-05-04T22:00-04:00', '2026-05-05T06:00-04:00'],
    ]);
    const winter = { from: at('2026-11-02T00:00-05:00'), to: at('2026-11-04T00:00-05:00') };
    expect(timesOf([night], winter)).toEqual([
      ['2026-11-02T22:00-05:00', '2026-11-03T06:00-05:00'],
    ]);
  });

  it('leave what nobody has accepted', () => {
    const [from, to] = [span.from, span.from + 100];
    const left = unaccepted(
      [{ from, to }],
      [
        { from: from + 10, to: from + 20 },
        { from: from + 15, to: from + 30 },
        { from: from + 90, to: to + 10 },
      ],
    );
    expect(left).toEqual([
      { from, to: from + 10 },
      { from: from + 30, to: from + 90 },
    ]);
  });
});

describe('the people of a schedule', () => {
  const day = { from: '2026-06-01T08:00', to: '2026-06-02T08:00' };
  const body = scheduleSchema.parse({
    zone: newYork,
    layers: [
      { name: 'one', members: ['ana', 'ben'] },
      { name: 'two', members: ['ben', 'cleo'] },
    ],
    fixed: [{ name: 'week', ...day, shifts: [{ members: ['dan'], ...day }] }],
    acceptedGaps: [{ ...day, acceptedBy: 'sue', reason: 'A holiday.' }],
  });

  it('are its members, of layers and of fixed stretches, and who accepted a gap', () => {
    expect(membersIn(body)).toEqual(['ana', 'ben', 'cleo', 'dan']);
    expect(peopleIn(body)).toEqual(['ana', 'ben', 'cleo', 'dan', 'sue']);
  });

  it('may have other names, everywhere', () => {
    const other = renamed(body, (member) => member.toUpperCase());
    expect(peopleIn(other)).toEqual(['ANA', 'BEN', 'CLEO', 'DAN', 'SUE']);
    expect(renamed(other, (member) => member.toLowerCase())).toEqual(body);
  });
});

describe('times for people to read', () => {
  it('are in UTC and by the clocks of the zone', () => {
    expect(localStretch(newYork, span)).toEqual({
      from: '2026-06-01T04:00:00.000Z',
      to: '2026-06-03T04:00:00.000Z',
      localFrom: '2026-06-01T00:00',
      localTo: '2026-06-03T00:00',
    });
  });
});

describe('the steps of a policy', () => {
  const policy = { acuities: { URGENT: { steps: [{ audiences: [{ schedule: 'main' }] }] } } };

  it('end with the backstop, also of an acuity without steps', () => {
    const audiences = (acuity: string) =>
      stepsOf(policy, acuity).steps.map((step) => step.audiences);
    expect(audiences('URGENT')).toEqual([[{ schedule: 'main' }], ['backstop']]);
    expect(audiences('ROUTINE')).toEqual([['backstop']]);
  });
});
