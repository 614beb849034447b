import { bareLoop } from './baseline.mjs';
import { closedLoop, openLoop } from './load.mjs';
import { aFlag } from './program.mjs';
import { drain } from './rig.mjs';
import { summarize } from './statistics.mjs';

const openLoopPerSecond = 100;
const p99MaxMs = 50;
const shareOfBareMin = 0.5;

/** How many flags are accepted, and how quickly, beside a loop that does nothing but write. */
export async function measureIntake(stage, { atOnce, warmUpSeconds, seconds }) {
  const sender = stage.sender(200);
  const raise = (since) => sender.raise(aFlag(), since);
  const { flag } = await raise();
  await closedLoop(() => raise(), { atOnce, seconds: warmUpSeconds });
  await drain(stage);
  const paced = await openLoop(raise, { perSecond: openLoopPerSecond, seconds });
  await drain(stage);
  const bare = await bareLoop(stage, flag.id, { atOnce, seconds });
  const full = await closedLoop(() => raise(), { atOnce, seconds });
  const accepted = summarize(full.results.map(({ tookMs }) => tookMs));
  const written = summarize(bare.tookMs);
  const atPace = summarize(paced.map(({ tookMs }) => tookMs));
  return [
    {
      figure: `flags accepted per second, ${atOnce} clients at once`,
      unit: '/s',
      value: full.perSecond,
      baseline: { name: `the same ${bare.rows} rows by a bare pg loop`, value: bare.perSecond },
      aim: { min: bare.perSecond * shareOfBareMin, says: 'at least half the bare loop' },
      details: { accepted, written },
    },
    {
      figure: `flag answered, ${atOnce} clients at once, p50`,
      unit: 'ms',
      value: accepted.p50Ms,
      baseline: { name: 'bare pg loop', value: written.p50Ms },
    },
    {
      figure: `flag answered, ${atOnce} clients at once, p99`,
      unit: 'ms',
      value: accepted.p99Ms,
      baseline: { name: 'bare pg loop', value: written.p99Ms },
    },
    { figure: `flag answered at ${openLoopPerSecond}/s, p50`, unit: 'ms', value: atPace.p50Ms },
    {
      figure: `flag answered at ${openLoopPerSecond}/s, p99`,
      unit: 'ms',
      value: atPace.p99Ms,
      aim: { max: p99MaxMs },
      details: atPace,
    },
  ];
}
