import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { CryptoConfig, cryptoEnv } from './platform/crypto/crypto.config.js';
import { DatabaseConfig, databaseEnv } from './platform/db/db.config.js';
import { HttpConfig, httpEnv } from './platform/http/http.config.js';
import { MetricsConfig, metricsEnv } from './platform/health/metrics.config.js';
import { QueueConfig, queueEnv } from './platform/queue/queue.config.js';
import { TelephonyConfig, telephonyEnv } from './platform/telephony/telephony.config.js';
import { isInventedNumber } from './programs/phone-number.js';
import { loadDirectory } from './resources/load-directory.js';
import { ResourcesConfig } from './resources/resources.config.js';
import { loadWording } from './wording/load-wording.js';
import { WordingConfig } from './wording/wording.config.js';

// Each by itself: a wrong role must not hide the mode.
const modeEnv = z.object({ HANDRAIL_MODE: z.enum(['demo', 'production']).optional() });
const roleEnv = z.object({ HANDRAIL_ROLE: z.enum(['all', 'web', 'worker']).default('all') });
const heartbeatEnv = z.object({ HEARTBEAT_URL: z.url({ protocol: /^https?$/ }).optional() });

const fragments = [
  modeEnv,
  roleEnv,
  heartbeatEnv,
  httpEnv,
  databaseEnv,
  queueEnv,
  cryptoEnv,
  metricsEnv,
  telephonyEnv,
] as const;
type Environment = z.output<typeof modeEnv> &
  z.output<typeof roleEnv> &
  z.output<typeof heartbeatEnv> &
  z.output<typeof httpEnv> &
  z.output<typeof databaseEnv> &
  z.output<typeof queueEnv> &
  z.output<typeof cryptoEnv> &
  z.output<typeof metricsEnv> &
  z.output<typeof telephonyEnv>;

export interface Config {
  mode: 'demo' | 'production';
  role: 'all' | 'web' | 'worker';
  heartbeatUrl: string | null;
  http: HttpConfig;
  database: DatabaseConfig;
  queue: QueueConfig;
  crypto: CryptoConfig;
  metrics: MetricsConfig;
  telephony: TelephonyConfig;
}

/** Every problem of the environment at once; the process ends with exit code 78. */
export class ConfigProblems extends Error {
  static readonly exitCode = 78;

  constructor(readonly problems: readonly string[]) {
    super(`The configuration has ${problems.length} problem(s).`);
  }
}

/** Parses everything before anything starts. Throws `ConfigProblems`. */
export function loadConfig(variables: NodeJS.ProcessEnv): Config {
  const problems: string[] = [];
  const given = withSecretsFromFiles(variables, problems);
  const parsed = fragments.map((fragment) => {
    const result = fragment.safeParse(given);
    for (const { path, message } of result.error?.issues ?? []) {
      const [name] = path;
      const missing = name !== undefined && given[String(name)] === undefined;
      problems.push(`${String(name)}: ${missing ? 'is required' : message}`);
    }
    return result.data ?? {};
  });
  const env = Object.assign({}, ...parsed) as Environment;
  const mode = env.HANDRAIL_MODE ?? defaultMode(given);
  if (mode === 'production') problems.push(...productionProblems(given));
  problems.push(...problemsInFiles());
  if (problems.length > 0) throw new ConfigProblems([...new Set(problems)].sort());
  return Object.freeze({
    mode,
    role: env.HANDRAIL_ROLE,
    heartbeatUrl: env.HEARTBEAT_URL ?? null,
    http: HttpConfig.from(env),
    database: DatabaseConfig.from(env),
    queue: QueueConfig.from(env, env.HANDRAIL_ROLE !== 'web'),
    crypto: CryptoConfig.from(env),
    metrics: MetricsConfig.from(env),
    telephony: new TelephonyConfig(env),
  });
}

/** A mode that is none is told by itself: what it would have demanded is nobody's guess. */
function defaultMode(given: Record<string, string | undefined>): Config['mode'] {
  const isLive = given['HANDRAIL_MODE'] === undefined && given['DATABASE_URL'] !== undefined;
  return isLive ? 'production' : 'demo';
}

/** `NAME_FILE` names a file that holds the value; an empty variable is as good as none. */
function withSecretsFromFiles(
  variables: NodeJS.ProcessEnv,
  problems: string[],
): Record<string, string | undefined> {
  const given: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(variables)) {
    if (value !== undefined && value !== '') given[name] = value;
  }
  for (const target of fragments.flatMap((fragment) => Object.keys(fragment.shape))) {
    const name = `${target}_FILE`;
    const path = given[name];
    if (path === undefined) continue;
    if (given[target] !== undefined) {
      problems.push(`${target}: is set twice, also by ${name}`);
      continue;
    }
    try {
      given[target] = readFileSync(path, 'utf8').trim();
    } catch {
      // Safe: the start is refused, with this among the problems.
      problems.push(`${name}: cannot be read`);
    }
  }
  return given;
}

/** What belongs to the demo and is refused in production, as far as the environment shows it. */
function productionProblems(given: Record<string, string | undefined>): string[] {
  const problems: string[] = [];
  const { PUBLIC_BASE_URL: publicUrl, HANDRAIL_ENCRYPTION_KEYS: keys = '' } = given;
  const { TWILIO_API_BASE_URL: apiUrl, TWILIO_FROM_NUMBERS: numbers = '' } = given;
  if (publicUrl === undefined) problems.push('PUBLIC_BASE_URL: is required in production');
  else if (!publicUrl.startsWith('https://')) {
    problems.push('PUBLIC_BASE_URL: must be an https address in production');
  }
  if (/(^|,)\s*demo-/.test(keys)) {
    problems.push('HANDRAIL_ENCRYPTION_KEYS: holds a key that was generated for the demo');
  }
  if (apiUrl !== undefined && URL.canParse(apiUrl) && new URL(apiUrl).protocol === 'http:') {
    problems.push('TWILIO_API_BASE_URL: is the phone lab or another simulator');
  }
  if (numbers.split(',').some((number) => isInventedNumber(number.trim()))) {
    problems.push('TWILIO_FROM_NUMBERS: holds an invented number of the demo');
  }
  return problems;
}

/** The emergency numbers and the sentences are checked before anybody could be shown them. */
function problemsInFiles(): string[] {
  const { folder } = new WordingConfig();
  const loads = [
    () => loadDirectory(new ResourcesConfig().directory),
    () => loadWording(folder, 'en'),
    () => loadWording(folder, 'es'),
  ];
  return loads.flatMap((load) => {
    try {
      load();
      return [];
    } catch (error) {
      // Safe: the start is refused, with this among the problems.
      return [(error as Error).message];
    }
  });
}
