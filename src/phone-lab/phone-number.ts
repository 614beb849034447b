import { z } from 'zod';

/** A `+` that a form or a client has turned into a blank, or left out, is put back. */
export const PhoneNumber = z
  .string()
  .transform((value) => (value.startsWith('+') ? value : `+${value.trim()}`))
  .pipe(z.string().regex(/^\+\d{3,15}$/, 'must be a phone number such as +12025550100'));
