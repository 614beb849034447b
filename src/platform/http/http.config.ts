import { z } from 'zod';
import { readTrustedProxies, type TrustedProxies } from './server/trusted-proxies.js';

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
  TRUSTED_PROXIES: z
    .string()
    .transform(readTrustedProxies)
    .refine((proxies) => proxies !== null, {
      message: 'must be a number of proxies from 1 to 9, or addresses and ranges with commas',
    })
    .optional(),
});

export class HttpConfig {
  constructor(
    readonly port: number,
    /** Null: derived from the port that was free. */
    readonly publicBaseUrl: string | null,
    /** Whose word on where a request came from is taken. */
    readonly trustedProxies: TrustedProxies,
  ) {}

  static from(env: z.infer<typeof httpEnv>): HttpConfig {
    const { PORT, PUBLIC_BASE_URL, TRUSTED_PROXIES } = env;
    return Object.freeze(new HttpConfig(PORT, PUBLIC_BASE_URL ?? null, TRUSTED_PROXIES ?? false));
  }
}
