import type { AuditEventsStore, StoredEvent } from '../../../src/audit/audit-events.store.js';
import type {
  AckEvidence,
  AlarmEvidence,
  Ask,
  AttemptEvidence,
  CaseEvidence,
  ClockEvidence,
  EventEvidence,
  FlagEvidence,
  MethodEvidence,
  PageEvidence,
  ReceiptEvidence,
} from './evidence.js';
import { readNegativeIntervals } from './timers.js';

export async function readTables(ask: Ask, store: AuditEventsStore) {
  const [time] = await ask<{ now: Date }>('select handrail_now() as now');
  const [declines] = await ask<{ n: number }>('select count(*)::int as n from declines');
  const staff = await ask<{ key: string; id: string }>('select key, id from staff');
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
      `select id, state, acuity, step, round, due_at as "dueAt", owner_id as "ownerId",
              opened_at as "openedAt", exhausted_at as "exhaustedAt", policy from cases`,
    ),
    pages: await ask<PageEvidence>(
      `select id, purpose, subject_id as "subjectId", occasion, staff_id as "staffId", state,
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
      `select id, kind, subject_id as "subjectId", due_at as "dueAt", repeats,
              taken_at as "takenAt", withdrawn_at as "withdrawnAt"
              from alarms`,
    ),
    clocks: await ask<ClockEvidence>(
      `select 'shift ' || id as row, due_at as "dueAt" from shift_watches where state <> 'over'
       union all
       select 'hand-over ' || id, due_at from shift_hand_overs where settled_at is null
       union all
       select 'shift plan ' || program_id, due_at from shift_plans`,
    ),
    methods: await ask<MethodEvidence>(
      `select id, staff_id as "staffId", channel, address_index as "addressIndex",
              verified_at as "verifiedAt", disabled_at as "disabledAt" from contact_methods`,
    ),
    receipts: await ask<ReceiptEvidence>(
      'select nonce, kind, params, outcome from provider_callbacks order by received_at',
    ),
    negatives: await readNegativeIntervals(ask),
    staffIds: new Map(staff.map(({ key, id }) => [key, id])),
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
