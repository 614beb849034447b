import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { measureFirstPage } from '../test/bench/first-page.mjs';
import { measureIntake } from '../test/bench/intake.mjs';
import { openRig } from '../test/bench/rig.mjs';
import { tableOf, verdict } from '../test/bench/table.mjs';
import { measureTimers } from '../test/bench/timers.mjs';
import { prepare, root } from './prepare.mjs';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    out: { type: 'string', default: path.join(root, '.handrail', 'bench.json') },
    only: { type: 'string' },
    backend: { type: 'string' },
  },
});

const wholeRunMs = options.quick ? 90_000 : 300_000;

const full = {
  intake: { atOnce: 16, warmUpSeconds: 2, seconds: 10 },
  firstPage: { seconds: 15, burst: 1_000 },
  timers: { seconds: 25 },
};
const quick = {
  intake: { atOnce: 16, warmUpSeconds: 1, seconds: 2 },
  firstPage: { seconds: 3, burst: 200 },
  timers: { seconds: 3 },
};
const sizes = options.quick ? quick : full;

const measurements = {
  intake: measureIntake,
  firstPage: measureFirstPage,
  timers: measureTimers,
};

/** Everything on this machine alone. A figure that misses its aim is told, and fails nothing. */
async function bench() {
  await prepare();
  const rig = await openRig();
  try {
    const backends = rig.backends.measured.filter(
      (one) => !options.backend || one === options.backend,
    );
    const figures = [];
    for (const backend of backends) figures.push(...(await measure(rig, backend)));
    return { figures, skipped: rig.backends.skipped };
  } finally {
    await rig.close();
  }
}

async function measure(rig, backend) {
  const figures = [];
  for (const [name, measurement] of Object.entries(measurements)) {
    if (options.only && options.only !== name) continue;
    const stage = await rig.start(backend);
    try {
      const found = await measurement(stage, sizes[name]);
      figures.push(...found.map((figure) => ({ backend, ...figure, verdict: verdict(figure) })));
    } finally {
      await stage.close();
    }
  }
  return figures;
}

function machine() {
  const [cpu] = os.cpus();
  return { cpus: os.cpus().length, cpu: cpu?.model, node: process.version };
}

function report({ figures, skipped }) {
  const { cpus, cpu, node } = machine();
  const result = { at: new Date().toISOString(), quick: options.quick, machine: machine() };
  fs.mkdirSync(path.dirname(path.resolve(options.out)), { recursive: true });
  fs.writeFileSync(options.out, `${JSON.stringify({ ...result, skipped, figures }, null, 2)}\n`);
  console.log(
    `${cpus} processors (${cpu}), Node ${node}. PostgreSQL commits to disk; the service,`,
  );
  console.log('the database, the simulated provider and the load share the machine.\n');
  console.log(tableOf(figures));
  for (const backend of skipped)
    console.log(`\nSkipped: ${backend} (no redis-server on this machine)`);
  console.log(`\nWritten to ${path.relative(process.cwd(), options.out)}`);
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
