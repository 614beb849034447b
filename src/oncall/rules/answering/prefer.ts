import { type Preference, preferences } from './audience.js';

export interface Preferred<T> {
  chosen: T[];
  /** Those that nobody satisfied together with the rest, in the order they were given up. */
  dropped: Preference[];
}

/**
 * Whoever satisfies every preference; where nobody does, one after the other is given up: the
 * relationship, the gender, the language, and the state of the license last. Somebody is chosen
 * whenever there is anybody.
 */
export function prefer<T>(
  candidates: readonly T[],
  wanted: readonly Preference[],
  satisfies: (candidate: T, preference: Preference) => boolean,
): Preferred<T> {
  const inOrder = preferences.filter((one) => wanted.includes(one));
  for (const [count] of inOrder.entries()) {
    const kept = inOrder.slice(count);
    const chosen = candidates.filter((one) => kept.every((each) => satisfies(one, each)));
    if (chosen.length > 0) return { chosen, dropped: inOrder.slice(0, count) };
  }
  return { chosen: [...candidates], dropped: candidates.length > 0 ? inOrder : [] };
}
