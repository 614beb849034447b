import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { root } from '../prepare.mjs';

const file = path.join(root, '.handrail', 'demo-secrets.json');
const firstPort = 3000;
const portsTriedMax = 100;

/**
 * What the demo needs and the environment does not say: keys and credentials, made once and kept,
 * and a free port. Production refuses keys that were made here.
 */
export async function demoEnvironment() {
  const wanted = Number(process.env.PORT || firstPort);
  const port = await freePort(wanted);
  const secrets = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : makeSecrets();
  const made = { ...secrets, PORT: String(port), PUBLIC_BASE_URL: `http://localhost:${port}` };
  const missing = Object.entries(made).filter(
    ([name]) => name === 'PORT' || !(process.env[name] || process.env[`${name}_FILE`]),
  );
  return { HANDRAIL_MODE: 'demo', ...Object.fromEntries(missing) };
}

function makeSecrets() {
  const key = () => randomBytes(32).toString('base64');
  const secrets = {
    HANDRAIL_ENCRYPTION_KEYS: `demo-1:${key()}`,
    HANDRAIL_INDEX_KEY: key(),
    TWILIO_ACCOUNT_SID: `AC${randomBytes(16).toString('hex')}`,
    TWILIO_AUTH_TOKEN: randomBytes(16).toString('hex'),
    TWILIO_FROM_NUMBERS: '+12025550100',
    DEMO_PASSWORD: randomBytes(9).toString('base64url'),
    DEMO_INTEGRATION_KEY: randomBytes(32).toString('base64url'),
  };
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const whole = `${file}.${process.pid}`;
  fs.writeFileSync(whole, JSON.stringify(secrets), { mode: 0o600 });
  fs.renameSync(whole, file);
  return secrets;
}

async function freePort(wanted) {
  for (let port = wanted; port < wanted + portsTriedMax; port += 1) {
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port from ${wanted} on`);
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '0.0.0.0', () => server.close(() => resolve(true)));
  });
}
