import { createPhoneLab } from './phone-lab.js';
import { LabConfig, phoneLabEnv } from './phone-lab.config.js';

const misconfigured = 78;

const env = phoneLabEnv.safeParse(process.env);
if (!env.success) {
  for (const { path, message } of env.error.issues) console.error(`${path.join('.')}: ${message}`);
  process.exit(misconfigured);
}

const lab = await createPhoneLab(new LabConfig(env.data));
console.log(JSON.stringify({ labUrl: lab.url }));

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void lab.close().then(() => process.exit(0)));
}
