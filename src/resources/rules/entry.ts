import { z } from 'zod';

const alpha2 = z.string().regex(/^[A-Z]{2}$/, 'ISO 3166-1 alpha-2 in capitals');
const tag = z.string().regex(/^[a-z][a-z_]*$/, 'lower-case words joined by underscores');
/** Text by language tag; English is what everybody falls back to. */
const localized = z.object({ en: z.string().min(1) }).catchall(z.string().min(1));
export type Localized = z.infer<typeof localized>;

const hours = z.union([
  z.enum(['24x7', 'unknown']),
  z.strictObject({ tz: z.string().min(1), open: z.string().min(1) }),
]);

const anyChannel = {
  /** What to do after dialing; always present beside a menu key or keyword. */
  instruction: localized.optional(),
  note: localized.optional(),
  languages: z.array(z.string()).default([]),
  cost: z.enum(['free', 'charged', 'unknown']).default('unknown'),
  hours,
};

const phoneChannel = z.strictObject({
  ...anyChannel,
  type: z.enum(['call', 'text', 'videophone', 'relay']),
  /** What a person reads: the dialed number with punctuation. */
  display: z.string().min(1),
  /** What a phone inside the country dials: short codes stay short, no international prefix. */
  dial: z.string().regex(/^[*#]?\d{2,15}$/, 'digits as dialed in the country, without +'),
  e164FromAbroad: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/, 'E.164')
    .optional(),
  menuKey: z
    .string()
    .regex(/^[0-9*#]$/)
    .optional(),
  /** The word the line itself expects in a text. */
  keyword: z
    .string()
    .regex(/^[A-Z]+$/)
    .optional(),
  smsBody: z.string().min(1).optional(),
});
export type PhoneChannel = z.infer<typeof phoneChannel>;

const webChannel = z.strictObject({
  ...anyChannel,
  type: z.enum(['chat', 'web']),
  url: z.url({ protocol: /^https$/ }),
});

export const Channel = z.discriminatedUnion('type', [phoneChannel, webChannel]);
export type Channel = z.infer<typeof Channel>;

export const isPhone = (channel: Channel): channel is PhoneChannel => 'dial' in channel;

const evidence = z.strictObject({
  url: z.url({ protocol: /^https$/ }),
  kind: z.enum(['operator', 'government', 'other']),
  checkedAt: z.iso.date(),
  checkedBy: z.string().min(1),
  method: z.enum(['web', 'test_call_operator_agreed']),
  quoteHash: z.string().min(1),
});

export const Entry = z.strictObject({
  /** Never changed or reused: flags record which entries were shown. */
  id: z.string().regex(/^[a-z]{2}-[a-z0-9-]+$/),
  status: z.enum(['draft', 'provisional', 'active', 'suspended', 'retired']),
  statusReason: z.string().min(1).optional(),
  replacedBy: z.string().min(1).optional(),
  category: z.enum([
    'emergency',
    'crisis_line',
    'text_line',
    'youth',
    'veterans',
    'lgbtq',
    'deaf',
    'maternal',
    'substance',
    'dv',
    'child_protection',
    'poison',
    'directory',
  ]),
  name: localized,
  /** Empty: everywhere. */
  countries: z.array(alpha2),
  /** The part behind the hyphen of ISO 3166-2; empty: the whole country. */
  regions: z.array(z.string()).default([]),
  languages: z.array(z.string()).default([]),
  /** Speaks further languages through interpreters. */
  interpreters: z.boolean().default(false),
  /** Age in whole years, both ends included. */
  audience: z
    .strictObject({
      minAge: z.int().min(0).optional(),
      maxAge: z.int().min(0).optional(),
      tags: z.array(tag).default([]),
    })
    .default({ tags: [] }),
  channels: z.array(Channel).min(1),
  /** What this service is not, said beside it. */
  notFor: localized.optional(),
  /** Lower is shown earlier within the same group. */
  priority: z.int().min(0).max(999).default(50),
  /** Where the entry came from, to be read again by a verifier: no evidence by itself. */
  leads: z.array(z.string()).default([]),
  confidence: z.enum(['high', 'medium']),
  evidence: z.array(evidence).default([]),
  verifiedAt: z.iso.date().optional(),
  reviewDueAt: z.iso.date().optional(),
  twoPerson: z.strictObject({ author: z.string().min(1), approver: z.string().min(1) }).optional(),
});
export type Entry = z.infer<typeof Entry>;

const entryInFile = Entry.omit({ countries: true }).extend({
  /** Territories with a code of their own in which this very entry answers as well. */
  alsoIn: z.array(alpha2).default([]),
});

/** One file of the directory: the countries apply to all of its entries. */
export const DirectoryFile = z.strictObject({
  countries: z.array(alpha2),
  entries: z.array(entryInFile).min(1),
});
export type DirectoryFile = z.infer<typeof DirectoryFile>;

export interface Directory {
  entries: readonly Entry[];
  /** Countries with a file of their own: each must offer an emergency number and a crisis line. */
  countries: readonly string[];
}

export function assembleDirectory(files: readonly DirectoryFile[]): Directory {
  return {
    entries: files.flatMap(({ countries, entries }) =>
      entries.map(({ alsoIn, ...entry }) => ({ ...entry, countries: [...countries, ...alsoIn] })),
    ),
    countries: files.flatMap(({ countries }) => (countries.length === 1 ? countries : [])),
  };
}

/** Draft, suspended and retired entries reach nobody. */
export const isShown = (entry: Entry): boolean =>
  entry.status === 'active' || entry.status === 'provisional';

/** Meant for anybody, not only for some people or for other needs than a crisis. */
export const isGeneral = ({ category, audience }: Entry): boolean =>
  (category === 'crisis_line' || category === 'text_line') &&
  audience.tags.length === 0 &&
  audience.minAge === undefined &&
  audience.maxAge === undefined;

export const isEmergencyCall = (entry: Entry): boolean =>
  entry.category === 'emergency' && entry.channels.some(({ type }) => type === 'call');

export const serves = (entry: Entry, country: string): boolean => entry.countries.includes(country);
