import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
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

/** Nothing is begun later than this; what is not, is named. */
const lastStartMs = options.quick ? 40_000 : 220_000;
const wholeRunMs = options.quick ? 60_000 : 300_000;

const measurements = {
  intake: measureIntake,
  firstPage: measureFirstPage,
  timers: measureTimers,
};

/** Everything on this machine alone. A figure that misses its aim is told, and fails nothing. */
async function bench() {
  await prepare();
  const rig = await openRig();
  const { measured, skipped } = rig.backends;
  const notMeasured = skipped.map((backend) => `${backend}: no redis-server on this machine`);
  const figures = [];
  try {
    for (const backend of measured) await measure(rig, backend, figures, notMeasured);
  } finally {
    await rig.close();
  }
  return { figures, notMeasured };
}

async function measure(rig, backend, figures, notMeasured) {
  const stage = await rig.start(backend);
  try {
    for (const [name, measurement] of Object.entries(measurements)) {
      if (performance.now() > lastStartMs) {
        notMeasured.push(`${name}, ${backend}: the time was up`);
        continue;
      }
      const found = await measurement(stage, sizes[name]);
      figures.push(...found.map((figure) => ({ backend, ...figure, verdict: verdict(figure) })));
      await drain(stage);
    }
  } finally {
    await stage.close();
  }
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

const timer = setTimeout(() => {
  console.error(`The bench did not end within ${wholeRunMs / 1_000} s.`);
  process.exit(1);
}, wholeRunMs);
try {
  report(await bench());
} finally {
  clearTimeout(timer);
}
