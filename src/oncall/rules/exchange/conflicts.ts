import type { Interval } from '../schedule.js';

/** People whose time on call something changes, and when. */
interface Touching extends Interval {
  people: readonly (string | null)[];
}

/** Two of them at once for one person would leave it open which of them holds. */
export function isInConflict(one: Touching, other: Touching): boolean {
  if (one.from >= other.to || other.from >= one.to) return false;
  return one.people.some((person) => person !== null && other.people.includes(person));
}
