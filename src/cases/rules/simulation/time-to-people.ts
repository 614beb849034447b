import { simulate, type SimulatedFlag, type World } from './simulate.js';

/** How long a flag raised at `at` would wait for the first, second, third … person paged. */
export interface TimeToPeople {
  /** Milliseconds since 1970. */
  at: number;
  /** Whole seconds, by the number of the person; null: nobody more within the time played. */
  seconds: (number | null)[];
}

/** A simulation for each of these moments; people who are paged again count once. */
export function timeToPeople(
  world: World,
  flag: Omit<SimulatedFlag, 'at'>,
  { moments, people, playedMs }: { moments: readonly number[]; people: number; playedMs: number },
): TimeToPeople[] {
  return moments.map((at) => {
    const { pages } = simulate(world, { ...flag, at }, at + playedMs);
    const first = new Map<string, number>();
    for (const page of pages) if (!first.has(page.person)) first.set(page.person, page.at);
    const waits = [...first.values()].map((paged) => Math.round((paged - at) / 1000));
    return { at, seconds: Array.from({ length: people }, (_, which) => waits[which] ?? null) };
  });
}
