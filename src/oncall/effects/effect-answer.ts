import { z } from 'zod';
import type { Difference } from '../rules/differences.js';
import { localStretch } from '../rules/time/wall-clock.js';

export const Named = z.object({ id: z.string(), name: z.string().nullable() });
export const stretchAnswer = {
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  localFrom: z.string().describe('In the zone of the schedule'),
  localTo: z.string(),
};

/** Who is on call before and after a change. */
export const EffectAnswer = z.object({
  changes: z.array(z.object({ ...stretchAnswer, before: z.array(Named), after: z.array(Named) })),
  none: z.boolean().describe('Nobody is on call at another time than before'),
});

type Names = ReadonlyMap<string, string>;

export const namedIn = (names: Names, id: string) => ({ id, name: names.get(id) ?? null });

export const peopleInDifferences = (found: readonly Difference[]): string[] =>
  found.flatMap(({ before, after }) => [...before, ...after]);

export function effectAnswer(
  zone: string,
  found: readonly Difference[],
  names: Names,
): z.infer<typeof EffectAnswer> {
  const all = (ids: readonly string[]) => ids.map((id) => namedIn(names, id));
  return {
    changes: found.map(({ before, after, ...stretch }) => ({
      ...localStretch(zone, stretch),
      before: all(before),
      after: all(after),
    })),
    none: found.length === 0,
  };
}
