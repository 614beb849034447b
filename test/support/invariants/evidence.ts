import type { ProviderRequest, SentCallback } from '../../../src/phone-lab/network/lab-log.js';
import type { StoredEvent } from '../../../src/audit/audit-events.store.js';
import type { RecordedFlag } from '../service.js';
import type { TimeShifts } from '../service/time-shifts.js';
import type { RecordedRead } from './reads.js';

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
  round: number;
  dueAt: Date | null;
  ownerId: string | null;
  openedAt: Date;
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
  occasion: string;
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

/** Something of a shift that is not over. */
export interface ClockEvidence {
  row: string;
  dueAt: Date | null;
}

export interface AlarmEvidence {
  id: string;
  kind: string;
  subjectId: string;
  dueAt: Date | null;
  repeats: number;
  takenAt: Date | null;
  withdrawnAt: Date | null;
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

/** A moment of a row that lies before the row was there. */
export interface NegativeInterval {
  row: string;
  column: string;
  ms: number;
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
  reads: readonly RecordedRead[];
  flags: FlagEvidence[];
  cases: CaseEvidence[];
  pages: PageEvidence[];
  attempts: AttemptEvidence[];
  acks: AckEvidence[];
  alarms: AlarmEvidence[];
  clocks: ClockEvidence[];
  methods: MethodEvidence[];
  receipts: ReceiptEvidence[];
  events: EventEvidence[];
  declines: number;
  negatives: NegativeInterval[];
  /** By the key that the program's file gives them. */
  staffIds: ReadonlyMap<string, string>;
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
