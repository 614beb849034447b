import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { measureCoverage } from '../test/bench/coverage.mjs';
import { measureFirstPage } from '../test/bench/first-page.mjs';
import { measureIntake } from '../test/bench/intake.mjs';
import { measureOnCall } from '../test/bench/on-call.mjs';
import { drain, openRig } from '../test/bench/rig.mjs';
import { tableOf, verdict } from '../test/bench/table.mjs';
import { measureTimers } from '../test/bench/timers.mjs';
import { prepare, root } from './prepare.mjs';
import { stopRequest } from './programs.mjs';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    out: { type: 'string', default: path.join(root, '.handrail', 'bench.json') },
  },
});

const full = {
  intake: { atOnce: 16, warmUpSeconds: 2, seconds: 8 },
  firstPage: { seconds: 10, burst: 1_000 },
  timers: { seconds: 20 },
  onCall: { seconds: 2 },
  coverage: { programs: 200 },
};
const quick = {
  intake: { atOnce: 16, warmUpSeconds: 1, seconds: 1 },
  firstPage: { seconds: 2, burst: 100 },
  timers: { seconds: 2 },
  onCall: { seconds: 0.5 },
  coverage: { programs: 20 },
};
const sizes = options.quick ? quick : full;

/** Nothing is begun later than the first; what the second cuts off is named. */
const lastStartMs = options.quick ? 40_000 : 220_000;
const wholeRunMs = options.quick ? 55_000 : 290_000;

/** With a service and a queue. */
const measurements = {
  intake: measureIntake,
  firstPage: measureFirstPage,
  timers: measureTimers,
};

/** By themselves: rules alone, on one processor. */
const pureMeasurements = { onCall: measureOnCall, coverage: measureCoverage };

const stop = stopRequest();
let began = 0;

/** Everything on this machine alone. A figure that misses its aim is told, and fails nothing. */
async function bench() {
  const found = { figures: [], notMeasured: [] };
  began = performance.now();
  for (const [name, measurement] of Object.entries(pureMeasurements)) {
    console.error(`measuring ${name}`);
    await record(found, 'none', name, () => measurement(sizes[name]));
  }
  const rig = await openRig();
  try {
    const measuring = measureAll(rig, found);
    const cut = await Promise.race([measuring, timeUp(), once(stop, 'abort')]);
    if (cut === undefined) return found;
    measuring.catch(() => {}); // It loses what it measures with.
    found.notMeasured.push('whatever is missing above: cut off');
  } finally {
    await rig.close();
  }
  return found;
}

async function measureAll(rig, found) {
  const { measured, skipped } = rig.backends;
  for (const backend of skipped) found.notMeasured.push(`${backend}: no redis-server here`);
  for (const backend of measured) {
    if (isLate()) found.notMeasured.push(`${backend}: the time was up`);
    else await measure(rig, backend, found);
  }
}

const timeUp = () => delay(wholeRunMs, 'time up', { ref: false });
const isLate = () => stop.aborted || performance.now() - began > lastStartMs;

async function measure(rig, backend, found) {
  const stage = await rig.start(backend);
  for (const [name, measurement] of Object.entries(measurements)) {
    if (isLate()) {
      found.notMeasured.push(`${name}, ${backend}: the time was up`);
      continue;
    }
    console.error(`measuring ${name} with the queue in ${backend}`);
    await record(found, backend, name, async () => {
      const figures = await measurement(stage, sizes[name]);
      await drain(stage);
      return figures;
    });
  }
  await stage.close();
}

async function record({ figures, notMeasured }, backend, name, measuring) {
  try {
    const measured = await measuring();
    figures.push(...measured.map((one) => ({ backend, ...one, verdict: verdict(one) })));
  } catch (error) {
    notMeasured.push(`${name}, ${backend}: ${error.message}`); // The others still may be.
  }
}

/** How busy the machine was with other things decides what the figures are worth. */
function machine() {
  const cpus = os.cpus();
  return {
    cpus: cpus.length,
    cpu: cpus[0]?.model.trim(),
    node: process.version,
    loadBefore: os.loadavg()[0],
  };
}

function write(result) {
  fs.mkdirSync(path.dirname(path.resolve(options.out)), { recursive: true });
  fs.writeFileSync(options.out, `${JSON.stringify(result, null, 2)}\n`);
}

function print({ cpus, cpu, node, loadBefore }, { figures, notMeasured }) {
  console.log(`
${cpus} processors (${cpu}), Node ${node}, load average before ${loadBefore.toFixed(1)}.
PostgreSQL commits to disk; it shares the machine with the service, the simulated provider and
whoever asks.

${tableOf(figures)}
`);
  for (const what of notMeasured) console.log(`Not measured: ${what}`);
  console.log(`Written to ${path.relative(process.cwd(), options.out)}`);
}

await prepare();
const host = machine();
const found = await bench();
write({ at: new Date().toISOString(), quick: options.quick, machine: host, ...found });
print(host, found);
process.exit(stop.aborted ? 130 : 0);
