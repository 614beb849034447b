import { notAccepted } from './intake.mjs';
import { openLoop } from './load.mjs';
import { aFlag } from './program.mjs';
import { drain, textsByCase } from './rig.mjs';
import { summarize } from './statistics.mjs';

const perSecond = 20;
const p50MaxMs = 50;
const p99MaxMs = 250;
const burstMaxMs = 10_000;
const burstConnections = 50;
const warmUpFlags = 100;

/** A page that waited longer than this was not just beside the one that overtook it. */
const graceMs = 500;

/** A quarter each, mixed as they come. */
const acuities = ['ROUTINE', 'PRIORITY', 'URGENT', 'EMERGENT'];
const stated = (acuity) => ({ acuity, need: acuity === 'EMERGENT' ? 'crisis' : 'coaching' });

/** From a flag's acceptance to the moment the provider's request for its first page came in. */
export async function measureFirstPage(stage, { seconds, burst }) {
  const sender = stage.sender(burstConnections);
  const raise = (since) => sender.raise(aFlag(), since);
  await Promise.all(Array.from({ length: warmUpFlags }, () => raise()));
  await drain(stage);
  const paced = await openLoop(raise, { perSecond, seconds });
  await drain(stage);
  const began = Date.now();
  const all = await Promise.all(
    Array.from({ length: burst }, (_, at) =>
      sender.raise(aFlag(stated(acuities[at % acuities.length]))),
    ),
  );
  await drain(stage);
  const texts = await textsByCase(stage);
  return [
    ...pacedFigures(summarize(timesOf(paced, texts).map(({ waitedMs }) => waitedMs))),
    ...burstFigures(timesOf(all, texts), began),
    notAccepted(all, `in a burst of ${burst}`),
  ];
}

function timesOf(answers, texts) {
  const kept = answers.filter(({ accepted }) => accepted);
  return kept.map((answer) => {
    const requestedAt = texts.get(answer.case.ref);
    if (requestedAt === undefined) throw new Error(`case ${answer.case.ref} was never paged`);
    const acceptedAt = Date.parse(answer.flag.receivedAt);
    const { acuity } = answer.case;
    return { acuity, acceptedAt, requestedAt, waitedMs: requestedAt - acceptedAt };
  });
}

function pacedFigures(waited) {
  const figure = `flag received to provider request at ${perSecond}/s`;
  return [
    { figure: `${figure}, p50`, unit: 'ms', value: waited.p50Ms, aim: { max: p50MaxMs } },
    {
      figure: `${figure}, p99`,
      unit: 'ms',
      value: waited.p99Ms,
      aim: { max: p99MaxMs },
      details: waited,
    },
  ];
}

function burstFigures(times, began) {
  const lastMs = Math.max(...times.map(({ requestedAt }) => requestedAt)) - began;
  const byAcuity = acuities.toReversed().map((acuity) => {
    const own = times.filter((time) => time.acuity === acuity);
    return [acuity, summarize(own.map(({ waitedMs }) => waitedMs))];
  });
  return [
    {
      figure: `burst of ${times.length}: first post to last first request`,
      unit: 'ms',
      value: lastMs,
      aim: { max: burstMaxMs },
      details: Object.fromEntries(byAcuity),
    },
    {
      figure: `burst of ${times.length}: pages overtaken by a less urgent one`,
      unit: '',
      value: overtaken(times),
      aim: { max: 0 },
    },
  ];
}

const rank = (acuity) => -acuities.indexOf(acuity);

/** Pages that were still waiting, and had been for a while, when a less urgent one was sent. */
function overtaken(times) {
  return times.filter((one) =>
    times.some(
      (other) =>
        rank(other.acuity) > rank(one.acuity) &&
        other.requestedAt > one.acceptedAt + graceMs &&
        other.requestedAt < one.requestedAt,
    ),
  ).length;
}
