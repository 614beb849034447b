import { createHash } from 'node:crypto';
import { labAccount } from '../phone-lab.js';
import { ourNumber } from '../provider/telephony.js';

/** Invented, and the same for every process of a run: what one sealed, another can open. */
export const keyBytes = (name: string): Buffer =>
  createHash('sha256').update(`a key of tests: ${name}`).digest();

/** For whoever reads the metrics. */
export const metricsToken = 'metrics-token-of-tests';

/** What every process of the service under test is told, whatever its part. */
export function fixedEnvironment(): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HANDRAIL_MODE: 'demo',
    HANDRAIL_ENCRYPTION_KEYS: `test-1:${keyBytes('sealing').toString('base64')}`,
    HANDRAIL_INDEX_KEY: keyBytes('index').toString('base64'),
    METRICS_TOKEN: metricsToken,
    TWILIO_ACCOUNT_SID: labAccount.accountSid,
    TWILIO_AUTH_TOKEN: labAccount.authToken,
    TWILIO_API_KEY: labAccount.apiKey,
    TWILIO_API_SECRET: labAccount.apiSecret,
    TWILIO_FROM_NUMBERS: ourNumber,
  };
}
