import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { root } from '../prepare.mjs';

const file = path.join(root, '.handrail', 'demo-secrets.json');
const firstPort = 3000;
const portsTriedMax = 100;
const lastPort = 65_535;

/**
 * What the demo needs and the environment does not say: keys and credentials, made once and kept,
 * and a free port. Production refuses keys that were made here.
 */
export async function demoEnvironment() {
  const made = { ...secrets(), ...(await addresses()) };
  const missing = Object.entries(made).filter(
    ([name]) => name === 'PORT' || !(process.env[name] || process.env[`${name}_FILE`]),
  );
  return { HANDRAIL_MODE: 'demo', ...Object.fromEntries(missing) };
}

/** Where the demo answers that was started last, for commands that print addresses of it. */
export function addressOfDemo() {
  const noted = path.join(root, '.handrail', 'demo.json');
  if (process.env.DATABASE_URL || process.env.PUBLIC_BASE_URL || !fs.existsSync(noted)) return {};
  return { PUBLIC_BASE_URL: JSON.parse(fs.readFileSync(noted, 'utf8')).baseUrl };
}

/** A port that is none is left to the configuration, which names every problem at once. */
async function addresses() {
  const wanted = Number(process.env.PORT || firstPort);
  const isPort = Number.isInteger(wanted) && wanted >= 0 && wanted <= lastPort;
  if (!isPort || process.env.PORT_FILE) return {};
  const port = await freePort(wanted);
  return { PORT: String(port), PUBLIC_BASE_URL: `http://localhost:${port}` };
}

/** Those of an earlier version are kept; what it did not have yet is added. */
function secrets() {
  const kept = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {};
  const all = { ...newSecrets(), ...kept };
  if (Object.keys(all).length > Object.keys(kept).length) keep(all);
  return all;
}

function newSecrets() {
  const key = () => randomBytes(32).toString('base64');
  return {
    HANDRAIL_ENCRYPTION_KEYS: `demo-1:${key()}`,
    HANDRAIL_INDEX_KEY: key(),
    TWILIO_ACCOUNT_SID: `AC${randomBytes(16).toString('hex')}`,
    TWILIO_AUTH_TOKEN: randomBytes(16).toString('hex'),
    TWILIO_FROM_NUMBERS: '+12025550100',
    METRICS_TOKEN: randomBytes(16).toString('base64url'),
    DEMO_PASSWORD: randomBytes(9).toString('base64url'),
    DEMO_INTEGRATION_KEY: randomBytes(32).toString('base64url'),
  };
}

function keep(all) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const whole = `${file}.${process.pid}`;
  fs.writeFileSync(whole, JSON.stringify(all), { mode: 0o600 });
  fs.renameSync(whole, file);
}

async function freePort(wanted) {
  for (let port = wanted; port < wanted + portsTriedMax && port <= lastPort; port += 1) {
    const taken = await take(port);
    if (taken !== undefined) return taken;
  }
  throw new Error(`no free port from ${wanted} on`);
}

/** The port, or the one that was given for 0; undefined when somebody has it. */
function take(port) {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '0.0.0.0', () => {
      const { port: taken } = server.address();
      server.close(() => resolve(taken));
    });
  });
}
