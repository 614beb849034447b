import { Injectable } from '@nestjs/common';
import { pushBounded } from './bounded.js';

export type FormParams = Record<string, string | string[]>;

/** One request that the provider's REST address received. */
export interface ProviderRequest {
  id: number;
  at: string;
  /** The name of the operation in the provider's own description; null when the lab knows none. */
  operation: string | null;
  method: string;
  path: string;
  params: FormParams;
  /** `silent`: carried out, never answered. `reset`: the connection was cut. */
  result: 'pending' | 'answered' | 'silent' | 'reset';
  status: number | null;
  /** The provider's error code in the answer. */
  code: number | null;
  sid: string | null;
}

/** One request that the lab made to an address of the service, each try by itself. */
export interface SentCallback {
  at: string;
  url: string;
  params: Record<string, string>;
  /** The HTTP status of the answer; null when there was none. */
  status: number | null;
  error: string | null;
}

export interface Problem {
  at: string;
  detail: string;
}

const entriesMax = 20_000;

/** What happened in the lab, for tests to check. A problem is always a defect of somebody. */
@Injectable()
export class LabLog {
  readonly requests: ProviderRequest[] = [];
  readonly callbacks: SentCallback[] = [];
  readonly problems: Problem[] = [];
  private lastId = 0;

  request(received: Pick<ProviderRequest, 'operation' | 'method' | 'path' | 'params'>) {
    this.lastId += 1;
    const entry: ProviderRequest = {
      id: this.lastId,
      at: new Date().toISOString(),
      ...received,
      result: 'pending',
      status: null,
      code: null,
      sid: null,
    };
    pushBounded(this.requests, entry, entriesMax);
    return entry;
  }

  callback(sent: Omit<SentCallback, 'at'>): void {
    pushBounded(this.callbacks, { at: new Date().toISOString(), ...sent }, entriesMax);
  }

  problem(detail: string): void {
    pushBounded(this.problems, { at: new Date().toISOString(), detail }, entriesMax);
  }

  clear(): void {
    this.requests.length = 0;
    this.callbacks.length = 0;
    this.problems.length = 0;
  }
}
