import { z } from 'zod';
import { needs } from '../../../programs/rules/needs.js';
import { relationships } from '../../../staff/rules/member.js';

const key = z.string().min(1).max(64);

/** When an audience is meant at all; all that is said must hold. */
const when = z
  .strictObject({
    needs: z.array(z.enum(needs)).min(1, 'names no need').optional(),
    hours: z.literal('session').optional(),
  })
  .refine(({ needs: meant, hours }) => meant !== undefined || hours !== undefined, 'says nothing');
const condition = { when: when.optional() };
export type When = z.infer<typeof when>;

/** Whom a step may page, as an operator writes it. */
export const audienceSchema = z.union(
  [
    z.literal('backstop'),
    z.strictObject({ schedule: key, ...condition }),
    z.strictObject({ person: key, ...condition }),
    z.strictObject({ role: z.enum(['clinician', 'supervisor']), ...condition }),
    z.strictObject({ relationship: z.enum(relationships), ...condition }),
  ],
  {
    error:
      'is none of { schedule }, { person }, { role: clinician | supervisor }, { relationship: ' +
      `${relationships.join(' | ')} }, each with when: { needs, hours: session } or without, ` +
      'backstop',
  },
);

/** A person is named by their key in the program. */
export type Audience = z.infer<typeof audienceSchema>;

/** In the order in which they are given up when nobody satisfies them all. */
export const preferences = ['relationship', 'gender', 'language', 'licenseState'] as const;
export type Preference = (typeof preferences)[number];

export const preferSchema = z
  .array(z.enum(preferences))
  .min(1)
  .refine((all) => new Set(all).size === all.length, 'names one of them twice');

/** Whom one step pages, and whom of them it would rather. */
export interface Choosing {
  audiences: readonly Audience[];
  prefer?: readonly Preference[] | undefined;
}

/** Pages whoever the need, the hour and the participant are. */
export function isUnconditional(audience: Audience): boolean {
  if (audience === 'backstop') return true;
  return audience.when === undefined && !('relationship' in audience);
}
