import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Shift } from '../../../src/oncall/rules/schedule.js';
import {
  changePlan,
  type KnownShift,
  type PlanChange,
} from '../../../src/readiness/rules/shift-plan.js';

const why = { kind: 'layer', name: 'nights', turn: 0 } as const;
const shift = (member: string, from: number, to: number): Shift => ({ member, why, from, to });
const known = (staffId: string, from: number, to: number, fields: object = {}): KnownShift => ({
  id: `${staffId}@${from}`,
  staffId,
  from,
  to,
  isOver: false,
  isPlanned: false,
  ...fields,
});
const bounds = { now: 100, seenFrom: 89, until: 200 };
const nothing: PlanChange = { added: [], retimed: [], removed: [] };

describe('the plan of shifts to be watched', () => {
  it('adds those that are new, and says which were under way when it looked', () => {
    const shifts = [shift('a', 89, 120), shift('b', 120, 150), shift('c', 220, 250)];
    expect(changePlan([], shifts, bounds).added).toEqual([
      { staffId: 'b', from: 120, to: 150, isUnderWay: false },
      { staffId: 'a', from: 89, to: 120, isUnderWay: true },
    ]);
  });

  it('changes nothing where all is known', () => {
    const all = [known('a', 20, 120), known('b', 120, 150, { isPlanned: true })];
    expect(changePlan(all, [shift('a', 89, 120), shift('b', 120, 150)], bounds)).toEqual(nothing);
  });

  it('sees one that began since it last looked', () => {
    expect(changePlan([], [shift('a', 95, 120)], bounds).added).toEqual([
      { staffId: 'a', from: 95, to: 120, isUnderWay: false },
    ]);
  });

  it('leaves out what has passed already', () => {
    expect(changePlan([], [shift('a', 90, 99)], bounds)).toEqual(nothing);
  });

  it('removes those that will not come, and ends those that were taken away', () => {
    const all = [known('a', 20, 120), known('b', 120, 150, { isPlanned: true })];
    expect(changePlan(all, [], bounds)).toEqual({
      ...nothing,
      removed: ['b@120'],
      retimed: [{ id: 'a@20', to: 100 }],
    });
  });

  it('tells when one under way ends at another time, also when it has ended since', () => {
    const all = [known('a', 20, 120)];
    expect(changePlan(all, [shift('a', 89, 140)], bounds).retimed).toEqual([
      { id: 'a@20', to: 140 },
    ]);
    expect(changePlan(all, [shift('a', 89, 96)], bounds).retimed).toEqual([{ id: 'a@20', to: 96 }]);
  });

  it('keeps two turns of the same person apart', () => {
    const all = [known('a', 20, 96), known('a', 96, 150)];
    expect(changePlan(all, [shift('a', 89, 96), shift('a', 96, 150)], bounds)).toEqual(nothing);
  });

  it('asks about one that was to begin later and has begun already as under way', () => {
    const all = [known('a', 120, 150, { isPlanned: true })];
    expect(changePlan(all, [shift('a', 89, 150)], bounds)).toEqual({
      added: [{ staffId: 'a', from: 89, to: 150, isUnderWay: true }],
      retimed: [],
      removed: ['a@120'],
    });
  });

  it('never looks again at what is over', () => {
    const over = known('a', 95, 98, { isOver: true });
    expect(changePlan([over], [shift('a', 95, 98)], bounds)).toEqual(nothing);
  });

  it('after it is carried out the watches are the shifts, whatever was known before', () => {
    const moment = fc.integer({ min: 0, max: 300 });
    const someShifts = fc
      .uniqueArray(moment, { maxLength: 12 })
      .map((all) => all.toSorted((one, other) => one - other))
      .map((cuts) => cuts.slice(1).map((to, at) => shift('abc'[to % 3]!, cuts[at]!, to)));
    const cut = (all: Shift[]) =>
      all
        .filter(({ to }) => to > bounds.seenFrom)
        .map((one) => ({ ...one, from: Math.max(one.from, bounds.seenFrom) }));
    fc.assert(
      fc.property(someShifts, someShifts, (before, after) => {
        const was = before.map(({ member, from, to }) =>
          known(member, from, to, { isPlanned: from > bounds.now, isOver: to <= bounds.now }),
        );
        const { added, retimed, removed } = changePlan(was, cut(after), bounds);
        const left = was.filter(({ id, isOver }) => !isOver && !removed.includes(id));
        const watched = [
          ...left.map((one) => ({
            ...one,
            to: retimed.find(({ id }) => id === one.id)?.to ?? one.to,
          })),
          ...added,
        ].filter(({ to }) => to > bounds.now);
        const wanted = cut(after).filter(({ from, to }) => to > bounds.now && from < bounds.until);
        const said = (all: { staffId: string; to: number }[]) =>
          all.map(({ staffId, to }) => `${staffId} until ${to}`).toSorted();
        expect(said(watched)).toEqual(
          said(wanted.map(({ member, to }) => ({ staffId: member, to }))),
        );
      }),
    );
  });
});
