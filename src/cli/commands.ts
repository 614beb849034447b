import { readFileSync } from 'node:fs';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AuditVerification } from '../audit/audit-verification.service.js';
import { type Verification, verifyAuditFile } from '../audit/audit.export.js';
import { type Config, ConfigProblems, loadConfig } from '../config.js';
import { migrations } from '../migrations/migrations.js';
import { Database } from '../platform/db/database.js';
import { migrate } from '../platform/db/schema/migrate.js';
import { type Tx, UnitOfWork } from '../platform/db/unit-of-work.js';
import { migrateQueue } from '../platform/queue/migrate-queue.js';
import { IntegrationKeys } from '../programs/integration-keys.service.js';
import { Programs } from '../programs/programs.service.js';
import { SignIn } from '../staff/sign-in.service.js';
import { Staff } from '../staff/staff.service.js';
import { Apply } from './apply.service.js';
import { CliModule } from './cli.module.js';
import { Doctor } from './doctor/doctor.service.js';
import { Demo } from './demo/demo.service.js';
import { Export } from './export.service.js';
import { OwnHelpPages } from './own-help-pages.service.js';
import { readProgramFile } from './program-file.js';
import { UsageError } from './usage-error.js';

/** Takes the words after the command, resolves to the exit code. */
type Command = (args: string[]) => Promise<number>;

const databaseTimeoutMs = 15_000;
/** Of `verify-audit`, beside 0 for intact and 1 for broken. */
const notChecked = 2;

export const commands: Readonly<Record<string, Command>> = {
  migrate: async () => {
    const { database } = loadConfig(process.env);
    const adminUrl = database.adminUrl;
    if (!adminUrl) throw new UsageError('DATABASE_ADMIN_URL is required for migrations.');
    const applied = await migrate(adminUrl, migrations);
    await migrateQueue(adminUrl);
    for (const name of applied) console.log(`applied ${name}`);
    return 0;
  },

  apply: async ([path]) => {
    if (!path) throw new UsageError('apply FILE.yaml');
    const read = readProgramFile(readText(path));
    if ('problems' in read) {
      for (const problem of read.problems) console.error(problem);
      throw new UsageError(`${path} was refused; nothing was changed.`);
    }
    return withService(async (service, { mode }) => {
      const apply = service.get(Apply);
      const plan = await apply.plan(read.description, mode);
      console.log(plan.length === 0 ? 'Nothing to change.' : `Plan:\n  ${plan.join('\n  ')}`);
      if (plan.length > 0) await apply.apply(read.description, mode);
      if (plan.length > 0) console.log('Applied.');
      return 0;
    });
  },

  export: async (args) => {
    const { program } = options(args, 'program');
    return withService(async (service) => {
      process.stdout.write(await service.get(Export).of(program));
      return 0;
    });
  },

  'verify-audit': async ([path]) => {
    try {
      return await verifyAudit(path);
    } catch (error) {
      if (error instanceof ConfigProblems) throw error;
      // Safe: nobody is told that the log is intact, nor that it is broken.
      console.error(`The audit log could not be checked: ${(error as Error).message}`);
      return notChecked;
    }
  },

  'keys create': async (args) => {
    const { program, name } = options(args, 'program', 'name');
    console.log(await onKeysOf(program, (keys, tx, id) => keys.create(tx, id, name)));
    return 0;
  },

  'keys revoke': async (args) => {
    const { program, name } = options(args, 'program', 'name');
    const revoked = await onKeysOf(program, (keys, tx, id) => keys.revoke(tx, id, name));
    if (revoked === 0) throw new UsageError(`Program ${program} has no key ${name} in use.`);
    console.log(`${revoked} ${revoked === 1 ? 'key' : 'keys'} revoked.`);
    return 0;
  },

  'tokens create': async (args) => {
    const { staff: key, name } = options(args, 'staff', 'name');
    return withService(async (service) => {
      const staffId = await find(service, Staff).idByKey(key);
      if (!staffId) throw new UsageError(`There is no staff ${key}.`);
      const created = await find(service, UnitOfWork).run((tx) =>
        find(service, SignIn).createToken(tx, staffId, name),
      );
      console.log(created);
      return 0;
    });
  },

  'help-links create': async (args) => {
    const { program: key, participant } = options(args, 'program', 'participant');
    return withService(async (service) => {
      const url = await service.get(OwnHelpPages).addressFor(key, participant, 'new');
      console.log(url);
      return 0;
    });
  },

  doctor: async () =>
    withService(async (service, config) => {
      const findings = await service.get(Doctor).examine(config);
      for (const { level, text } of findings) console.log(`${level.padEnd(4)}  ${text}`);
      return findings.some(({ level }) => level === 'fail') ? 1 : 0;
    }),

  demo: async ([how]) => {
    const { mode } = loadConfig(process.env);
    if (mode === 'production') throw new UsageError('The demo is not for production.');
    const which = how === 'beside' ? 'beside' : 'alone';
    return withService((service) => service.get(Demo).prepare(process.env, which));
  },
};

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Safe: nothing was done yet; the operator is told which file is missing.
    throw new UsageError(`${path} cannot be read.`);
  }
}

function find<T>(service: INestApplicationContext, type: Type<T>): T {
  return service.get(type, { strict: false });
}

async function withService<T>(
  work: (service: INestApplicationContext, config: Config) => Promise<T>,
): Promise<T> {
  const config = loadConfig(process.env);
  const service = await NestFactory.createApplicationContext(CliModule.with(config), {
    logger: ['error', 'fatal'],
    abortOnError: false,
  });
  try {
    const database = find(service, Database);
    const timer = setTimeout(() => database.onModuleDestroy(), databaseTimeoutMs);
    await database.connect();
    clearTimeout(timer);
    if (!database.connected) throw new UsageError('The database does not answer.');
    return await work(service, config);
  } finally {
    await service.close();
  }
}

/** One transaction on the integration keys of a program. */
function onKeysOf<T>(
  programKey: string,
  work: (keys: IntegrationKeys, tx: Tx, programId: string) => Promise<T>,
): Promise<T> {
  return withService(async (service) => {
    const program = await find(service, Programs).byKey(programKey);
    if (!program) throw new UsageError(`There is no program ${programKey}.`);
    const keys = find(service, IntegrationKeys);
    return find(service, UnitOfWork).run((tx) => work(keys, tx, program.id));
  });
}

async function verifyAudit(path: string | undefined): Promise<number> {
  if (path) return report(await verifyAuditFile(path));
  return withService(async (service) =>
    report(await find(service, AuditVerification).verifyDatabase()),
  );
}

function report({ ok, events, streams, firstBroken }: Verification): number {
  console.log(`${events} events in ${streams} streams: ${ok ? 'intact' : 'BROKEN'}`);
  if (firstBroken) console.log(JSON.stringify(firstBroken));
  return ok ? 0 : 1;
}

/** `--name value` for each of the names, all required. */
function options<Name extends string>(args: string[], ...names: Name[]): Record<Name, string> {
  const given = new Map<string, string>();
  for (let at = 0; at < args.length; at += 2) {
    given.set(args[at] ?? '', args[at + 1] ?? '');
  }
  const missing = names.filter((name) => !given.get(`--${name}`));
  if (missing.length > 0) {
    throw new UsageError(`Needed: ${names.map((name) => `--${name} ...`).join(' ')}`);
  }
  return Object.fromEntries(names.map((name) => [name, given.get(`--${name}`)])) as Record<
    Name,
    string
  >;
}
