import type { Gender } from '../../programs/rules/genders.js';
import { caseRoles, type Role } from './permissions.js';

export const relationships = ['primary_therapist', 'prescriber', 'group_facilitator'] as const;
export type Relationship = (typeof relationships)[number];

/** One of a program's staff, as far as it decides who answers. */
export interface Member {
  id: string;
  /** How files and schedules name the person. */
  key: string;
  roles: readonly Role[];
  /** BCP 47. */
  languages: readonly string[];
  gender: Gender | null;
  credentials: readonly { until: Date; states: readonly string[] }[];
  disabled: boolean;
  /** A verified method of theirs is in use. */
  reachable: boolean;
  /** Such a method did not fail its last test. */
  passedTest: boolean;
  /** Kin of the participant, the same person, or in a conflict of interest with them. */
  excluded: boolean;
  /** With the participant. */
  relationships: readonly Relationship[];
}

/** Why somebody never answers, whatever the need; no preference and no hour changes it. */
export type HardExclusion = 'disabled' | 'no_role' | 'excluded' | 'credential_expired';

/** Null for whoever may work the participant's cases at that instant. */
export function whyNot(member: Member, at: Date): HardExclusion | null {
  if (member.disabled) return 'disabled';
  if (!mayTakeCases(member)) return 'no_role';
  if (member.excluded) return 'excluded';
  return hasExpired(member, at) ? 'credential_expired' : null;
}

export function mayTakeCases({ disabled, roles }: Pick<Member, 'disabled' | 'roles'>): boolean {
  return !disabled && roles.some((role) => caseRoles.includes(role));
}

/** Credentials are on file, and none of them is valid; somebody without any is not meant. */
export function hasExpired({ credentials }: Pick<Member, 'credentials'>, at: Date): boolean {
  return credentials.length > 0 && credentials.every(({ until }) => at >= until);
}

/** From when on none of the credentials on file is valid; null without any. */
export function expiresAt({ credentials }: Pick<Member, 'credentials'>): Date | null {
  const last = Math.max(...credentials.map(({ until }) => until.getTime()));
  return credentials.length > 0 ? new Date(last) : null;
}
