import { readLanguage } from './country.js';
import { isPhone, type Channel, type Entry, type Localized, type PhoneChannel } from './entry.js';
import type { Selection } from './select.js';

export interface ShownChannel {
  type: Channel['type'];
  /** Exactly what `dial` dials, with punctuation; for a web address without its scheme. */
  display: string;
  /** As dialed in the country; null for a web address. */
  dial: string | null;
  /** `tel:`, `sms:` or `https:`. */
  href: string;
  /** `24/7`, opening hours with their time zone, or null when unknown. */
  hours: string | null;
  /** What to do after dialing, such as pressing a key. */
  instruction: string | null;
  /** The key of that instruction, or the word that is sent, by itself. */
  menuKey: string | null;
  keyword: string | null;
  note: string | null;
}

export interface ShownResource {
  id: string;
  category: Entry['category'];
  name: string;
  languages: string[];
  notFor: string | null;
  channels: ShownChannel[];
}

export interface ResourcesAnswer {
  country: string | null;
  resources: ShownResource[];
}

/** Turns a selection into what a person sees, in their language where the directory has it. */
export function toAnswer({ country, entries }: Selection, stated?: string | null): ResourcesAnswer {
  const language = readLanguage(stated) ?? 'en';
  return { country, resources: entries.map((entry) => toShown(entry, language)) };
}

function toShown(entry: Entry, language: string): ShownResource {
  const fitting = entry.channels.filter(({ languages }) => fits(languages, language));
  return {
    id: entry.id,
    category: entry.category,
    name: inLanguage(entry.name, language),
    languages: entry.languages,
    notFor: maybe(entry.notFor, language),
    channels: (fitting.length > 0 ? fitting : entry.channels).map((channel) =>
      toShownChannel(channel, language),
    ),
  };
}

const fits = (languages: readonly string[], language: string): boolean =>
  languages.length === 0 || languages.some((tag) => readLanguage(tag) === language);

function toShownChannel(channel: Channel, language: string): ShownChannel {
  return {
    type: channel.type,
    ...doorOf(channel),
    hours: hoursText(channel.hours),
    instruction: maybe(channel.instruction, language),
    menuKey: (isPhone(channel) && channel.menuKey) || null,
    keyword: (isPhone(channel) && channel.keyword) || null,
    note: maybe(channel.note, language),
  };
}

function doorOf(channel: Channel): Pick<ShownChannel, 'display' | 'dial' | 'href'> {
  if (isPhone(channel))
    return { display: channel.display, dial: channel.dial, href: phoneHref(channel) };
  return { display: channel.url.replace(/^https:\/\//, ''), dial: null, href: channel.url };
}

/** RFC 3966 and RFC 5724, with the number as dialed in the country. */
function phoneHref({ type, dial, smsBody, keyword }: PhoneChannel): string {
  if (type !== 'text') return `tel:${dial}`;
  const body = smsBody ?? keyword;
  return body === undefined ? `sms:${dial}` : `sms:${dial}?body=${encodeURIComponent(body)}`;
}

function hoursText(hours: Channel['hours']): string | null {
  if (hours === '24x7') return '24/7';
  return hours === 'unknown' ? null : `${hours.open} (${hours.tz})`;
}

const inLanguage = (text: Localized, language: string): string => text[language] ?? text.en;

const maybe = (text: Localized | undefined, language: string): string | null =>
  text === undefined ? null : inLanguage(text, language);
