import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadDirectory } from '../../../src/resources/load-directory.js';
import { ResourcesConfig } from '../../../src/resources/resources.config.js';
import { Resources, shownIds } from '../../../src/resources/resources.service.js';
import { DirectoryFile } from '../../../src/resources/rules/entry.js';
import { missingForProduction, problemsOf } from '../../../src/resources/rules/validate.js';
import { aCall, anEntry, approved, directoryOf } from '../../support/resources.js';

const bundled = loadDirectory(new ResourcesConfig().directory);
const emergency = anEntry({ id: 'us-911', category: 'emergency', channels: [aCall('911')] });
const line = anEntry({ id: 'us-988', channels: [aCall('988')] });
const retired = anEntry({
  id: 'us-old',
  status: 'retired',
  statusReason: 'ended',
  channels: [aCall('988', { menuKey: '3', instruction: { en: 'press 3' } }), aCall('202-555-0199')],
});
const problemsWith = (...entries: ReturnType<typeof anEntry>[]): string[] =>
  problemsOf(directoryOf(emergency, line, ...entries));

describe('the bundled directory', () => {
  it('has no problem and covers the countries it promises', () => {
    expect(problemsOf(bundled)).toEqual([]);
    expect([...bundled.countries].sort()).toEqual(
      'AR AT AU BE BR CA CH CL DE ES FR GB IE IN JP KR MX NL NZ PH PT SG US ZA'.split(' '),
    );
  });

  it('claims no verification that nobody made', () => {
    for (const entry of bundled.entries) {
      expect(['provisional', 'retired']).toContain(entry.status);
      expect(entry).not.toHaveProperty('verifiedAt');
      expect(entry).not.toHaveProperty('twoPerson');
      expect(entry.evidence).toEqual([]);
    }
  });

  it('is not fit for production until two people have approved it', () => {
    const resources = new Resources(new ResourcesConfig());
    expect(resources.missingForProduction(['US'])).toEqual([
      'US: no approved emergency number',
      'US: no approved crisis line',
    ]);
  });

  it('names the entries that were shown', () => {
    const resources = new Resources(new ResourcesConfig());
    expect(shownIds(resources.forRequest({ country: 'KR' }))).toEqual(['kr-119', 'kr-109']);
  });

  it('uses its own country for requests that name none, when it has one', () => {
    const config = new ResourcesConfig(undefined, 'US');
    expect(new Resources(config).forRequest({}).country).toBe('US');
    expect(new Resources(config).forRequest({ fallbackCountry: 'IE' }).country).toBe('IE');
  });
});

describe('a directory of which a review is overdue', () => {
  const channel = { type: 'call', display: '911', dial: '911', hours: '24x7' };
  const entry = (id: string, more: object) => ({
    id,
    category: 'crisis_line',
    name: { en: id },
    confidence: 'high',
    channels: [{ ...channel, display: id.slice(-3), dial: id.slice(-3) }],
    ...more,
  });
  const dated = (reviewDueAt: string) => approved({ reviewDueAt });
  const file = {
    countries: ['US'],
    entries: [
      entry('us-911', { category: 'emergency', status: 'provisional' }),
      entry('us-101', { priority: 1, ...dated('2026-01-31') }),
      entry('us-102', { priority: 2, ...dated('2026-12-31') }),
    ],
  };
  const opened = (): Resources => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'directory-'));
    writeFileSync(path.join(folder, 'us.yaml'), JSON.stringify(file)); // JSON is YAML.
    return new Resources(new ResourcesConfig(folder));
  };

  it.each<[what: string, now: string | null, ids: string[]]>([
    ['nobody has told the time', null, ['us-911', 'us-101', 'us-102']],
    ['it is before the day', '2026-01-31T23:59:00Z', ['us-911', 'us-101', 'us-102']],
    ['it is after the day', '2026-02-01T00:01:00Z', ['us-911', 'us-102', 'us-101']],
  ])('sinks it when %s', (_what, now, ids) => {
    const resources = opened();
    if (now !== null) resources.rememberTime(new Date(now));

    expect(shownIds(resources.forRequest({ country: 'US' }))).toEqual(ids);
  });

  it('names it to whoever has to make that review', () => {
    expect(opened().overdue(new Date('2026-02-01T00:00:00Z'))).toEqual(['us-101']);
    expect(opened().overdue(new Date('2026-01-31T00:00:00Z'))).toEqual([]);
  });
});

describe('checking the directory', () => {
  it('accepts a country with an emergency number and a crisis line', () => {
    expect(problemsWith()).toEqual([]);
  });

  it('refuses an id used twice', () => {
    expect(problemsWith(line)).toEqual(['us-988: used twice']);
  });

  it('refuses a number that dials something else than it shows', () => {
    const channels = [aCall('9-8-8', { dial: '18002738255' })];
    expect(problemsWith(anEntry({ channels }))).toEqual([
      'us-line: shows "9-8-8" but dials "18002738255"',
    ]);
  });

  it.each([
    ['741741', '+1741741'],
    ['116 123', '+44116123'],
    ['13 11 14', '+61131114'],
    ['0800 543 354', '+640800543354'],
  ])('refuses %s pressed into %s', (display, e164FromAbroad) => {
    const channels = [aCall(display, { e164FromAbroad })];
    expect(problemsWith(anEntry({ channels }))).toEqual([
      `us-line: ${e164FromAbroad} cannot be dialed from abroad`,
    ]);
  });

  it('accepts a true number for callers from abroad', () => {
    const channels = [aCall('202-555-0100', { e164FromAbroad: '+12025550100' })];
    expect(problemsWith(anEntry({ channels }))).toEqual([]);
  });

  it('refuses a menu key or keyword that the instruction does not say', () => {
    const channels = [
      aCall('988', { menuKey: '2' }),
      aCall('988', { keyword: 'HOME', instruction: { en: 'text HOME', es: 'escribe' } }),
    ];
    expect(problemsWith(anEntry({ channels }))).toEqual([
      'us-line: the instruction does not say "2"',
      'us-line: the instruction does not say "HOME"',
    ]);
  });

  it('refuses to bring back a retired number or menu key', () => {
    const back = [
      anEntry({
        id: 'us-a',
        channels: [aCall('988', { menuKey: '3', instruction: { en: 'press 3' } })],
      }),
      anEntry({ id: 'us-b', channels: [aCall('(202) 555-0199')] }),
    ];
    expect(problemsWith(retired, ...back)).toEqual([
      'us-a: brings back a retired number of us-old',
      'us-b: brings back a retired number of us-old',
    ]);
  });

  it('lets the number itself live on when only its menu key was retired', () => {
    expect(problemsWith(retired)).toEqual([]);
  });

  it('refuses an entry retired or suspended without a reason', () => {
    expect(
      problemsWith(
        anEntry({ id: 'us-a', status: 'retired' }),
        anEntry({ id: 'us-b', status: 'suspended', channels: [aCall('202-555-0101')] }),
      ),
    ).toEqual(['us-a: retired without a reason', 'us-b: suspended without a reason']);
  });

  it('refuses an active entry without evidence, dates and a second person', () => {
    expect(problemsWith(anEntry({ status: 'active' }))).toHaveLength(3);
    expect(problemsWith(anEntry(approved()))).toEqual([]);
    expect(
      problemsWith(anEntry(approved({ twoPerson: { author: 'Ada', approver: 'Ada' } }))),
    ).toEqual(['us-line: active without an approver who is not the author']);
  });

  it('refuses to let the last emergency number or crisis line of a country go', () => {
    const suspended = { ...emergency, status: 'suspended' as const, statusReason: 'moved' };
    expect(problemsOf(directoryOf(suspended, line))).toEqual([
      'US: no emergency number left to call',
    ]);
    expect(problemsOf(directoryOf(emergency, { ...line, status: 'draft' }))).toEqual([
      'US: no crisis line left to call',
    ]);
  });

  it('counts only approved entries for production', () => {
    const directory = directoryOf({ ...emergency, ...approved() }, line);
    expect(missingForProduction(directory, ['US'])).toEqual(['US: no approved crisis line']);
    const both = directoryOf({ ...emergency, ...approved() }, { ...line, ...approved() });
    expect(missingForProduction(both, ['US'])).toEqual([]);
  });
});

describe('reading the files', () => {
  it.each([
    ['an unknown field', { entries: [{ colour: 'red' }] }],
    ['a number in international form', { entries: [{ channels: [{ dial: '+1741741' }] }] }],
    ['a channel without a number', { entries: [{ channels: [{ type: 'call' }] }] }],
    ['a country that is no code', { countries: ['usa'] }],
    ['no entry at all', { entries: [] }],
  ])('refuses %s', (_what, file) => {
    expect(DirectoryFile.safeParse({ countries: ['US'], ...file }).success).toBe(false);
  });

  it('stops the start with every problem of every file', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'directory-'));
    writeFileSync(path.join(folder, 'us.yaml'), 'countries: [US]\nentries: []\n');
    writeFileSync(path.join(folder, 'ie.yaml'), 'countries: [ie]\n');
    expect(() => loadDirectory(folder)).toThrow(/ie\.yaml: countries\.0.*us\.yaml: entries/s);
  });
});
