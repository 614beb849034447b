import type { Directory, Entry, PhoneChannel } from '../../src/resources/rules/entry.js';

/** One entry of the directory: a general crisis line in the US unless told otherwise. */
export function anEntry(fields: Partial<Entry>): Entry {
  return {
    id: 'us-line',
    status: 'provisional',
    category: 'crisis_line',
    name: { en: 'A line' },
    countries: ['US'],
    regions: [],
    languages: [],
    interpreters: false,
    audience: { tags: [] },
    channels: [aCall('202-555-0100')],
    priority: 50,
    leads: [],
    confidence: 'medium',
    evidence: [],
    ...fields,
  };
}

export function aCall(display: string, fields: Partial<PhoneChannel> = {}): PhoneChannel {
  return {
    type: 'call',
    display,
    dial: display.replace(/\D/g, ''),
    languages: [],
    cost: 'unknown',
    hours: '24x7',
    ...fields,
  };
}

/** The fields that make an entry active: invented people and dates, for tests alone. */
export function approved(fields: Partial<Entry> = {}): Partial<Entry> {
  return {
    status: 'active',
    verifiedAt: '2026-01-01',
    reviewDueAt: '2026-12-31',
    twoPerson: { author: 'Ada', approver: 'Ben' },
    evidence: [
      {
        url: 'https://line.example/',
        kind: 'operator',
        checkedAt: '2026-01-01',
        checkedBy: 'Ada',
        method: 'web',
        quoteHash: 'sha256:00',
      },
    ],
    ...fields,
  };
}

export function directoryOf(...entries: Entry[]): Directory {
  return { entries, countries: ['US'] };
}
