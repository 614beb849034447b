import { z } from 'zod';
import type { OperationName } from '../faults/fault.js';
import type { FormParams } from '../network/lab-log.js';
import { RestError } from './rest-error.js';

const e164 = z.string().regex(/^\+[1-9]\d{7,14}$/);
const address = z.url({ protocol: /^https?$/ });
const integer = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

const createMessage = z.strictObject({
  From: e164,
  To: e164,
  Body: z.string().min(1).max(1600),
  StatusCallback: address.optional(),
  ValidityPeriod: integer(1, 36_000).optional(),
  RiskCheck: z.enum(['enable', 'disable']).optional(),
});

const createCall = z.strictObject({
  From: e164,
  To: e164,
  Twiml: z.string().min(1).max(4000).optional(),
  Url: address.optional(),
  FallbackUrl: address.optional(),
  Timeout: integer(1, 600).default(60),
  StatusCallback: address.optional(),
  StatusCallbackEvent: z.preprocess(
    (value) => (typeof value === 'string' ? value.split(' ') : value),
    z.array(z.enum(['initiated', 'ringing', 'answered', 'completed'])).default(['completed']),
  ),
  MachineDetection: z.enum(['Enable', 'DetectMessageEnd']).optional(),
});

const updateCall = z.strictObject({
  Status: z.enum(['canceled', 'completed']).optional(),
  Twiml: z.string().min(1).max(4000).optional(),
  Url: address.optional(),
});

const nothing = z.strictObject({});

export type CreateMessage = z.output<typeof createMessage>;
export type CreateCall = z.output<typeof createCall>;
export type UpdateCall = z.output<typeof updateCall>;

/** One request as the lab understood it. */
export type Operation =
  | { name: 'CreateMessage'; params: CreateMessage }
  | { name: 'FetchMessage'; sid: string }
  | { name: 'CreateCall'; params: CreateCall }
  | { name: 'UpdateCall'; sid: string; params: UpdateCall }
  | { name: 'FetchCall'; sid: string };

interface Route {
  name: OperationName;
  method: 'GET' | 'POST';
  /** Below the account; the first group is the resource's SID. */
  path: RegExp;
}

const routes: readonly Route[] = [
  { name: 'CreateMessage', method: 'POST', path: /^Messages\.json$/ },
  { name: 'FetchMessage', method: 'GET', path: /^Messages\/((?:SM|MM)[0-9a-f]{32})\.json$/ },
  { name: 'CreateCall', method: 'POST', path: /^Calls\.json$/ },
  { name: 'UpdateCall', method: 'POST', path: /^Calls\/(CA[0-9a-f]{32})\.json$/ },
  { name: 'FetchCall', method: 'GET', path: /^Calls\/(CA[0-9a-f]{32})\.json$/ },
];

/** Which operation a request is for; null when it is none that the service is known to send. */
export function routeOf(method: string, path: string): { name: OperationName; sid: string } | null {
  for (const route of routes) {
    const match = route.method === method ? route.path.exec(path) : null;
    if (match !== null) return { name: route.name, sid: match[1] ?? '' };
  }
  return null;
}

/** Throws `RestError` for a bad value and `UnknownParameter` for a name the lab does not know. */
export function readOperation(name: OperationName, sid: string, params: FormParams): Operation {
  switch (name) {
    case 'CreateMessage':
      return { name, params: read(createMessage, params) };
    case 'CreateCall':
      return { name, params: readCall(params) };
    case 'UpdateCall':
      return { name, sid, params: read(updateCall, params) };
    case 'FetchMessage':
    case 'FetchCall':
      read(nothing, params);
      return { name, sid };
  }
}

/** Something the lab was never taught: a defect of the service, no answer of the provider. */
export class UnknownParameter extends Error {}

function readCall(params: FormParams): CreateCall {
  const call = read(createCall, params);
  if (call.Twiml === undefined && call.Url === undefined) {
    throw new RestError(400, 21205, 'Url or Twiml is required');
  }
  return call;
}

function read<T extends z.ZodType>(schema: T, params: FormParams): z.output<T> {
  const result = schema.safeParse(params);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    if (issue.code === 'unrecognized_keys') throw new UnknownParameter(issue.keys.join(', '));
  }
  const name = String(result.error.issues[0]?.path[0]);
  const missing = !(name in params);
  const code = codes[name]?.[missing ? 'missing' : 'invalid'] ?? 21_100;
  throw new RestError(400, code, `${name} is ${missing ? 'required' : 'invalid'}`);
}

/** The provider's error codes for a parameter. */
const codes: Readonly<Record<string, { missing: number; invalid: number }>> = {
  To: { missing: 21_604, invalid: 21_211 },
  From: { missing: 21_603, invalid: 21_212 },
  Body: { missing: 21_602, invalid: 21_617 },
  StatusCallback: { missing: 21_609, invalid: 21_609 },
  Url: { missing: 21_205, invalid: 21_205 },
  Twiml: { missing: 21_205, invalid: 21_205 },
};
