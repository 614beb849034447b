import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loadDirectory } from '../../../src/resources/load-directory.js';
import { ResourcesConfig } from '../../../src/resources/resources.config.js';
import { readResourceQuery } from '../../../src/resources/rules/request-query.js';
import { readCountry, readLanguage } from '../../../src/resources/rules/country.js';
import { toAnswer } from '../../../src/resources/rules/answer.js';
import type { PhoneChannel } from '../../../src/resources/rules/entry.js';
import { selectResources, type ResourceQuery } from '../../../src/resources/rules/select.js';
import { aCall, anEntry, approved, directoryOf } from '../../support/resources.js';

const bundled = loadDirectory(new ResourcesConfig().directory);
const idsFor = (query: ResourceQuery): string[] =>
  selectResources(bundled, query).entries.map(({ id }) => id);
const shownFor = (query: ResourceQuery) =>
  toAnswer(selectResources(bundled, query), query.language);

describe('choosing emergency resources', () => {
  it('shows the emergency number first, then the crisis line, then the text line', () => {
    expect(idsFor({ country: 'US', language: 'en' })).toEqual(['us-911', 'us-988', 'us-ctl']);
  });

  it('puts the line in the language of the person first and keeps the general line', () => {
    expect(idsFor({ country: 'US', language: 'es-MX' })).toEqual([
      'us-911',
      'us-988-es',
      'us-988',
      'us-ctl',
    ]);
  });

  it('keeps lines in other languages when none speaks the language of the person', () => {
    expect(idsFor({ country: 'DE', language: 'en' })).toEqual(['eu-112', 'de-ts']);
  });

  it('adds lines for a stated audience behind the general ones', () => {
    expect(idsFor({ country: 'US', language: 'en', audience: ['Veterans', ' trans '] })).toEqual([
      'us-911',
      'us-988',
      'us-ctl',
      'us-vcl',
      'us-translifeline',
    ]);
  });

  it('shows no line for some people only to somebody who did not ask', () => {
    const ids = idsFor({ country: 'US' });
    expect(ids).toEqual(['us-911', 'us-988', 'us-988-es', 'us-ctl']);
  });

  it('understands small letters and old codes as countries', () => {
    expect(['us', ' gb ', 'UK', 'USA', 'xx', 'EU', '', '1'].map(readCountry)).toEqual([
      'US',
      'GB',
      'GB',
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  it('falls back to the country of the program when no country was stated', () => {
    const { country, entries } = selectResources(bundled, {
      country: 'nowhere',
      fallbackCountry: 'NZ',
    });
    expect(country).toBe('NZ');
    expect(entries[0]?.id).toBe('nz-111');
  });

  it('never shows the lines of the program to somebody in another country', () => {
    expect(selectResources(bundled, { country: 'KE', fallbackCountry: 'US' })).toMatchObject({
      country: 'KE',
      entries: [
        { id: 'xx-emergency' },
        { id: 'xx-findahelpline' },
        { id: 'xx-befrienders' },
        { id: 'xx-iasp' },
      ],
    });
  });

  it.each(['PR', 'GU', 'VI', 'AS', 'MP'])(
    'shows 911 and 988 in %s, where they answer too',
    (country) => {
      expect(idsFor({ country, language: 'es' })).toEqual(['us-911', 'us-988-es', 'us-988']);
      expect(idsFor({ country, language: 'en' })).toEqual(['us-911', 'us-988']);
    },
  );

  it('shows the directories when no country is known at all', () => {
    expect(idsFor({})).toEqual(['xx-emergency', 'xx-findahelpline', 'xx-befrienders', 'xx-iasp']);
  });

  it('shows the European number with the directories where a member state has no file', () => {
    expect(idsFor({ country: 'IT' })).toEqual([
      'eu-112',
      'xx-findahelpline',
      'xx-befrienders',
      'xx-iasp',
    ]);
  });

  it('shows the same emergency number once', () => {
    expect(idsFor({ country: 'IE' })).toEqual(['ie-112', 'ie-samaritans', 'ie-pieta', 'ie-50808']);
  });

  it('leaves out the line of another region and keeps it where no region was stated', () => {
    expect(idsFor({ country: 'GB', region: 'SCT' })).not.toContain('gb-111');
    expect(idsFor({ country: 'GB' })).toContain('gb-111');
  });

  it('sinks an overdue entry below a verified one, yet never drops it', () => {
    const directory = directoryOf(
      anEntry({ id: 'us-a', category: 'emergency' }),
      anEntry({ id: 'us-late', priority: 1, ...approved({ reviewDueAt: '2026-01-01' }) }),
      anEntry({ id: 'us-undated', priority: 0, status: 'active' }),
      anEntry({ id: 'us-fresh', priority: 9, ...approved({ reviewDueAt: '2026-12-31' }) }),
    );
    const { entries } = selectResources(directory, {
      country: 'US',
      now: new Date('2026-06-01T00:00:00Z'),
    });
    expect(entries.map(({ id }) => id)).toEqual(['us-a', 'us-fresh', 'us-undated', 'us-late']);
  });

  it('answers any question with an emergency number that can be dialed', () => {
    const word = fc.oneof(fc.string(), fc.constantFrom('US', 'es', 'veterans', 'JP', 'zz'));
    const query = fc.record({
      country: word,
      region: word,
      language: word,
      audience: fc.array(word),
      fallbackCountry: word,
    });
    fc.assert(
      fc.property(query, (asked) => {
        const [first] = shownFor(asked).resources;
        expect(first?.category).toBe('emergency');
        expect(first?.channels[0]?.href).toMatch(/^tel:\d+$/);
      }),
    );
  });
});

describe('showing emergency resources', () => {
  it('dials what it shows and keeps the menu key apart from the number', () => {
    const { country, resources } = shownFor({ country: 'US', language: 'es' });
    expect(country).toBe('US');
    expect(resources[1]).toMatchObject({
      id: 'us-988-es',
      category: 'crisis_line',
      name: '988 Línea de Prevención del Suicidio y Crisis',
      channels: [
        { type: 'call', display: '988', dial: '988', href: 'tel:988', instruction: 'y marca 2' },
        { type: 'text', dial: '988', href: 'sms:988?body=AYUDA', instruction: 'envía AYUDA' },
        { type: 'chat', display: '988lifeline.org/chat', dial: null, hours: '24/7' },
      ],
    });
  });

  it('offers the keyword in the language of the person', () => {
    const hrefOf = (language: string) =>
      shownFor({ country: 'US', language }).resources.find(({ id }) => id === 'us-ctl')?.channels;
    expect(hrefOf('en')).toMatchObject([{ href: 'sms:741741?body=HOME' }]);
    expect(hrefOf('es')).toMatchObject([{ href: 'sms:741741?body=AYUDA' }]);
    expect(hrefOf('de')).toHaveLength(2);
  });

  it('says opening hours with their time zone, and nothing where they are unknown', () => {
    const hours = (stated: PhoneChannel['hours']) =>
      toAnswer({
        country: 'US',
        entries: [anEntry({ channels: [aCall('988', { hours: stated })] })],
      }).resources[0]?.channels[0]?.hours;
    expect(hours('24x7')).toBe('24/7');
    expect(hours('unknown')).toBeNull();
    expect(hours({ tz: 'Europe/London', open: 'Mo-Fr 09:00-17:00' })).toBe(
      'Mo-Fr 09:00-17:00 (Europe/London)',
    );
  });
});

describe('reading a question for resources', () => {
  it('takes country, region, language and audiences from the address', () => {
    const url = '/v1/resources?country=us&region=KS&language=es&audience=veterans,trans';
    expect(readResourceQuery(url, 'de')).toEqual({
      country: 'us',
      region: 'KS',
      language: 'es',
      audience: ['veterans', 'trans'],
    });
  });

  it('takes the language from the browser when the address says none', () => {
    expect(readResourceQuery('/nowhere', 'es-MX,en;q=0.8').language).toBe('es-MX');
    expect(readResourceQuery('/nowhere').language).toBeNull();
  });

  it('reads broken tags as no language', () => {
    expect(['es-MX', 'EN', '*', 'x', '', 'klingon!'].map(readLanguage)).toEqual([
      'es',
      'en',
      null,
      null,
      null,
      null,
    ]);
  });
});
