import { AuditEventsStore } from '../../src/audit/audit-events.store.js';
import {
  fenced,
  knownNumbers,
  monotone,
  noEmergencyNumber,
  quietAfterTake,
  writtenAhead,
} from './invariants/delivery.js';
import {
  atomic,
  durable,
  idempotent,
  neverRefused,
  resourcesAlways,
} from './invariants/durability.js';
import type { Bounds, Evidence } from './invariants/evidence.js';
import { foldedEvents } from './invariants/fold.js';
import { oneOwner, trueTakes } from './invariants/humans.js';
import {
  alive,
  firstPageInTime,
  firstPageKept,
  loudAlarm,
  noSilentEnd,
  stepsInTime,
} from './invariants/liveness.js';
import { noDisclosure, noUnsolicited } from './invariants/outsiders.js';
import { nothingOutside } from './invariants/privacy.js';
import { readAsText, readTables } from './invariants/reading.js';
import { readsRecorded } from './invariants/reads.js';
import { intact, recorded } from './invariants/record.js';
import { timersKept } from './invariants/timers.js';
import type { Service } from './service.js';

export type { Bounds };

const usual: Bounds = { stepMs: 2_000, firstPageMs: 10_000 };

const invariants: ((evidence: Evidence) => string[] | Promise<string[]>)[] = [
  durable,
  atomic,
  idempotent,
  neverRefused,
  resourcesAlways,
  alive,
  firstPageInTime,
  stepsInTime,
  writtenAhead,
  fenced,
  noSilentEnd,
  trueTakes,
  quietAfterTake,
  oneOwner,
  monotone,
  timersKept,
  loudAlarm,
  intact,
  recorded,
  readsRecorded,
  nothingOutside,
  knownNumbers,
  firstPageKept,
  foldedEvents,
  noEmergencyNumber,
  noUnsolicited,
  noDisclosure,
  ({ providerViolations }) => providerViolations.map((one) => `provider: ${one}`),
  ({ crashes }) => crashes.map((one) => `process: ${one}`),
];

/**
 * Every invariant over what a service has done, said and asked for. Each violation names its own.
 */
export async function findViolations(
  service: Service,
  bounds: Partial<Bounds> = {},
): Promise<string[]> {
  const evidence = await gather(service, { ...usual, ...bounds });
  const found = await Promise.all(invariants.map(async (holds) => holds(evidence)));
  return found.flat();
}

async function gather(service: Service, bounds: Bounds): Promise<Evidence> {
  // First what the outside saw: whatever led to it must be in the tables that are read afterwards.
  const posted = [...service.flags];
  const reads = [...service.reads.all];
  const requests = await service.lab.requests();
  const callbacks = await service.lab.callbacks();
  const providerViolations = await service.lab.violations();
  const { output, redis, time, program, secrets, processes } = service;
  return service.inSnapshot(async (ask) => ({
    ...(await readTables(ask, new AuditEventsStore())),
    bounds,
    time,
    integrationKey: program.integrationKey,
    posted,
    reads,
    requests,
    callbacks,
    providerViolations,
    crashes: processes.crashes,
    secrets,
    outside: {
      'what the processes print': output,
      'a request to the provider': JSON.stringify(requests),
      'an address that is called': callbacks.map(({ url }) => url).join('\n'),
      'the queue': redis?.everything() ?? (await readAsText(ask, ['bullmq'])),
      'a table': await readAsText(ask, ['public', 'audit']),
    },
  }));
}
