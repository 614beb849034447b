import { BadRequestException } from '@nestjs/common';
import { z } from 'zod';

/** Reads a body or a part of an address; what does not fit ends as 400 with the reasons. */
export function readInput<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new BadRequestException({ status: 400, title: 'Bad request', problems });
}

/** A `+` that a form or a client has turned into a blank, or left out, is put back. */
export const phoneNumber = z
  .string()
  .transform((value) => (value.startsWith('+') ? value : `+${value.trim()}`))
  .pipe(z.string().regex(/^\+\d{3,15}$/, 'must be a phone number such as +12025550100'));
