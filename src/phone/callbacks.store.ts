import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

export interface ProviderCallback {
  id: string;
  kind: 'receipt' | 'message' | 'call' | 'keys';
  /** Of the attempt it is about, when its address names one. */
  nonce: string | null;
  /** Ids and codes only: no numbers, no words. */
  params: Record<string, string>;
  fingerprint: Buffer;
  outcome: string;
}

@Injectable()
export class CallbacksStore {
  /** The same callback waits elsewhere until the commit. Null when it never came before. */
  async holdAndSee(db: EntityManager, fingerprint: Buffer): Promise<string | null> {
    await db.query(
      `select pg_advisory_xact_lock(hashtextextended('callback:' || encode($1, 'hex'), 0))`,
      [fingerprint],
    );
    const rows = await db.query<{ outcome: string }[]>(
      'select outcome from provider_callbacks where fingerprint = $1',
      [fingerprint],
    );
    return rows[0]?.outcome ?? null;
  }

  /** The same callback again leaves no second row. */
  insert(db: EntityManager, callback: ProviderCallback): Promise<unknown> {
    const { id, kind, nonce, params, fingerprint, outcome } = callback;
    return db.query(
      `insert into provider_callbacks
         (id, kind, nonce, params, fingerprint, received_at, outcome)
       values ($1, $2, $3, $4, $5, handrail_now(), $6) on conflict do nothing`,
      [id, kind, nonce, JSON.stringify(params), fingerprint, outcome],
    );
  }
}
