import { bareLoop } from './baseline.mjs';
import { closedLoop, openLoop } from './load.mjs';
import { aFlag } from './program.mjs';
import { drain } from './rig.mjs';
import { summarize } from './statistics.mjs';

const pacePerSecond = 100;
const pacedConnections = 200;
const p99MaxMs = 50;
const shareOfBareMin = 0.5;

/** How many flags are accepted, and how quickly, beside a loop that does nothing but write. */
export async function measureIntake(stage, { atOnce, warmUpSeconds, seconds }) {
  const sender = stage.sender(pacedConnections);
  const raise = (since) => sender.raise(aFlag(), since);
  const { flag } = await raise();
  await closedLoop(() => raise(), { atOnce, seconds: warmUpSeconds });
  await drain(stage);
  const paced = await openLoop(raise, { perSecond: pacePerSecond, seconds });
  await drain(stage);
  const bare = await bareLoop(stage, flag.id, { atOnce, seconds });
  const full = await closedLoop(() => raise(), { atOnce, seconds });
  return [...fullFigures(full, bare, atOnce), ...pacedFigures(paced)];
}

function fullFigures({ results, seconds }, bare, atOnce) {
  const accepted = summarize(timesOf(results));
  const written = summarize(bare.tookMs);
  const clients = `${atOnce} clients at once`;
  const latency = (name, value, baseline) => ({
    figure: `flag accepted, ${clients}, ${name}`,
    unit: 'ms',
    value,
    baseline: { name: 'bare pg loop', value: baseline },
  });
  return [
    {
      figure: `flags accepted, ${clients}`,
      unit: '/s',
      value: accepted.count / seconds,
      baseline: { name: `the same ${bare.rows} rows by a bare pg loop`, value: bare.perSecond },
      aim: { min: bare.perSecond * shareOfBareMin, says: 'at least half of the bare loop' },
      details: { accepted, written },
    },
    latency('p50', accepted.p50Ms, written.p50Ms),
    latency('p99', accepted.p99Ms, written.p99Ms),
    notAccepted(results, clients),
  ];
}

function pacedFigures(results) {
  const accepted = summarize(timesOf(results));
  const pace = `at ${pacePerSecond}/s`;
  return [
    { figure: `flag accepted ${pace}, p50`, unit: 'ms', value: accepted.p50Ms },
    {
      figure: `flag accepted ${pace}, p99`,
      unit: 'ms',
      value: accepted.p99Ms,
      aim: { max: p99MaxMs },
      details: accepted,
    },
    notAccepted(results, pace),
  ];
}

const timesOf = (results) => results.filter(({ accepted }) => accepted).map(({ tookMs }) => tookMs);

/** Answered with resources, but kept nowhere: whoever asked has to ask again. */
export function notAccepted(results, when) {
  const value = results.filter(({ accepted }) => !accepted).length;
  return { figure: `flags not accepted ${when}`, unit: '', value, aim: { max: 0 } };
}
