import { z } from 'zod';
import { acuities } from '../../cases/rules/policy.js';
import { caseStates } from '../../cases/rules/case.js';
import { needs } from '../../programs/rules/needs.js';

const text = z.string().optional();
const moment = z.iso.datetime();

/**
 * What a flag may say, for the reference only: the reader takes whatever comes and warns of what it
 * did not understand.
 */
export const flagBody = z
  .object({
    program: text,
    participant: z
      .object({
        externalId: text,
        name: text,
        phone: text,
        language: text,
        birthYear: z.int().optional(),
        minor: z.boolean().optional(),
      })
      .optional(),
    source: text.describe(
      'app_button, help_page, sms, phone, checkin_missed, screener, facilitator, third_party, ' +
        'partner_api; an unknown one is kept',
    ),
    raisedBy: z.object({ role: text, name: text, phone: text }).optional(),
    text,
    acuity: z.enum(acuities).optional(),
    need: z.enum(needs).optional(),
    danger: z.object({ meansAtHand: z.boolean().optional(), within: text }).optional(),
    screener: z
      .object({
        instrument: z.enum(['C-SSRS', 'PHQ-9']).optional(),
        version: text,
        answers: z.record(z.string(), z.unknown()).optional(),
      })
      .optional(),
    location: z
      .object({ country: text, region: text, address: text, statedAt: moment.optional() })
      .optional(),
    callback: z
      .object({
        phone: text,
        safeToCall: z.boolean().optional(),
        safeToText: z.boolean().optional(),
        safeToVoicemail: z.boolean().optional(),
      })
      .optional(),
    raisedAt: moment.optional().describe('shown, never used for a timer'),
    statusToken: text.describe('of an earlier answer: whoever holds it is the same person'),
  })
  .loose()
  .optional();

const resource = z.looseObject({
  id: z.string(),
  category: z.string(),
  name: z.string(),
  channels: z.array(
    z.looseObject({
      type: z.string(),
      display: z.string(),
      dial: z.string().nullable(),
      href: z.string(),
      hours: z.string().nullable(),
    }),
  ),
});

export const resourcesAnswer = z.looseObject({
  country: z.string().nullable(),
  resources: z.array(resource).min(1),
});

const flagAnswer = z.object({
  flag: z.object({ id: z.uuid(), receivedAt: moment }),
  case: z
    .looseObject({
      id: z.uuid(),
      ref: z.string(),
      state: z.enum(caseStates),
      acuity: z.enum(acuities),
    })
    .optional()
    .describe('left out for third parties'),
  resources: z.array(resource).min(1),
  message: z.string(),
  warnings: z.array(z.string()),
  links: z.object({ status: z.url() }).optional().describe('left out for third parties'),
});

/** Every answer of the flag route. */
export const flagAnswers = {
  200: { description: 'The same Idempotency-Key again: the same ids', schema: flagAnswer },
  201: { description: 'Stored, and somebody is being paged', schema: flagAnswer },
  202: { description: 'Too many: merged into what is open already', schema: flagAnswer },
  401: { description: 'No valid key: kept for review, nobody is contacted by itself' },
  409: { description: 'The same Idempotency-Key is being stored this moment' },
  503: { description: 'Not stored. Retry-After says when to try again' },
};
