import { describe, expect, it } from '@jest/globals';
import { resolve } from '../../../../src/oncall/rules/resolve.js';
import type { Override } from '../../../../src/oncall/rules/schedule.js';
import { at, layerOf, listed, onCall, overrideOf, scheduleOf } from './written.js';

const noon = '2026-06-01T12:00-04:00';
const day: [string, string] = ['2026-06-01T08:00-04:00', '2026-06-01T20:00-04:00'];
const replace = (outgoing: string, incoming: string) =>
  overrideOf('replace', day, { outgoing, incoming });
const add = (incoming: string) => overrideOf('add', day, { incoming });
const remove = (outgoing: string) => overrideOf('remove', day, { outgoing });

describe('overrides', () => {
  it.each<[string, string, Override[], string]>([
    ['put one in the place of another', 'ana ben', [replace('ana', 'cleo')], 'cleo ben'],
    ['leave somebody out', 'ana ben', [remove('ana')], 'ben'],
    ['may leave nobody', 'ana', [remove('ana')], ''],
    ['put somebody beside whoever is on call', 'ana', [add('ben')], 'ana ben'],
    ['have no effect on somebody who is not on call', 'ana', [replace('ben', 'cleo')], 'ana'],
    ['have no effect when the one to add is on call', 'ana ben', [add('ana')], 'ana ben'],
    ['put nobody on call twice in place of another', 'ana ben', [replace('ana', 'ben')], 'ben'],
    ['add nobody twice', 'ana', [add('ben'), add('ben')], 'ana ben'],
    ['add nobody who stands in', 'ana', [add('ben'), replace('ana', 'ben')], 'ben'],
    ['do not hand on', 'ana', [replace('ana', 'ben'), replace('ben', 'cleo')], 'ben'],
    [
      'exchange two who are both on call and lose neither',
      'ana ben',
      [replace('ana', 'ben'), replace('ben', 'ana')],
      'ben ana',
    ],
    [
      'call the one who was to stand in, though replaced elsewhere',
      'ana ben',
      [replace('ana', 'ben'), replace('ben', 'cleo')],
      'ben cleo',
    ],
    ['let one stand in for two', 'ana ben', [replace('ana', 'x'), replace('ben', 'x')], 'x'],
    ['take away and bring back', 'ana ben', [remove('ana'), add('ana')], 'ben ana'],
  ])('%s', (_, members, overrides, names) => {
    const schedule = scheduleOf([layerOf(members)], { overrides });
    expect(onCall(schedule, noon)).toBe(names);
  });

  it('last from their first millisecond to the one before their end', () => {
    const schedule = scheduleOf([layerOf('ana')], { overrides: [replace('ana', 'ben')] });
    expect(listed(schedule, '2026-06-01T00:00-04:00', '2026-06-02T00:00-04:00')).toEqual([
      'ana 2026-06-01T00:00-04:00 2026-06-01T08:00-04:00',
      'ben 2026-06-01T08:00-04:00 2026-06-01T20:00-04:00',
      'ana 2026-06-01T20:00-04:00 2026-06-02T00:00-04:00',
    ]);
    expect(resolve(schedule, at(day[0]) - 1)[0]?.member).toBe('ana');
    expect(resolve(schedule, at(day[0]))[0]?.member).toBe('ben');
    expect(resolve(schedule, at(day[1]) - 1)[0]?.member).toBe('ben');
    expect(resolve(schedule, at(day[1]))[0]?.member).toBe('ana');
  });

  it('apply to fixed stretches, too', () => {
    const stretch = { from: '2026-06-01T00:00', to: '2026-06-02T00:00' };
    const fixed = [{ name: 'this week', ...stretch, shifts: [{ members: ['dan'], ...stretch }] }];
    const schedule = scheduleOf([layerOf('ana')], { fixed, overrides: [replace('dan', 'eve')] });
    expect(onCall(schedule, noon)).toBe('eve');
  });

  it('put somebody on call where nobody would be', () => {
    const closed = layerOf('ana', { from: '2030-01-01' });
    expect(onCall(scheduleOf([closed], { overrides: [add('ben')] }), noon)).toBe('ben');
  });

  it.each<[string, Override, object]>([
    ['an override', replace('ana', 'ben'), { kind: 'override', id: 'o1', instead: 'ana' }],
    ['an added person', add('ben'), { kind: 'override', id: 'o1', instead: null }],
    [
      'a swap',
      { ...replace('ana', 'ben'), swapId: 's1' },
      { kind: 'swap', id: 's1', instead: 'ana' },
    ],
  ])('say why: %s', (_, override, why) => {
    const schedule = scheduleOf([layerOf('ana')], { overrides: [override] });
    expect(resolve(schedule, at(noon)).find(({ member }) => member === 'ben')?.why).toEqual(why);
  });
});
