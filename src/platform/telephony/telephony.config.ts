import { z } from 'zod';

const commaSeparated = (value: string): string[] =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

const list = (item: z.ZodString) => z.string().transform(commaSeparated).pipe(z.array(item).min(1));

const optional = <T extends z.ZodType>(inner: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), inner.optional());

/** What the phone provider needs to know of us, as environment variables. */
export const telephonyEnv = z
  .object({
    TWILIO_ACCOUNT_SID: z
      .string()
      .regex(/^AC[0-9a-fA-F]{32}$/, 'must be "AC" and 32 hexadecimal digits'),
    TWILIO_AUTH_TOKEN: list(z.string()),
    TWILIO_API_KEY: optional(z.string().regex(/^SK[0-9a-fA-F]{32}$/, 'must be "SK" and 32 digits')),
    TWILIO_API_SECRET: optional(z.string()),
    TWILIO_FROM_NUMBERS: list(z.string().regex(/^\+[1-9]\d{7,14}$/, 'must be E.164 numbers')),
    TWILIO_API_BASE_URL: optional(z.url({ protocol: /^https?$/ })),
  })
  .refine((env) => (env.TWILIO_API_KEY === undefined) === (env.TWILIO_API_SECRET === undefined), {
    path: ['TWILIO_API_SECRET'],
    message: 'TWILIO_API_KEY and TWILIO_API_SECRET go together',
  });

/** One provider account; also the token by which it is injected. */
export class TelephonyConfig {
  readonly accountSid: string;
  /** Every one of them signs callbacks that are accepted, so that a token can be rotated. */
  readonly authTokens: readonly string[];
  /** Who signs our own requests: the API key where there is one, else the first auth token. */
  readonly credentials: { readonly username: string; readonly password: string };
  readonly fromNumbers: readonly string[];
  /** Another host for every request, such as the phone lab; null is the real provider. */
  readonly apiBaseUrl: string | null;

  constructor(env: z.output<typeof telephonyEnv>) {
    this.accountSid = env.TWILIO_ACCOUNT_SID;
    this.authTokens = Object.freeze(env.TWILIO_AUTH_TOKEN);
    this.credentials = Object.freeze({
      username: env.TWILIO_API_KEY ?? env.TWILIO_ACCOUNT_SID,
      password: env.TWILIO_API_SECRET ?? env.TWILIO_AUTH_TOKEN[0] ?? '',
    });
    this.fromNumbers = Object.freeze(env.TWILIO_FROM_NUMBERS);
    this.apiBaseUrl = env.TWILIO_API_BASE_URL ?? null;
    Object.freeze(this);
  }
}
