import type { Gender } from '../../../programs/rules/genders.js';
import type { Member } from '../../../staff/rules/member.js';
import type { Preference } from './audience.js';

/** What is known of a participant that whoever answers should suit; each may be missing. */
export interface Wishes {
  prefersGender?: Gender | null;
  /** BCP 47. */
  language?: string | null;
  /** Where they are, in every spelling that a license may use, such as `NY` and `US-NY`. */
  regions?: readonly string[];
}

/** Whether somebody satisfies a preference; null: whoever is asked about has no value for it. */
export function satisfying(
  preference: Preference,
  { prefersGender = null, language = null, regions = [] }: Wishes,
  members: Iterable<Member>,
  at: Date,
): ((member: Member) => boolean) | null {
  switch (preference) {
    case 'relationship':
      return [...members].some(isRelated) ? isRelated : null;
    case 'gender':
      return prefersGender && (({ gender }) => gender === prefersGender);
    case 'language':
      return language === null
        ? null
        : ({ languages }) => languages.some((one) => isSameLanguage(one, language));
    case 'licenseState':
      return regions.length === 0
        ? null
        : (member) => regions.some((region) => isLicensedIn(member, region, at));
  }
}

const isRelated = ({ relationships }: Member): boolean => relationships.length > 0;

/** `es` and `es-MX` understand each other. */
function isSameLanguage(one: string, other: string): boolean {
  return primarySubtag(one) === primarySubtag(other);
}

const primarySubtag = (tag: string): string => tag.toLowerCase().replace(/-.*/s, '');

const isLicensedIn = ({ credentials }: Member, region: string, at: Date): boolean =>
  credentials.some(({ until, states }) => at < until && states.includes(region));
