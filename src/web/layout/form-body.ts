import { z } from 'zod';
import { Rejection } from '../../platform/http/rejection.js';

/** The fields of a form; what was left empty is not there. */
export type FormFields = Readonly<Record<string, string>>;

/** A form as it was sent, whatever its fields: each form reads its own with {@link readForm}. */
export const FormBody = z
  .record(z.string(), z.string().max(5_000))
  .transform((fields): FormFields => {
    const trimmed = Object.entries(fields).map(([name, value]) => [name, value.trim()] as const);
    return Object.fromEntries(trimmed.filter(([name, value]) => name !== 'csrf' && value !== ''));
  });

/** 422 in words when something is missing or wrong; `labels` say what the form calls its fields. */
export function readForm<T>(
  schema: z.ZodType<T>,
  fields: FormFields,
  labels: Readonly<Record<string, string>> = {},
): T {
  const result = schema.safeParse(fields);
  if (result.success) return result.data;
  const names = result.error.issues.map(({ path: [name] }) => labels[String(name)] ?? String(name));
  const text = `Please fill in or correct: ${[...new Set(names)].join(', ')}.`;
  throw new Rejection('unprocessable', text, 'incomplete');
}
