import type { PublicAddress } from '../../../platform/http/public-address.js';
import { gather, hangup, say, voiceTwiml } from '../../../platform/telephony/twiml.js';
import type { PageContent } from '../../rules/page-content.js';
import { voicePageText } from '../../rules/page-text.js';

const promptsMax = 3;
const keyTimeoutSeconds = 6;

/** Asks for a key, three times at most; after that the call ends and nothing was taken. */
export function promptTwiml(
  address: PublicAddress,
  nonce: string,
  content: PageContent,
  round: number,
): string {
  if (round > promptsMax) return voiceTwiml(say('No key was pressed. Goodbye.'), hangup());
  const action = address.of(`/webhooks/twilio/keys/${nonce}?round=${round}`);
  const options = { action, numDigits: 1, timeoutSeconds: keyTimeoutSeconds };
  return voiceTwiml(gather(options, say(voicePageText(content))));
}

/** The last words of a call. */
export const farewellTwiml = (words: string): string => voiceTwiml(say(words), hangup());
