import { Injectable, Logger } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import { Receipts } from '../paging/receipts.service.js';
import { BlindIndex } from '../platform/crypto/blind-index.js';
import { type Tx, UnitOfWork } from '../platform/db/unit-of-work.js';
import { newId } from '../platform/ids.js';
import { CallbacksStore, type ProviderCallback } from './callbacks.store.js';

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

export type CallbackForm = Record<string, string>;

/** Everything the provider tells us, kept once and then acted on. */
@Injectable()
export class Callbacks {
  private readonly log = new Logger('callbacks');

  constructor(
    private readonly store: CallbacksStore,
    private readonly receipts: Receipts,
    private readonly index: BlindIndex,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: Audit,
  ) {}

  /** False when no attempt of ours has this nonce. The same report twice changes nothing. */
  async receipt(nonce: string, form: CallbackForm): Promise<boolean> {
    const report = {
      sid: form['MessageSid'] ?? form['CallSid'] ?? '',
      status: form['MessageStatus'] ?? form['CallStatus'] ?? '',
      errorCode: form['ErrorCode'] ? Number(form['ErrorCode']) : null,
    };
    const fingerprint = this.fingerprint(`receipt/${nonce}`, form);
    const callback = { kind: 'receipt', nonce, fingerprint } as const;
    if (await this.receipts.changesNothing(nonce, report)) {
      const { reader } = this.unitOfWork;
      await this.keep(reader, { ...callback, outcome: 'noted' }, form);
      return true;
    }
    return this.unitOfWork.runInBackground(async (tx) => {
      const outcome = await this.receipts.receive(tx, nonce, report);
      await this.keep(tx.db, { ...callback, outcome }, form);
      if (outcome === 'unknown_attempt') this.log.error('receipt.orphaned', { nonce });
      return outcome !== 'unknown_attempt';
    });
  }

  /** What came of an incoming text or call: by outcome only. */
  async note(kind: 'message' | 'call', form: CallbackForm, outcome: string): Promise<void> {
    await this.unitOfWork.runInBackground(async (tx) => {
      const fingerprint = this.fingerprint(kind, form);
      await this.keep(tx.db, { kind, nonce: null, fingerprint, outcome }, form);
      this.audit.record(tx, {
        stream: 'system',
        action: 'message.received',
        actor: { type: 'provider' },
        body: { kind, outcome, sid: form['MessageSid'] ?? form['CallSid'] ?? null },
      });
    });
  }

  private keep(
    db: Tx['db'],
    callback: Pick<ProviderCallback, 'kind' | 'nonce' | 'fingerprint' | 'outcome'>,
    form: CallbackForm,
  ): Promise<unknown> {
    const entries = keptFields.flatMap((name) => (form[name] ? [[name, form[name]]] : []));
    const params = Object.fromEntries(entries) as Record<string, string>;
    return this.store.insert(db, { id: newId(), ...callback, params });
  }

  private fingerprint(kind: string, form: CallbackForm): Buffer {
    return this.index.of(`callback.${kind}`, JSON.stringify(Object.entries(form).sort()));
  }
}
