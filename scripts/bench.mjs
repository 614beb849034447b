import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { measureFirstPage } from '../test/bench/first-page.mjs';
import { measureIntake } from '../test/bench/intake.mjs';
import { drain, openRig } from '../test/bench/rig.mjs';
import { tableOf, verdict } from '../test/bench/table.mjs';
import { measureTimers } from '../test/bench/timers.mjs';
import { prepare, root } from './prepare.mjs';

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
};
const quick = {
  intake: { atOnce: 16, warmUpSeconds: 1, seconds: 1 },
  firstPage: { seconds: 2, burst: 100 },
  timers: { seconds: 2 },
};
const sizes = options.quick ? quick : full;

/** Nothing is begun later than the first; what was not measured when the second is over is named. */
const lastStartMs = options.quick ? 40_000 : 220_000;
const wholeRunMs = options.quick ? 55_000 : 290_000;

const measurements = {
  intake: measureIntake,
  firstPage: measureFirstPage,
  timers: measureTimers,
};

/** Everything on this machine alone. A figure that misses its aim is told, and fails nothing. */
async function bench() {
  await prepare();
  const found = { figures: [], notMeasured: [] };
  const rig = await openRig();
  try {
    const measuring = measureAll(rig, found);
    const timeUp = delay(wholeRunMs - performance.now(), 'time up', { ref: false });
    if ((await Promise.race([measuring, timeUp])) !== 'time up') return found;
    measuring.catch(() => {}); // It loses what it measures with.
    found.notMeasured.push(`whatever is missing above: not within ${wholeRunMs / 1_000} s`);
  } finally {
    await rig.close();
  }
  return found;
}

async function measureAll(rig, found) {
  const { measured, skipped } = rig.backends;
  for (const backend of skipped) found.notMeasured.push(`${backend}: no redis-server here`);
  for (const backend of measured) await measure(rig, backend, found);
}

async function measure(rig, backend, { figures, notMeasured }) {
  const stage = await rig.start(backend);
  for (const [name, measurement] of Object.entries(measurements)) {
    if (performance.now() > lastStartMs) {
      notMeasured.push(`${name}, ${backend}: the time was up`);
      continue;
    }
    console.error(`measuring ${name} with the queue in ${backend}`);
    const found = await measurement(stage, sizes[name]);
    figures.push(...found.map((figure) => ({ backend, ...figure, verdict: verdict(figure) })));
    await drain(stage);
  }
  await stage.close();
}

function report({ figures, notMeasured }) {
  const cpus = os.cpus();
  const machine = { cpus: cpus.length, cpu: cpus[0]?.model, node: process.version };
  const result = { at: new Date().toISOString(), quick: options.quick, machine };
  fs.mkdirSync(path.dirname(path.resolve(options.out)), { recursive: true });
  const json = JSON.stringify(
    { ...result, loadAverage: os.loadavg(), notMeasured, figures },
    null,
    2,
  );
  fs.writeFileSync(options.out, `${json}\n`);
  console.log(`
${machine.cpus} processors (${machine.cpu}), Node ${machine.node}, load average ${os.loadavg()[0]?.toFixed(1)}.
PostgreSQL commits to disk; it shares the machine with the service, the simulated provider and the
load.

${tableOf(figures)}
`);
  for (const what of notMeasured) console.log(`Not measured: ${what}`);
  console.log(`Written to ${path.relative(process.cwd(), options.out)}`);
}

report(await bench());
process.exit();
