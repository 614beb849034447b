import { z } from 'zod';
import { Rejection } from '../platform/http/rejection.js';
import type { Interval } from './rules/schedule.js';

const dayMs = 86_400_000;
const daysDefault = 30;
const daysMax = 400;

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text).getTime());

/** A half-open span as callers ask for it. */
export const SpanAsked = z.strictObject({ from: instant.optional(), to: instant.optional() });

/** From now for 30 days unless the caller says otherwise; 422 for none or more than 400 days. */
export function spanOf(asked: z.infer<typeof SpanAsked>, now: Date): Interval {
  const from = asked.from ?? now.getTime();
  const to = asked.to ?? from + daysDefault * dayMs;
  if (to <= from) throw new Rejection('unprocessable', 'The span ends before it begins.', 'span');
  if (to - from > daysMax * dayMs) {
    throw new Rejection('unprocessable', `The span is longer than ${daysMax} days.`, 'span');
  }
  return { from, to };
}
