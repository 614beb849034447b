import { describe, expect, it } from '@jest/globals';
import { readObject, understood } from './reading.js';

/** What comes of one field, at whatever depth, and the only warning about it. */
function readField(place: string, value: unknown): { value: unknown; warnings: string[] } {
  const names = place.split('.');
  const body = names.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
  const found = names.reduce<unknown>(
    (outer, name) => (outer as Record<string, unknown> | undefined)?.[name],
    understood(body),
  );
  return { value: found, warnings: readObject(body).warnings };
}

const words: [place: string, lengthMax: number][] = [
  ['program', 80],
  ['participant.externalId', 200],
  ['participant.name', 200],
  ['participant.phone', 40],
  ['raisedBy.role', 60],
  ['raisedBy.name', 200],
  ['raisedBy.phone', 40],
  ['text', 20_000],
  ['screener.instrument', 40],
  ['screener.version', 40],
  ['location.address', 500],
  ['callback.phone', 40],
  ['statusToken', 64],
];

describe('words', () => {
  it.each(words)('of %s are kept up to %i characters', (place, lengthMax) => {
    const longest = 'a'.repeat(lengthMax);

    expect(readField(place, longest)).toEqual({ value: longest, warnings: [] });
    expect(readField(place, `${longest}b`)).toEqual({
      value: longest,
      warnings: [`shortened:${place}`],
    });
  });

  it.each(words)('of %s are what is left of them', (place) => {
    expect(readField(place, '  help  ').value).toBe('help');
    expect(readField(place, 42)).toEqual({ value: '42', warnings: [] });
    expect(readField(place, 'a\0b\uD800')).toEqual({
      value: 'ab\uFFFD',
      warnings: [`characters_replaced:${place}`],
    });
  });

  it.each(words)('of %s are never cut within a character', (place, lengthMax) => {
    const almost = 'a'.repeat(lengthMax - 1);
    const { value, warnings } = readField(place, `${almost}🆘`);

    expect(value).toBe(almost);
    expect(warnings).toEqual([`shortened:${place}`]);
    expect(readField(place, `${almost.slice(1)}🆘`).value).toBe(`${almost.slice(1)}🆘`);
  });

  it.each(words)('of %s are nothing else', (place) => {
    for (const value of [true, false, {}, { text: 'x' }, [], ['x']]) {
      const { value: found, warnings } = readField(place, value);
      expect(found).toBeUndefined();
      expect(warnings).toEqual([`not_understood:${place}`]);
    }
  });
});

type Row = [place: string, said: unknown, value: unknown];

const forms: Row[] = [
  ['source', 'app_button', 'app_button'],
  ['source', ' Help_Page ', 'help_page'],
  ['source', 'smart_watch', 'smart_watch'],
  ['acuity', 'EMERGENT', 'EMERGENT'],
  ['acuity', ' routine\n', 'ROUTINE'],
  ['need', 'crisis', 'crisis'],
  ['need', 'Coaching', 'coaching'],
  ['participant.language', 'es', 'es'],
  ['participant.language', 'ES', 'es'],
  ['participant.language', 'es-MX', 'es-MX'],
  ['participant.language', 'es_mx', 'es-MX'],
  ['participant.language', ' zh-hans-cn ', 'zh-Hans-CN'],
  ['participant.language', 'haw', 'haw'],
  ['participant.birthYear', 1990, 1990],
  ['participant.birthYear', '1990', 1990],
  ['participant.minor', 'yes', true],
  ['participant.minor', 0, false],
  ['location.country', 'us', 'US'],
  ['location.country', ' Gb ', 'GB'],
  ['location.region', 'ny', 'NY'],
  ['location.region', 'us-ny', 'NY'],
  ['location.region', 'GB-ENG', 'ENG'],
  ['location.statedAt', '2026-01-31', '2026-01-31T00:00:00.000Z'],
  ['raisedAt', '2026-01-31T10:00:00Z', '2026-01-31T10:00:00.000Z'],
  ['raisedAt', '2026-01-31t10:00:00.5+02:00', '2026-01-31T08:00:00.500Z'],
  ['raisedAt', '2026-01-31 10:00Z', '2026-01-31T10:00:00.000Z'],
];

const noForms: Row[] = [
  ['source', 'it is so bad', 'partner_api'],
  ['source', '1st', 'partner_api'],
  ['source', `a${'b'.repeat(40)}`, 'partner_api'],
  ['source', ['app_button'], 'partner_api'],
  ['acuity', 'PANIC', undefined],
  ['acuity', 1, undefined],
  ['acuity', ['EMERGENT'], undefined],
  ['acuity', '', undefined],
  ['need', 'everything', undefined],
  ['need', { crisis: true }, undefined],
  ['participant.language', 'klingon!', undefined],
  ['participant.language', 'English', undefined],
  ['participant.language', 'en-', undefined],
  ['participant.language', ['en'], undefined],
  ['participant.birthYear', 90, undefined],
  ['participant.birthYear', 1990.5, undefined],
  ['participant.birthYear', 2101, undefined],
  ['participant.birthYear', 'old', undefined],
  ['participant.birthYear', true, undefined],
  ['participant.birthYear', [1990], undefined],
  ['participant.minor', 'maybe', undefined],
  ['participant.minor', {}, undefined],
  ['location.country', 'USA', undefined],
  ['location.country', 'U1', undefined],
  ['location.region', 'New York', undefined],
  ['location.region', 'USA-NY', undefined],
  ['location.statedAt', 'just now', undefined],
  ['raisedAt', '2026-01-31T10:00:00', undefined],
  ['raisedAt', '2026-13-01', undefined],
  ['raisedAt', 1_769_853_600_000, undefined],
  ['raisedAt', { $date: '2026-01-31' }, undefined],
];

describe('fields of a fixed form', () => {
  it.each(forms)('%s: %j is %j', (place, said, value) => {
    expect(readField(place, said)).toEqual({ value, warnings: [] });
  });

  it.each(noForms)('%s: %j is not understood', (place, said, value) => {
    expect(readField(place, said)).toEqual({ value, warnings: [`not_understood:${place}`] });
  });

  it('keeps a country and a region that are no codes with the address', () => {
    const location = { address: '12 Elm Street', region: 'New York', country: 'America' };
    expect(understood({ location })['location']).toEqual({
      address: '12 Elm Street, New York, America',
    });
  });
});
