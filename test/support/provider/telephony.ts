import { TelephonyConfig, telephonyEnv } from '../../../src/platform/telephony/telephony.config.js';
import { Telephony } from '../../../src/platform/telephony/telephony.js';
import { labAccount } from '../phone-lab.js';

export const ourNumber = '+12025550100';

/** The real client, sending to a phone lab or wherever else the address points. */
export function telephonyTo(
  apiBaseUrl: string,
  credentials: Record<string, string> = {},
): Telephony {
  const env = telephonyEnv.parse({
    TWILIO_ACCOUNT_SID: labAccount.accountSid,
    TWILIO_AUTH_TOKEN: labAccount.authToken,
    TWILIO_FROM_NUMBERS: ourNumber,
    TWILIO_API_BASE_URL: apiBaseUrl,
    ...credentials,
  });
  return new Telephony(new TelephonyConfig(env));
}
