import { z } from 'zod';

// A page's text is one segment, which leaves this much for the address in its link.
const baseUrlLengthMax = 57;

export const httpEnv = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  PUBLIC_BASE_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .refine((url) => url.length <= baseUrlLengthMax, {
      message: `must not be longer than ${baseUrlLengthMax} characters: it goes into texts`,
    })
    .optional(),
  FALLBACK_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
});

export class HttpConfig {
  constructor(
    readonly port: number,
    /** Null: derived from the port that was free. */
    readonly publicBaseUrl: string | null,
  ) {}

  static from(env: z.infer<typeof httpEnv>): HttpConfig {
    return Object.freeze(new HttpConfig(env.PORT, env.PUBLIC_BASE_URL ?? null));
  }
}
