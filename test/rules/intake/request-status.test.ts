import { describe, expect, it } from '@jest/globals';
import { type CaseProgress, describeStatus } from '../../../src/intake/rules/request-status.js';
import type { Acuity, AcuityPolicy } from '../../../src/cases/rules/policy.js';
import type { Audience } from '../../../src/oncall/rules/answering/audience.js';

const asked = new Date('2026-01-05T02:00:00Z');
const after = (minutes: number): Date => new Date(asked.getTime() + minutes * 60_000);

const steps: Audience[] = [{ schedule: 'primary' }, { schedule: 'backup' }, { role: 'supervisor' }];
const acuity: AcuityPolicy = {
  steps: steps.map((audience) => ({ audiences: [audience], waitSeconds: 120 })),
  roundAgainSeconds: 120,
  leaseSeconds: 600,
};
const acuities: Record<Acuity, AcuityPolicy> = {
  EMERGENT: acuity,
  URGENT: acuity,
  PRIORITY: acuity,
  ROUTINE: acuity,
};
const reminders = { inContactSeconds: 1, disposedSeconds: 1, followUpSeconds: 1 };
const policy = { version: 1, zone: 'UTC', acuities, lowAcuityNeeds: [], reminders };

/** A request on its first step, one person paged. */
const progress = (fields: Partial<CaseProgress> = {}): CaseProgress => ({
  state: 'paging',
  acuity: 'URGENT',
  step: 0,
  round: 0,
  policy,
  dueAt: after(2),
  openedAt: asked,
  leaseUntil: null,
  acknowledgedAt: null,
  contactAttemptedAt: null,
  peopleTried: 1,
  stepIsLive: true,
  ...fields,
});

describe('how a request stands', () => {
  it('is accepted while the first person is being paged', () => {
    expect(describeStatus(after(1), progress())).toEqual({ type: 'accepted' });
  });

  it.each([
    [1, 'supervisor'],
    [2, 'backstop'],
  ] as const)('is waiting on step %i, and the next is the %s', (step, next) => {
    expect(describeStatus(after(6), progress({ step, peopleTried: 2 }))).toEqual({
      type: 'waiting',
      people: 2,
      minutes: 6,
      next,
    });
  });

  it('says nothing of a person tried when nobody was', () => {
    const nobody = progress({ step: 2, peopleTried: 0 });

    expect(describeStatus(after(3), nobody)).toEqual({ type: 'exhausted', backup: false });
  });

  it('is exhausted behind the last step, and the backup is named only while it is called', () => {
    const exhausted = progress({ step: 3, stepIsLive: false });

    expect(describeStatus(after(7), exhausted)).toEqual({ type: 'exhausted', backup: false });
    expect(describeStatus(after(7), { ...exhausted, stepIsLive: true })).toEqual({
      type: 'exhausted',
      backup: true,
    });
  });

  it('is waiting again once everybody was asked and it has begun anew', () => {
    const anew = progress({ step: 0, round: 1, peopleTried: 4 });

    expect(describeStatus(after(9), anew)).toEqual({
      type: 'waiting',
      people: 4,
      minutes: 9,
      next: 'backup',
    });
  });

  it.each([
    ['on the first step', 0, { type: 'passed_on', next: 'backup' }],
    ['on the last step', 2, { type: 'passed_on', next: 'backstop' }],
    ['behind the last step', 3, { type: 'exhausted', backup: true }],
  ] as const)('that somebody had and has no more, %s, says so', (_where, step, status) => {
    const passedOn = progress({ step, round: 2, acknowledgedAt: after(3) });

    expect(describeStatus(after(20), passedOn)).toEqual(status);
  });

  it('waits for the morning only when nobody was paged at all', () => {
    expect(describeStatus(after(5), progress({ step: null, dueAt: after(300) }))).toEqual({
      type: 'quiet',
      until: after(300),
    });
  });

  it('promises a call until the lease runs out, and tells of a try that failed', () => {
    const taken = progress({
      state: 'acknowledged',
      acknowledgedAt: after(3),
      leaseUntil: after(13),
    });

    expect(describeStatus(after(4), taken)).toEqual({ type: 'acknowledged', until: after(13) });
    expect(describeStatus(after(6), { ...taken, contactAttemptedAt: after(5) })).toEqual({
      type: 'attempted',
      at: after(5),
      until: after(13),
    });
  });

  it.each([
    ['in_contact', 'in_contact'],
    ['disposed', 'over'],
    ['follow_up', 'over'],
    ['closed', 'over'],
  ] as const)('of a case that is %s is %s', (state, type) => {
    expect(describeStatus(after(60), progress({ state }))).toEqual({ type });
  });
});
