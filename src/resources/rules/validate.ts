import {
  isEmergencyCall,
  isGeneral,
  isPhone,
  isShown,
  serves,
  type Channel,
  type Directory,
  type Entry,
  type Localized,
  type PhoneChannel,
} from './entry.js';

/** Every problem of the whole directory, one sentence each; empty when it may be shown. */
export function problemsOf(directory: Directory): string[] {
  return [
    ...duplicateIds(directory.entries),
    ...directory.entries.flatMap((entry) =>
      [...entryProblems(entry), ...entry.channels.flatMap(channelProblems)].map(
        (problem) => `${entry.id}: ${problem}`,
      ),
    ),
    ...resurrected(directory.entries),
    ...directory.countries.flatMap((country) => coverageProblems(directory, country)),
  ];
}

/**
 * What keeps the directory out of production: each of these countries needs an emergency number
 * and a crisis line that two people have approved. Countries are ISO 3166-1 alpha-2 in capitals.
 */
export function missingForProduction(directory: Directory, countries: readonly string[]): string[] {
  const approved = directory.entries.filter(({ status }) => status === 'active');
  return countries.flatMap((country) => {
    const local = approved.filter((entry) => serves(entry, country));
    return [
      ...(local.some(isEmergencyCall) ? [] : [`${country}: no approved emergency number`]),
      ...(local.some(isCrisisCall) ? [] : [`${country}: no approved crisis line`]),
    ];
  });
}

const isCrisisCall = (entry: Entry): boolean =>
  entry.category === 'crisis_line' &&
  isGeneral(entry) &&
  entry.channels.some(({ type }) => type === 'call');

function duplicateIds(entries: readonly Entry[]): string[] {
  const seen = new Set<string>();
  return entries.flatMap(({ id }) => {
    if (seen.has(id)) return [`${id}: used twice`];
    seen.add(id);
    return [];
  });
}

function entryProblems(entry: Entry): string[] {
  const problems: string[] = [];
  if (entry.status === 'active') problems.push(...approvalProblems(entry));
  if (entry.status === 'retired' && entry.statusReason === undefined)
    problems.push('retired without a reason');
  if (entry.status === 'suspended' && entry.statusReason === undefined)
    problems.push('suspended without a reason');
  return problems;
}

function approvalProblems({ evidence, verifiedAt, reviewDueAt, twoPerson }: Entry): string[] {
  const problems: string[] = [];
  if (!evidence.some(({ kind }) => kind !== 'other'))
    problems.push('active without evidence from the operator or a government');
  if (verifiedAt === undefined || reviewDueAt === undefined)
    problems.push('active without a date of verification and of the next review');
  if (twoPerson === undefined || twoPerson.author === twoPerson.approver)
    problems.push('active without an approver who is not the author');
  return problems;
}

const withoutPunctuation = (display: string): string => display.replace(/[\s().–-]/g, '');

function channelProblems(channel: Channel): string[] {
  if (!isPhone(channel)) return [];
  const { display, dial, instruction } = channel;
  const problems: string[] = [];
  if (withoutPunctuation(display) !== dial) problems.push(`shows "${display}" but dials "${dial}"`);
  if (isForced(channel)) problems.push(`${channel.e164FromAbroad} cannot be dialed from abroad`);
  for (const said of [channel.menuKey, channel.keyword])
    if (said !== undefined && !isSaid(said, instruction))
      problems.push(`the instruction does not say "${said}"`);
  return problems;
}

const isSaid = (word: string, instruction: Localized | undefined): boolean =>
  instruction !== undefined && Object.values(instruction).every((text) => text.includes(word));

/** A short code or a trunk zero pressed into E.164, such as +1741741 or +44116123. */
function isForced({ dial, e164FromAbroad }: PhoneChannel): boolean {
  if (e164FromAbroad === undefined || !e164FromAbroad.endsWith(dial)) return false;
  return dial.length <= 6 || dial.startsWith('0');
}

const doorOf = (channel: Channel): string =>
  isPhone(channel)
    ? [channel.type, channel.dial, channel.menuKey, channel.keyword].join(' ')
    : channel.url;

/** Retired entries stay as tombstones, so that no import brings their numbers or keys back. */
function resurrected(entries: readonly Entry[]): string[] {
  const retired = entries.filter(({ status }) => status === 'retired');
  return entries
    .filter(({ status }) => status !== 'retired')
    .flatMap((entry) =>
      retired
        .filter((tombstone) => overlap(entry, tombstone) && sharesDoor(entry, tombstone))
        .map((tombstone) => `${entry.id}: brings back a retired number of ${tombstone.id}`),
    );
}

const overlap = (a: Entry, b: Entry): boolean => a.countries.some((country) => serves(b, country));

function sharesDoor(entry: Entry, tombstone: Entry): boolean {
  const closed = new Set(tombstone.channels.map(doorOf));
  return entry.channels.some((channel) => closed.has(doorOf(channel)));
}

function coverageProblems({ entries }: Directory, country: string): string[] {
  const local = entries.filter((entry) => isShown(entry) && serves(entry, country));
  return [
    ...(local.some(isEmergencyCall) ? [] : [`${country}: no emergency number left to call`]),
    ...(local.some(isCrisisCall) ? [] : [`${country}: no crisis line left to call`]),
  ];
}
