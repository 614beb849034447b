import { readCountry, readLanguage } from './country.js';
import {
  isEmergencyCall,
  isGeneral,
  isPhone,
  isShown,
  serves,
  type Directory,
  type Entry,
} from './entry.js';

export interface ResourceQuery {
  /** As stated by the person: anything that is no country counts as not stated. */
  country?: string | null | undefined;
  /** The part behind the hyphen of ISO 3166-2, such as KS. */
  region?: string | null | undefined;
  /** BCP 47. */
  language?: string | null | undefined;
  /** What people said about themselves: categories or audience tags of the directory. */
  audience?: readonly string[] | undefined;
  /** Where to look when no country was stated: the program's. */
  fallbackCountry?: string | null | undefined;
  /** Overdue entries sink below verified ones; left out, nothing is overdue. */
  now?: Date | undefined;
}

export interface Selection {
  /** The country the entries are for; null when nobody said one. */
  country: string | null;
  /** Never empty: emergency first, then crisis lines, text lines, lines for a stated audience. */
  entries: Entry[];
}

interface Wish {
  region: string | null;
  language: string | null;
  audience: ReadonlySet<string>;
  today: string | null;
}

/**
 * What to show somebody in distress. Lines for some people only are added for a stated audience
 * and never replace the general line; a country without lines of its own gets the directories.
 */
export function selectResources(directory: Directory, query: ResourceQuery): Selection {
  const country = readCountry(query.country) ?? readCountry(query.fallbackCountry);
  const wish = readWish(query);
  const local = directory.entries
    .filter((entry) => isShown(entry) && country !== null && serves(entry, country))
    .filter((entry) => coversRegion(entry, wish.region))
    .toSorted((a, b) => rankOf(a, wish) - rankOf(b, wish));

  const emergency = withoutRepeats(local.filter(({ category }) => category === 'emergency'));
  const crisis = fitting(general(local, 'crisis_line'), wish.language);
  const text = fitting(general(local, 'text_line'), wish.language);
  const special = local.filter((entry) => isAskedFor(entry, wish.audience));
  const everywhere = directory.entries.filter(
    (entry) => isShown(entry) && entry.countries.length === 0,
  );
  return {
    country,
    entries: [
      ...(emergency.some(isEmergencyCall) ? emergency : everywhere.filter(isEmergencyCall)),
      ...crisis,
      ...text,
      ...special,
      ...(crisis.length > 0 ? [] : everywhere.filter(({ category }) => category === 'directory')),
    ],
  };
}

function readWish({ region, language, audience, now }: ResourceQuery): Wish {
  return {
    region: region?.trim().toUpperCase() || null,
    language: readLanguage(language),
    audience: new Set(audience?.map((tag) => tag.trim().toLowerCase())),
    today: now ? dayOf(now) : null,
  };
}

const coversRegion = ({ regions }: Entry, region: string | null): boolean =>
  region === null || regions.length === 0 || regions.includes(region);

const general = (entries: readonly Entry[], category: Entry['category']): Entry[] =>
  entries.filter((entry) => entry.category === category && isGeneral(entry));

function isAskedFor(entry: Entry, audience: ReadonlySet<string>): boolean {
  if (entry.category === 'emergency' || isGeneral(entry)) return false;
  return [entry.category, ...entry.audience.tags].some((tag) => audience.has(tag));
}

/** A line in another language only helps when no line speaks the person's own. */
function fitting(entries: Entry[], language: string | null): Entry[] {
  if (language === null) return entries;
  const understood = entries.filter((entry) => entry.interpreters || speaks(entry, language));
  return understood.length > 0 ? understood : entries;
}

const speaks = ({ languages }: Entry, language: string): boolean =>
  languages.some((tag) => readLanguage(tag) === language);

/** The same number twice, once from the country and once from its union, is one too many. */
function withoutRepeats(entries: Entry[]): Entry[] {
  const dialed = new Set<string>();
  return entries.filter(({ channels }) => {
    const numbers = channels.filter(isPhone).map(({ dial }) => dial);
    const isNew = numbers.some((dial) => !dialed.has(dial));
    for (const dial of numbers) dialed.add(dial);
    return isNew;
  });
}

/** Verified first, then the own language, then national before regional, then priority. */
function rankOf(entry: Entry, { language, region, today }: Wish): number {
  const marks = [
    !isVerified(entry, today),
    language !== null && !speaks(entry, language),
    region === null && entry.regions.length > 0,
  ];
  return marks.reduce((rank, mark) => rank * 2 + Number(mark), 0) * 1000 + entry.priority;
}

/** Ids of the approved entries whose review is overdue at that time. */
export function overdueOf({ entries }: Directory, now: Date): string[] {
  const today = dayOf(now);
  const late = entries.filter((entry) => entry.status === 'active' && !isVerified(entry, today));
  return late.map(({ id }) => id);
}

const dayOf = (now: Date): string => now.toISOString().slice(0, 10);

const isVerified = ({ status, reviewDueAt = '' }: Entry, today: string | null): boolean =>
  status === 'active' && (today === null || reviewDueAt >= today);
