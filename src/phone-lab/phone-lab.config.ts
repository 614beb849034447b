import { z } from 'zod';

const optional = <T extends z.ZodType>(inner: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), inner.optional());

/** The simulated network's own environment; the account's credentials are the service's too. */
export const phoneLabEnv = z.object({
  HANDRAIL_MODE: optional(
    z.enum(['demo', 'production']).refine((mode) => mode !== 'production', {
      message: 'the phone lab does not start in production',
    }),
  ),
  /** 0 takes any free port. */
  PORT: optional(z.coerce.number().int().min(0).max(65_535)),
  LAB_HOST: optional(z.string()),
  TWILIO_ACCOUNT_SID: z.string().regex(/^AC[0-9a-fA-F]{32}$/),
  TWILIO_AUTH_TOKEN: z.string().min(1),
  TWILIO_API_KEY: optional(z.string()),
  TWILIO_API_SECRET: optional(z.string()),
  LAB_SMS_WEBHOOK_URL: optional(z.url()),
  LAB_VOICE_WEBHOOK_URL: optional(z.url()),
});

/** What one lab is started with; also the token by which it is injected. */
export class LabConfig {
  readonly port: number;
  readonly host: string;
  readonly accountSid: string;
  /** Accepted for requests; the first one signs callbacks. */
  readonly authTokens: readonly string[];
  readonly apiKey: { readonly username: string; readonly password: string } | null;
  /** Where texts and calls to a line go that was not told otherwise. */
  readonly smsUrl: string | null;
  readonly voiceUrl: string | null;

  constructor(env: z.output<typeof phoneLabEnv>) {
    this.port = env.PORT ?? 0;
    this.host = env.LAB_HOST ?? '127.0.0.1';
    this.accountSid = env.TWILIO_ACCOUNT_SID;
    this.authTokens = env.TWILIO_AUTH_TOKEN.split(',').map((token) => token.trim());
    this.apiKey =
      env.TWILIO_API_KEY !== undefined && env.TWILIO_API_SECRET !== undefined
        ? { username: env.TWILIO_API_KEY, password: env.TWILIO_API_SECRET }
        : null;
    this.smsUrl = env.LAB_SMS_WEBHOOK_URL ?? null;
    this.voiceUrl = env.LAB_VOICE_WEBHOOK_URL ?? null;
    Object.freeze(this);
  }
}
