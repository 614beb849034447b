import { describe, expect, it } from '@jest/globals';
import { nextCheckAt } from '../../../src/readiness/rules/check-times.js';
import { nextLookAt, stagesCome } from '../../../src/readiness/rules/gap-stages.js';

const at = (text: string): Date => new Date(`2026-${text}Z`);
const fromAt = at('11-20T12:00:00');
const toAt = at('11-20T18:00:00');

describe('the stages of a gap', () => {
  it.each([
    ['11-01T12:00:00', 0],
    ['11-13T11:59:59.999', 0],
    ['11-13T12:00:00', 1],
    ['11-19T11:59:59.999', 1],
    ['11-19T12:00:00', 2],
    ['11-20T10:59:59.999', 2],
    ['11-20T11:00:00', 3],
    ['11-20T11:59:59.999', 3],
    ['11-20T12:00:00', 4],
    ['11-20T17:00:00', 4],
  ])('have come until %s: %i', (now, stages) => {
    expect(stagesCome({ kind: 'gap', fromAt }, at(now))).toBe(stages);
  });

  it.each([
    [0, '11-13T12:00:00'],
    [1, '11-19T12:00:00'],
    [2, '11-20T11:00:00'],
    [3, '11-20T12:00:00'],
    [4, '11-20T18:00:00'],
  ])('after %i of them are looked at again at %s', (stagesTold, next) => {
    expect(nextLookAt({ kind: 'gap', fromAt, toAt, stagesTold })).toEqual(at(next));
  });
});

describe('too few people', () => {
  it.each([
    ['11-19T11:59:59.999', 0],
    ['11-19T12:00:00', 1],
    ['11-20T12:00:00', 1],
  ])('is told of once, a day ahead: until %s %i times', (now, stages) => {
    expect(stagesCome({ kind: 'thin', fromAt }, at(now))).toBe(stages);
  });

  it('is looked at again a day ahead, and at its end', () => {
    const looks = [0, 1].map((stagesTold) =>
      nextLookAt({ kind: 'thin', fromAt, toAt, stagesTold }),
    );
    expect(looks).toEqual([at('11-19T12:00:00'), toAt]);
  });
});

describe('a program is checked', () => {
  it.each([
    ['an hour later', '03-08T20:00:00', '03-08T21:00:00'],
    ['at two at night when that comes first', '03-10T05:30:00', '03-10T06:00:00'],
    ['an hour later when it is two', '03-10T06:00:00', '03-10T07:00:00'],
    ['at the jump when there is no two at night', '03-08T06:30:00', '03-08T07:00:00'],
    ['at the first two of a night that has it once', '11-01T05:30:00', '11-01T06:30:00'],
  ])('again %s', (_when, now, next) => {
    expect(nextCheckAt('America/New_York', at(now))).toEqual(at(next));
  });
});
