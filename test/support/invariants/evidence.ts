import type { ProviderRequest, SentCallback } from '../../../src/phone-lab/network/lab-log.js';
import type { AuditEventsStore, StoredEvent } from '../../../src/audit/audit-events.store.js';
import type { RecordedFlag } from '../service.js';
import type { TimeShifts } from '../service/time-shifts.js';

export interface FlagEvidence {
  id: string;
  caseId: string | null;
  clientId: string | null;
  idempotencyKey: string | null;
  joinedAs: string;
  receivedAt: Date;
  mergedCount: number;
  xmin: string;
}

export interface CaseEvidence {
  id: string;
  state: string;
  acuity: string;
  step: number | null;
  dueAt: Date | null;
  ownerId: string | null;
  exhaustedAt: Date | null;
  policy: {
    acuities: Record<
      string,
      { steps: { waitSeconds: number }[]; roundAgainSeconds: number; leaseSeconds: number }
    >;
    reminders: { inContactSeconds: number };
  };
}

export interface PageEvidence {
  id: string;
  purpose: string;
  subjectId: string;
  staffId: string;
  state: string;
  queuedAt: Date;
  dueAt: Date | null;
  leaseEpoch: number;
  withdrawnAt: Date | null;
}

export interface AttemptEvidence {
  id: string;
  pageId: string;
  contactMethodId: string;
  channel: string;
  epoch: number;
  nonce: string;
  causedBy: string | null;
  state: string;
  failure: string | null;
  providerStatus: string | null;
  startedAt: Date;
  deadlineAt: Date;
  settledAt: Date | null;
}

export interface AckEvidence {
  caseId: string;
  staffId: string | null;
  kind: string;
  channel: string;
  proof: Record<string, unknown>;
  at: Date;
}

export interface AlarmEvidence {
  id: string;
  kind: string;
  subjectId: string;
  dueAt: Date | null;
  takenAt: Date | null;
}

export interface MethodEvidence {
  id: string;
  staffId: string;
  channel: string;
  addressIndex: Buffer;
  verifiedAt: Date | null;
  disabledAt: Date | null;
}

export interface ReceiptEvidence {
  nonce: string | null;
  kind: string;
  params: Record<string, string>;
  outcome: string;
}

export interface EventEvidence {
  stream: string;
  seq: number;
  at: Date;
  action: string;
  actorType: string;
  actorId: string | null;
  subjectRef: string | null;
  /** 32 bits: as a row's `xmin` shows it. */
  xid: string;
  body: Record<string, unknown>;
}

/** How far things may go in this test. */
export interface Bounds {
  /** How late a step or its page may be: 2000, more where something was broken meanwhile. */
  stepMs: number;
  /** From a flag to the first request for its page: 10 000. */
  firstPageMs: number;
}

/** Everything there is to know about one run, read in one snapshot. */
export interface Evidence {
  now: Date;
  bounds: Bounds;
  time: TimeShifts;
  integrationKey: string;
  posted: readonly RecordedFlag[];
  flags: FlagEvidence[];
  cases: CaseEvidence[];
  pages: PageEvidence[];
  attempts: AttemptEvidence[];
  acks: AckEvidence[];
  alarms: AlarmEvidence[];
  methods: MethodEvidence[];
  receipts: ReceiptEvidence[];
  events: EventEvidence[];
  declines: number;
  storedEvents: StoredEvent[];
  requests: ProviderRequest[];
  callbacks: SentCallback[];
  /** What the provider's own rules say against any request. */
  providerViolations: string[];
  crashes: readonly string[];
  secrets: ReadonlySet<string>;
  /** Where a secret must not stand, by name. */
  outside: Record<string, string>;
}

export type Ask = <Row>(sql: string, values?: unknown[]) => Promise<Row[]>;

export async function readTables(ask: Ask, store: AuditEventsStore) {
  const [time] = await ask<{ now: Date }>('select handrail_now() as now');
  const [declines] = await ask<{ n: number }>('select count(*)::int as n from declines');
  return {
    now: time!.now,
    declines: declines!.n,
    flags: await ask<FlagEvidence>(
      `select id, case_id as "caseId", client_id as "clientId",
              idempotency_key as "idempotencyKey", joined_as as "joinedAs",
              received_at as "receivedAt", merged_count as "mergedCount", xmin::text as xmin
         from flags`,
    ),
    cases: await ask<CaseEvidence>(
      `select id, state, acuity, step, due_at as "dueAt", owner_id as "ownerId",
              exhausted_at as "exhaustedAt", policy from cases`,
    ),
    pages: await ask<PageEvidence>(
      `select id, purpose, subject_id as "subjectId", staff_id as "staffId", state,
              queued_at as "queuedAt", due_at as "dueAt", lease_epoch as "leaseEpoch",
              withdrawn_at as "withdrawnAt" from pages`,
    ),
    attempts: await ask<AttemptEvidence>(
      `select id, page_id as "pageId", contact_method_id as "contactMethodId", channel, epoch,
              nonce, caused_by as "causedBy", state, failure, provider_status as "providerStatus",
              started_at as "startedAt", deadline_at as "deadlineAt", settled_at as "settledAt"
         from page_attempts order by started_at, epoch`,
    ),
    acks: await ask<AckEvidence>(
      `select case_id as "caseId", staff_id as "staffId", kind, channel, proof, at
         from acknowledgements order by at`,
    ),
    alarms: await ask<AlarmEvidence>(
      `select id, kind, subject_id as "subjectId", due_at as "dueAt", taken_at as "takenAt"
         from alarms`,
    ),
    methods: await ask<MethodEvidence>(
      `select id, staff_id as "staffId", channel, address_index as "addressIndex",
              verified_at as "verifiedAt", disabled_at as "disabledAt" from contact_methods`,
    ),
    receipts: await ask<ReceiptEvidence>(
      'select nonce, kind, params, outcome from provider_callbacks order by received_at',
    ),
    events: await readEvents(ask),
    storedEvents: await readChain(ask, store),
  };
}

async function readEvents(ask: Ask): Promise<EventEvidence[]> {
  const rows = await ask<EventEvidence & { text: string }>(
    `select stream, seq::int as seq, at, action, actor_type as "actorType",
            actor_id as "actorId", subject_ref as "subjectRef",
            (xid::text::numeric % 4294967296)::text as xid, body as text
       from audit.audit_events order by stream, seq`,
  );
  return rows.map(({ text, ...event }) => ({ ...event, body: bodyOf(text) }));
}

/** A forged body that is no JSON is for the chain to report. */
function bodyOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

const chainMax = 1_000_000;

function readChain(ask: Ask, store: AuditEventsStore): Promise<StoredEvent[]> {
  const reader = { query: ask } as unknown as Parameters<AuditEventsStore['page']>[0];
  return store.page(reader, { stream: '', seq: 0 }, chainMax);
}

/** Every row of every table of these schemas as text: what somebody with a copy could read. */
export async function readAsText(ask: Ask, schemas: string[]): Promise<string> {
  const tables = await ask<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname = any ($1)`,
    [schemas],
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await ask<{ row: string }>(`select to_jsonb(t)::text as row from ${name} t`);
    texts.push(...rows.map(({ row }) => row));
  }
  return texts.join('\n');
}
