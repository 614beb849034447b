import { z } from 'zod';

const milliseconds = z.number().int().min(0).max(3_600_000);

/**
 * What goes wrong; every field may be combined with every other. The first block happens to the
 * request itself, the second to receipts, the third to the phone that is called.
 */
const faultSchema = z
  .strictObject({
    /** Before anything is done or answered. */
    delayMs: milliseconds.optional(),
    /** Refused with this HTTP status and nothing done. */
    status: z.number().int().min(400).max(599).optional(),
    retryAfterSeconds: z.number().int().min(0).optional(),
    /** Refused with this error code of the provider, HTTP 400 unless `status` says otherwise. */
    errorCode: z.number().int().min(10_000).optional(),
    /** The connection is cut and nothing done. */
    reset: z.literal(true).optional(),
    /** Carried out, never answered. */
    acceptThenSilent: z.literal(true).optional(),
    /** Carried out, then the connection is cut. */
    acceptThenReset: z.literal(true).optional(),

    /** The text is accepted and never arrives: `undelivered` with this code. */
    receiptErrorCode: z.number().int().min(30_000).max(69_999).optional(),
    /** The text goes no further than this, and never arrives. */
    stopAt: z.enum(['queued', 'sent']).optional(),
    /** The text itself travels this long. */
    arrivesLateMs: milliseconds.optional(),
    noReceipt: z.literal(true).optional(),
    receiptsLateMs: milliseconds.optional(),
    receiptsTwice: z.literal(true).optional(),
    receiptsOutOfOrder: z.literal(true).optional(),
    /** All receipts are there before our request is answered. */
    receiptBeforeAnswer: z.literal(true).optional(),

    /** A machine answers, listens, presses nothing and hangs up. */
    voicemail: z.strictObject({ answeredBy: z.string().optional() }).optional(),
    busy: z.literal(true).optional(),
    noAnswer: z.literal(true).optional(),
    callFails: z.literal(true).optional(),
    /** Instead of the ring time that was asked for. */
    ringSeconds: z.number().min(0).max(600).optional(),
    /** Instead of the time for which keys are waited for. */
    gatherSeconds: z.number().min(0).max(600).optional(),
  })
  .refine((fault) => Object.keys(fault).length > 0, { message: 'a fault must do something' });

export type Fault = z.output<typeof faultSchema>;

const operationNames = [
  'CreateMessage',
  'FetchMessage',
  'CreateCall',
  'UpdateCall',
  'FetchCall',
] as const;
export type OperationName = (typeof operationNames)[number];

export const faultRuleSchema = z.strictObject({
  match: z
    .strictObject({
      number: z.string().optional(),
      channel: z.enum(['sms', 'voice']).optional(),
      operation: z.enum(operationNames).optional(),
    })
    .default({}),
  /** How many requests it strikes; without it, every one. */
  times: z.number().int().min(1).optional(),
  fault: faultSchema,
});

export type FaultRule = z.output<typeof faultRuleSchema>;

const requestFaults: ReadonlySet<string> = new Set<keyof Fault>([
  'delayMs',
  'status',
  'retryAfterSeconds',
  'errorCode',
  'reset',
  'acceptThenSilent',
  'acceptThenReset',
]);
const textFaults: ReadonlySet<string> = new Set<keyof Fault>([
  'receiptErrorCode',
  'stopAt',
  'arrivesLateMs',
]);
const callFaults: ReadonlySet<string> = new Set<keyof Fault>([
  'voicemail',
  'busy',
  'noAnswer',
  'callFails',
  'ringSeconds',
  'gatherSeconds',
]);

/** Whether the fault can show at all in this operation: one that cannot is not used up by it. */
export function strikes(fault: Fault, operation: OperationName): boolean {
  return Object.keys(fault).some((field) => {
    if (requestFaults.has(field)) return true;
    if (textFaults.has(field)) return operation === 'CreateMessage';
    if (callFaults.has(field)) return operation === 'CreateCall';
    return operation === 'CreateMessage' || operation === 'CreateCall';
  });
}
