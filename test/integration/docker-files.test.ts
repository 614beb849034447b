import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { commands } from '../../src/cli/commands.js';
import { loadConfig } from '../../src/config.js';
import { root } from '../support/database.js';

interface Container {
  image: string;
  command?: string[];
  environment?: Record<string, string>;
  secrets?: string[];
  depends_on?: Record<string, { condition: string }>;
  networks: string[];
  ports?: string[];
  restart: string;
  user?: string;
  deploy?: { replicas: number };
  healthcheck?: { test?: string[]; disable?: boolean };
  volumes?: string[];
  read_only?: boolean;
}

interface Compose {
  services: Record<string, Container>;
  secrets: Record<string, { file: string }>;
  networks: Record<string, { internal?: boolean }>;
}

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const compose = parse(read('docker/compose.yaml'), { merge: true }) as Compose;
const dockerfile = read('docker/Dockerfile');
const ours = Object.entries(compose.services).filter(([, { image }]) => image === 'handrail');

/** What an operator puts into docker/.env and docker/secrets, all of it invented. */
const settings: Record<string, string> = {
  PUBLIC_BASE_URL: 'https://handrail.example.org',
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_FROM_NUMBERS: '+442079460123',
  TRUSTED_PROXIES: '172.16.0.0/12',
};
const aKey = (): string => randomBytes(32).toString('base64');
const secrets: Record<string, string> = {
  postgres_password: 'postgres-password',
  database_url: 'postgres://handrail_app:app-password@postgres:5432/handrail',
  database_admin_url: 'postgres://handrail_admin:admin-password@postgres:5432/handrail',
  encryption_keys: `first:${aKey()}`,
  index_key: aKey(),
  metrics_token: 'metrics-token-of-tests',
  twilio_auth_token: 'auth-token',
};

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'handrail-docker-'));
  for (const [name, value] of Object.entries(secrets)) {
    writeFileSync(path.join(folder, name), `${value}\n`);
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

/** As the container would see it, with the secrets where they can be read here. */
function environmentOf({ environment = {} }: Container): Record<string, string> {
  const entries = Object.entries(environment).map(([name, value]) => {
    const filled = value.replaceAll(/\$\{(\w+)[^}]*\}/g, (_, setting: string) => {
      return settings[setting] ?? `no setting ${setting}`;
    });
    return [name, filled.replace('/run/secrets', folder)] as const;
  });
  return Object.fromEntries(entries);
}

describe('the composition', () => {
  it('starts one web process, two workers, and a migration before them', () => {
    const roles = ours.map(([name, { environment, deploy, command }]) => ({
      name,
      role: environment?.['HANDRAIL_ROLE'],
      replicas: deploy?.replicas ?? 1,
      command: command?.slice(2),
    }));

    expect(roles).toEqual([
      { name: 'migrate', role: undefined, replicas: 1, command: ['migrate'] },
      { name: 'web', role: 'web', replicas: 1, command: undefined },
      { name: 'worker', role: 'worker', replicas: 2, command: undefined },
    ]);
  });

  it.each(ours)('gives %s a configuration that the service accepts in production', (_, one) => {
    const config = loadConfig(environmentOf(one));

    expect(config.mode).toBe('production');
    expect(config.queue.backend.kind).toBe('redis');
  });

  it.each(ours)('names only variables to %s that are described for operators', (_, one) => {
    const described = new Set(read('config/env.example').match(/^#?[A-Z_]+(?==)/gm));

    const unknown = Object.keys(one.environment ?? {})
      .map((name) => name.replace(/_FILE$/, ''))
      .filter((name) => !described.has(name) && !described.has(`#${name}`));

    expect(unknown).toEqual([]);
  });

  it('hands the owner of the tables to the migration alone', () => {
    const holders = ours.filter(([, { secrets: own = [] }]) => own.includes('database_admin_url'));

    expect(holders.map(([name]) => name)).toEqual(['migrate']);
  });

  it('grants every secret that is read, keeps none in its own text, and knows all their files', () => {
    for (const [, { environment = {}, secrets: own = [] }] of Object.entries(compose.services)) {
      const files = Object.values(environment).filter((value) => value.includes('/run/secrets/'));
      expect(own).toEqual(expect.arrayContaining(files.map((file) => path.basename(file))));
      expect(Object.keys(environment)).not.toContain('DATABASE_URL');
    }
    const granted = Object.values(compose.services).flatMap(({ secrets: own = [] }) => own);
    expect(new Set(granted)).toEqual(new Set(Object.keys(compose.secrets)));
    expect(Object.keys(compose.secrets).toSorted()).toEqual(Object.keys(secrets).toSorted());
  });

  it('opens no port but that of the web process, and hides the stores from the outside', () => {
    const open = Object.entries(compose.services).filter(([, { ports }]) => ports);

    expect(open.map(([name]) => name)).toEqual(['web']);
    expect(compose.networks['inside']?.internal).toBe(true);
    for (const store of ['postgres', 'redis']) {
      expect(compose.services[store]?.networks).toEqual(['inside']);
    }
  });

  it('waits for the schema, never for Redis, whose death the service survives', () => {
    for (const name of ['web', 'worker']) {
      const { depends_on: waitsFor } = compose.services[name]!;
      expect(waitsFor?.['migrate']?.condition).toBe('service_completed_successfully');
      expect(waitsFor?.['redis']?.condition).toBe('service_started');
    }
  });

  it('brings back whatever ends, and keeps the bells and the rows on disk', () => {
    for (const [name, { restart }] of Object.entries(compose.services)) {
      expect([name, restart]).toEqual([name, expect.stringMatching(/unless-stopped|on-failure/)]);
    }
    const redis = compose.services['redis']?.command?.join(' ');
    expect(redis).toMatch(/--maxmemory-policy noeviction .*--appendonly yes/);
    expect(compose.services['postgres']?.volumes).toContain('database:/var/lib/postgresql');
  });
});

describe('the image', () => {
  it('runs a Node that the package allows', () => {
    const wanted = /ARG NODE_VERSION=(\d+)/.exec(dockerfile)?.[1];
    const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
    const least = /^>=(\d+)\./.exec(engines.node)?.[1];

    expect(Number(wanted)).toBeGreaterThanOrEqual(Number(least));
  });

  it('starts programs and commands that exist', () => {
    const lines = [dockerfile, ...ours.map(([, { command = [] }]) => command.join(' '))].join('\n');
    const programs = [...lines.matchAll(/dist\/([\w/]+)\.js/g)].map(([, name]) => `src/${name}.ts`);
    const asked = ours.flatMap(([, { command = [] }]) => command.slice(2));

    expect(programs.length).toBeGreaterThan(1);
    expect(programs.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
    expect(asked.filter((name) => commands[name] === undefined)).toEqual([]);
  });

  it('copies only what is there and what the build is let to see', () => {
    const seen = new Set(read('docker/Dockerfile.dockerignore').match(/(?<=^!).+$/gm));
    const copies = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)];
    const copied = copies.flatMap(([, names = '']) => names.split(' '));

    expect(copied.length).toBeGreaterThan(5);
    expect(copied.filter((name) => !existsSync(path.join(root, name)))).toEqual([]);
    expect(new Set(copied)).toEqual(seen);
  });

  it('belongs to nobody in particular, says whether it lives, and holds no secret', () => {
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile).toMatch(/^HEALTHCHECK [^]+\/health\/live/m);
    expect(dockerfile).not.toMatch(/(KEYS?|TOKEN|SECRET|PASSWORD|_URL)=/);
  });
});

describe('the script that makes the roles', () => {
  const script = read('docker/postgres-roles.sh');

  it('is a script that a plain shell understands', () => {
    expect(() =>
      execFileSync('sh', ['-n', path.join(root, 'docker/postgres-roles.sh')]),
    ).not.toThrow();
  });

  it('makes the roles of the embedded database, and the schema is as closed', () => {
    const embedded = read('scripts/postgres/cluster.mjs');
    const rolesIn = (text: string) => new Set(text.match(/(?<=create role )\w+/g));

    expect(rolesIn(script)).toEqual(rolesIn(embedded));
    for (const right of ['grant handrail_audit to', 'revoke create on schema public']) {
      const line = (text: string) => new RegExp(`${right}[^;'\`]+`).exec(text)?.[0];
      expect(line(script)).toBe(line(embedded));
    }
  });
});
