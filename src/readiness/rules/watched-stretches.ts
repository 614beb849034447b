import type { Coverage, GapReason } from '../../oncall/rules/coverage.js';
import type { WatchedKind } from './gap-stages.js';

/** What somebody has to be told of, by milliseconds since 1970. */
export interface Stretch {
  kind: WatchedKind;
  /** Null: the whole program has too few people. */
  scheduleId: string | null;
  from: number;
  to: number;
  why: GapReason | 'too_few_people';
  /** Whoever accepted it is told all the same: people forget. */
  acceptedBy: string | null;
}

/** A stretch that is known already. */
export interface KnownStretch extends Pick<Stretch, 'kind' | 'scheduleId' | 'from' | 'to'> {
  id: string;
  stagesTold: number;
}

export interface Compared<K extends KnownStretch> {
  kept: { known: K; stretch: Stretch }[];
  /** `stagesTold` of the one of which it is a part that was cut off. */
  added: { stretch: Stretch; stagesTold: number }[];
  gone: K[];
}

/**
 * What of a coverage somebody is told of: gaps of schedules that are paged, whatever the reason and
 * in one piece, without those accepted for every week; and where there are too few people.
 */
export function stretchesToWatch({ schedules, thin }: Pick<Coverage, 'schedules' | 'thin'>) {
  const stretches: Stretch[] = [];
  const add = (next: Stretch): void => {
    const last = stretches.at(-1);
    const goesOn =
      last?.to === next.from && last.kind === next.kind && last.scheduleId === next.scheduleId;
    if (goesOn) last.to = next.to;
    else stretches.push(next);
  };
  for (const { id: scheduleId, used, gaps } of schedules) {
    if (!used) continue;
    for (const { from, to, why, accepted } of gaps) {
      if (accepted?.everyWeek) continue;
      add({ kind: 'gap', scheduleId, from, to, why, acceptedBy: accepted?.by ?? null });
    }
  }
  for (const { from, to } of thin) {
    const why = 'too_few_people';
    add({ kind: 'thin', scheduleId: null, from, to, why, acceptedBy: null });
  }
  return stretches;
}

/** What overlaps is the same stretch, however its edges have moved. */
export function compare<K extends KnownStretch>(
  known: readonly K[],
  found: readonly Stretch[],
): Compared<K> {
  const left = new Set(known);
  const result: Compared<K> = { kept: [], added: [], gone: [] };
  for (const stretch of found) {
    const same = known.filter((one) => isPart(one, stretch));
    const first = same.find((one) => left.delete(one));
    if (first) result.kept.push({ known: first, stretch });
    else result.added.push({ stretch, stagesTold: same[0]?.stagesTold ?? 0 });
  }
  return { ...result, gone: [...left] };
}

function isPart(one: KnownStretch, other: Stretch): boolean {
  const isSame = one.kind === other.kind && one.scheduleId === other.scheduleId;
  return isSame && one.from < other.to && other.from < one.to;
}
