import { describe, expect, it } from '@jest/globals';
import { assessAcuity } from '../../../src/cases/rules/acuity.js';
import { readObject } from './reading.js';

const acuityOf = (body: unknown): string => {
  const { fields } = readObject(body);
  return assessAcuity({ ...fields, stated: fields.acuity }, { lowAcuityNeeds: ['coaching'] })
    .acuity;
};

const yes = [true, 'true', 'yes', ' YES ', 'Y', 1, '1', 'si', 'Sí'];
const no = [false, 'false', 'no', 'N', 0, '0', 'none', 'never'];
const neither = ['perhaps', 'yes and no', 2, -1, {}, [], ['yes'], 'a'.repeat(41)];
const safe = ['safeToCall', 'safeToText', 'safeToVoicemail'] as const;

describe('a yes or a no', () => {
  it.each<[answer: boolean | null, forms: unknown[]]>([
    [true, yes],
    [false, no],
    [null, neither],
    [null, [null, undefined]],
  ])('%j is what a call may be, in every form', (answer, forms) => {
    for (const form of forms) {
      for (const name of safe) {
        const { callback } = readObject({ callback: { phone: '1', [name]: form } }).fields;
        expect([form, callback?.[name]]).toEqual([form, answer]);
      }
    }
  });

  it('that cannot be read is never taken for safe, and is named', () => {
    for (const form of neither) {
      const { warnings } = readObject({ callback: { phone: '1', safeToCall: form } });
      expect(warnings).toEqual(['not_understood:callback.safeToCall']);
    }
  });

  it('belongs to the number of the participant where the callback has none', () => {
    const participant = { phone: '+12025550171' };
    const { fields } = readObject({ participant, callback: { safeToText: 'no' } });
    expect(fields.callback).toMatchObject({ phone: '+12025550171', safeToText: false });
  });

  it('is about the number on file where none is typed at all', () => {
    const flag = readObject({ callback: { safeToText: 'no' } });
    expect(flag.fields.callback).toMatchObject({ phone: undefined, safeToText: false });
    expect(flag.warnings).toEqual([]);
  });

  it('is not said by a callback that says nothing', () => {
    const flag = readObject({ callback: { safeToText: null } });
    expect(flag.fields.callback).toBeUndefined();
    expect(flag.warnings).toEqual(['not_understood:callback.phone']);
  });
});

describe('danger', () => {
  it.each(yes)('is at hand for %j', (meansAtHand) => {
    expect(acuityOf({ danger: { meansAtHand } })).toBe('EMERGENT');
  });

  it.each([...neither, 'no pills yet', { pills: 'yes' }])(
    'said in a form that cannot be read still counts as said: %j',
    (form) => {
      const quiet = { need: 'coaching', acuity: 'ROUTINE' };
      expect(acuityOf(quiet)).toBe('ROUTINE');
      expect(acuityOf({ ...quiet, danger: { meansAtHand: form } })).toBe('URGENT');
      expect(acuityOf({ ...quiet, danger: { within: form } })).not.toBe('ROUTINE');
    },
  );

  it.each(['yes', 7, ['pills'], true, 'she has pills'])(
    'that is no object is kept and named: %j',
    (danger) => {
      const flag = readObject({ danger });
      expect(flag.fields.danger).toEqual({ meansAtHand: danger });
      expect(flag.warnings).toEqual(['not_understood:danger']);
    },
  );

  it('in a time that cannot be read is named', () => {
    expect(readObject({ danger: { within: 'hm' } }).warnings).toEqual([
      'not_understood:danger.within',
    ]);
    expect(readObject({ danger: { within: 'PT24H', mood: 1 } }).warnings).toEqual([
      'unknown_field:danger.mood',
    ]);
  });
});

describe('a screener', () => {
  it.each([['bad'], [3], [[true, true]], [true]])('that is no object is unfinished: %j', (form) => {
    const flag = readObject({ need: 'coaching', acuity: 'ROUTINE', screener: form });
    expect(flag.fields.screener).toEqual({ answers: form });
    expect(flag.warnings).toEqual(['not_understood:screener']);
    expect(acuityOf({ need: 'coaching', acuity: 'ROUTINE', screener: form })).toBe('URGENT');
  });

  it('keeps its answers, whatever they are called and however deep', () => {
    const answers = { 'q6\0': { when: ['\uD800', null] }, __q1: 'yes' };
    const { fields } = readObject({ screener: { instrument: 'C-SSRS', answers } });
    expect(fields.screener).toMatchObject({ instrument: 'C-SSRS', answers });
  });

  it('whose answers are none is named and unfinished', () => {
    for (const answers of ['none', 4, ['yes'], true]) {
      const screener = { instrument: 'PHQ-9', answers };
      expect(readObject({ screener }).warnings).toEqual(['not_understood:screener.answers']);
      expect(acuityOf({ need: 'coaching', acuity: 'ROUTINE', screener })).toBe('URGENT');
    }
  });
});
