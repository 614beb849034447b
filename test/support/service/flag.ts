import { randomUUID } from 'node:crypto';
import { type Answer, request } from './requests.js';

export type FlagBody = Record<string, unknown>;

/** A flag of somebody new, full of words that must not be seen anywhere outside. */
export function aFlag(fields: FlagBody = {}): FlagBody {
  const mark = randomUUID();
  return {
    participant: {
      externalId: `canary-id-${mark}`,
      name: `Canary Name ${mark}`,
      phone: '+12025550171',
    },
    text: `canary words ${mark}`,
    callback: { phone: '+12025550172', safeToCall: true },
    ...fields,
  };
}

/** What of a flag nobody outside may ever read. */
export function secretsIn(body: FlagBody): string[] {
  const { participant, raisedBy, callback, location } = body as Record<
    string,
    FlagBody | undefined
  >;
  const said = [
    body['text'],
    ...['externalId', 'name', 'phone'].map((field) => participant?.[field]),
    ...['name', 'phone'].map((field) => raisedBy?.[field]),
    callback?.['phone'],
    location?.['address'],
  ];
  return said.filter((one): one is string => typeof one === 'string' && one.length >= 6);
}

export interface FlagAnswer {
  flag: { id: string; receivedAt: string };
  case?: { id: string; ref: string; state: string; acuity: string };
  resources: unknown[];
  warnings: string[];
  message: string;
  links?: { status: string };
}

export interface FlagSending {
  /** Another bearer key than the program's; null sends none. */
  key?: string | null;
  idempotencyKey?: string;
  headers?: Record<string, string>;
  /** Sent as it is instead of a body. */
  raw?: string;
}

/** What was posted to `/v1/flags` and what came of it. */
export interface RecordedFlag {
  sent: string;
  key: string | null;
  idempotencyKey: string | null;
  answer: Answer<FlagAnswer>;
}

/** Posts one, whatever it is, and notes the answer. */
export async function postFlag(
  url: string,
  sent: string,
  { key = null, idempotencyKey, headers }: FlagSending,
): Promise<RecordedFlag> {
  const answer = await request<FlagAnswer>(`${url}/v1/flags`, {
    method: 'POST',
    body: sent,
    headers: {
      'content-type': 'application/json',
      ...(key !== null && { authorization: `Bearer ${key}` }),
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      ...headers,
    },
  });
  return { sent, key, idempotencyKey: idempotencyKey ?? null, answer };
}
