import type { Gender } from '../../../programs/rules/genders.js';
import type { Member } from '../../../staff/rules/member.js';
import type { Preference } from './audience.js';

/** What is known of a participant that somebody who answers should suit; each may be missing. */
export interface Wishes {
  prefersGender?: Gender | null;
  /** BCP 47. */
  language?: string | null;
  /** Where they are, in every spelling that a license may use, such as `NY` and `US-NY`. */
  regions?: readonly string[];
}

/** What somebody has no value for is satisfied by everybody. */
export function satisfies(
  member: Member,
  preference: Preference,
  { wishes, related }: { wishes: Wishes; related: boolean },
  at: Date,
): boolean {
  const { prefersGender = null, language = null, regions = [] } = wishes;
  switch (preference) {
    case 'relationship':
      return !related || member.relationships.length > 0;
    case 'gender':
      return prefersGender === null || member.gender === prefersGender;
    case 'language':
      return language === null || member.languages.some((one) => isSameLanguage(one, language));
    case 'licenseState':
      return regions.length === 0 || regions.some((region) => isLicensedIn(member, region, at));
  }
}

/** `es` and `es-MX` understand each other. */
function isSameLanguage(one: string, other: string): boolean {
  return primarySubtag(one) === primarySubtag(other);
}

const primarySubtag = (tag: string): string => tag.toLowerCase().split('-')[0] ?? '';

const isLicensedIn = ({ credentials }: Member, region: string, at: Date): boolean =>
  credentials.some(({ until, states }) => at < until && states.includes(region));
