import { Injectable, Logger } from '@nestjs/common';
import { Receipts } from '../paging/receipts.service.js';
import { BlindIndex } from '../platform/crypto/blind-index.js';
import { type Tx, UnitOfWork } from '../platform/db/unit-of-work.js';
import { Metrics } from '../platform/health/metrics.js';
import { newId } from '../platform/ids.js';
import { CallbacksStore, type ProviderCallback } from './callbacks.store.js';
import { type CallbackForm, readStatusReport } from './rules/status-report.js';

/** The fields worth keeping of a callback: what they hold is nobody's number and nobody's words. */
const keptFields = [
  'MessageSid',
  'MessageStatus',
  'CallSid',
  'CallStatus',
  'ErrorCode',
  'AnsweredBy',
  'Digits',
];

/** What came of a callback about an attempt that we know nothing of. */
const orphan = 'orphan';

export interface SeenCallback {
  kind: ProviderCallback['kind'];
  /** Of the attempt its address names. */
  nonce: string | null;
  /** What makes it the same when it comes again: its signature has no time and no number. */
  identity: readonly (string | number)[];
  form: CallbackForm;
}

/** Everything the provider tells us, kept once and acted on once. */
@Injectable()
export class Callbacks {
  private readonly log = new Logger('callbacks');
  private readonly countOrphan: (kind: 'receipt' | 'keys') => void;

  constructor(
    private readonly store: CallbacksStore,
    private readonly receipts: Receipts,
    private readonly index: BlindIndex,
    private readonly unitOfWork: UnitOfWork,
    metrics: Metrics,
  ) {
    const help = 'Signed callbacks about attempts that are none of ours';
    const kinds = ['receipt', 'keys'] as const;
    this.countOrphan = metrics.counter('handrail_orphaned_callbacks_total', help, 'kind', kinds);
  }

  /**
   * Does the work in one transaction with the record that it was done, and returns what came of it.
   * A callback that comes again does nothing and returns what came of it the first time.
   */
  once(callback: SeenCallback, work: (tx: Tx) => Promise<string>): Promise<string> {
    return this.unitOfWork.run((tx) => this.onceWithin(tx, callback, work));
  }

  /** The same for what no human waits for. */
  onceInBackground(callback: SeenCallback, work: (tx: Tx) => Promise<string>): Promise<string> {
    return this.unitOfWork.runInBackground((tx) => this.onceWithin(tx, callback, work));
  }

  /** False when no attempt of ours has this nonce; kept as an orphan then. */
  async receipt(nonce: string, form: CallbackForm): Promise<boolean> {
    const fields = Object.keys(form)
      .toSorted()
      .flatMap((name) => [name, form[name] ?? '']);
    const identity = [nonce, ...fields];
    const callback = { kind: 'receipt', nonce, identity, form } as const;
    const report = readStatusReport(form);
    const glance = report === null ? 'ignored_unknown' : await this.receipts.glance(nonce, report);
    if (glance !== null) await this.keep(this.unitOfWork.reader, callback, glance);
    if (glance !== null || report === null) return true;
    const outcome = await this.onceInBackground(callback, async (tx) => {
      const received = await this.receipts.receive(tx, nonce, report);
      return received === 'unknown_attempt' ? orphan : received;
    });
    if (outcome === orphan) this.tellOrphan('receipt', nonce);
    return outcome !== orphan;
  }

  /** Keys pressed in a call that is none of ours, or not the one of its attempt. */
  async orphanedKeys(nonce: string, form: CallbackForm): Promise<void> {
    this.tellOrphan('keys', nonce);
    const identity = [orphan, nonce, form['CallSid'] ?? '', form['Digits'] ?? ''];
    const callback = { kind: 'keys', nonce, identity, form } as const;
    await this.keep(this.unitOfWork.reader, callback, orphan);
  }

  /** What the provider knows of us that we do not know: an alarm for whoever operates this. */
  private tellOrphan(kind: 'receipt' | 'keys', nonce: string): void {
    this.countOrphan(kind);
    this.log.error('callback.orphaned', { kind, nonce });
  }

  private async onceWithin(
    tx: Tx,
    callback: SeenCallback,
    work: (tx: Tx) => Promise<string>,
  ): Promise<string> {
    const before = await this.store.holdAndSee(tx.db, this.fingerprint(callback));
    if (before !== null) return before;
    const outcome = await work(tx);
    await this.keep(tx.db, callback, outcome);
    return outcome;
  }

  private keep(db: Tx['db'], callback: SeenCallback, outcome: string): Promise<unknown> {
    const { kind, nonce, form } = callback;
    const row = { kind, nonce, params: kept(form), fingerprint: this.fingerprint(callback) };
    return this.store.insert(db, { id: newId(), ...row, outcome });
  }

  private fingerprint({ kind, identity }: SeenCallback): Buffer {
    return this.index.of(`callback.${kind}`, JSON.stringify(identity));
  }
}

function kept(form: CallbackForm): Record<string, string> {
  const entries = keptFields.flatMap((name) => {
    const value = form[name] ?? '';
    return /^[\w-]{1,64}$/.test(value) ? [[name, value] as const] : [];
  });
  return Object.fromEntries(entries);
}
