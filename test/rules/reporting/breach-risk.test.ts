import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { breachAt, byBreachRisk, type Watched } from '../../../src/reporting/rules/breach-risk.js';

const opened = new Date('2026-01-05T02:00:00Z');
const after = (seconds: number): Date => new Date(opened.getTime() + seconds * 1_000);

const waiting = (fields: Partial<Watched> = {}): Watched => ({
  state: 'paging',
  acuity: 'URGENT',
  openedAt: opened,
  exhaustedAt: null,
  leaseUntil: null,
  dueAt: after(60),
  ...fields,
});

const anyMoment = fc.integer({ min: 0, max: 100_000 }).map(after);
const anyCase: fc.Arbitrary<Watched> = fc.record({
  state: fc.constantFrom('paging', 'acknowledged', 'in_contact', 'disposed', 'follow_up'),
  acuity: fc.constantFrom('EMERGENT', 'URGENT', 'PRIORITY', 'ROUTINE'),
  openedAt: anyMoment,
  exhaustedAt: fc.option(anyMoment),
  leaseUntil: fc.option(anyMoment),
  dueAt: fc.option(anyMoment),
});

describe('when a case is late', () => {
  it('is its acuity’s target while nobody has it', () => {
    expect(breachAt(waiting())).toEqual(after(300));
    expect(breachAt(waiting({ acuity: 'EMERGENT' }))).toEqual(after(120));
  });

  it('is the end of the lease once somebody has it, and the reminder later on', () => {
    const leaseUntil = after(700);

    expect(breachAt(waiting({ state: 'acknowledged', leaseUntil }))).toEqual(leaseUntil);
    expect(breachAt(waiting({ state: 'in_contact' }))).toEqual(after(60));
  });
});

describe('the order of the board', () => {
  it('puts the exhausted first, then by the time that is left, those in contact last', () => {
    const talking = waiting({ state: 'in_contact', dueAt: after(1) });
    const emergent = waiting({ acuity: 'EMERGENT' });
    const exhausted = waiting({ exhaustedAt: after(400), acuity: 'ROUTINE' });
    const urgent = waiting();

    expect([talking, urgent, exhausted, emergent].toSorted(byBreachRisk)).toEqual([
      exhausted,
      emergent,
      urgent,
      talking,
    ]);
  });

  it('is one and the same however the cases came', () => {
    fc.assert(
      fc.property(anyCase, anyCase, anyCase, (a, b, c) => {
        expect(Math.sign(byBreachRisk(a, b))).toBe(-Math.sign(byBreachRisk(b, a)) + 0);
        if (byBreachRisk(a, b) <= 0 && byBreachRisk(b, c) <= 0) {
          expect(byBreachRisk(a, c)).toBeLessThanOrEqual(0);
        }
      }),
    );
  });
});
