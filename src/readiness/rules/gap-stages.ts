/** Before a gap opens, and when it does; the longest time first. */
const hourMs = 3_600_000;

export const gapStages = [
  { name: '7 days', beforeMs: 168 * hourMs },
  { name: '24 hours', beforeMs: 24 * hourMs },
  { name: '1 hour', beforeMs: hourMs },
  { name: 'now', beforeMs: 0 },
] as const;

/** Too few people is told once: it is a warning, nobody waits in vain. */
const thinStages = [{ beforeMs: 24 * hourMs }] as const;

export type WatchedKind = 'gap' | 'thin';

/** A stretch ahead, as far as its next warning depends on it. */
export interface Warned {
  kind: WatchedKind;
  fromAt: Date;
  toAt: Date;
  /** How many of its stages have been told of. */
  stagesTold: number;
}

const stagesOf = (kind: WatchedKind): readonly { beforeMs: number }[] =>
  kind === 'gap' ? gapStages : thinStages;

/** How many stages have come by now: one found late is told of once, at the last of them. */
export function stagesCome({ kind, fromAt }: Pick<Warned, 'kind' | 'fromAt'>, now: Date): number {
  const aheadMs = fromAt.getTime() - now.getTime();
  return stagesOf(kind).filter(({ beforeMs }) => aheadMs <= beforeMs).length;
}

/** The next stage that nobody was told of, and after the last one the end of the stretch. */
export function nextLookAt({ kind, fromAt, toAt, stagesTold }: Warned): Date {
  const next = stagesOf(kind)[stagesTold];
  return next === undefined ? toAt : new Date(fromAt.getTime() - next.beforeMs);
}
