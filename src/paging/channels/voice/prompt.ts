import type { PublicAddress } from '../../../platform/http/public-address.js';
import { gather, hangup, say, voiceTwiml } from '../../../platform/telephony/twiml.js';

const keyTimeoutSeconds = 6;

/** Where in its questions a call is: it is bounded, however it is answered. */
export interface PromptTurn {
  /** From 1; rises with silence and wrong keys. */
  round: number;
  /** From 0; rises when somebody asked to hear it again, or had to. */
  repeats: number;
}

export const firstTurn: PromptTurn = { round: 1, repeats: 0 };

/** Says the words and waits for one key; asked for also when none was pressed. */
export function promptTwiml(
  address: PublicAddress,
  nonce: string,
  words: string,
  { round, repeats }: PromptTurn,
): string {
  const action = address.of(`/webhooks/twilio/keys/${nonce}?round=${round}&repeats=${repeats}`);
  const options = { action, numDigits: 1, timeoutSeconds: keyTimeoutSeconds };
  return voiceTwiml(gather(options, say(words)));
}

/** The last words of a call. */
export const farewellTwiml = (words: string): string => voiceTwiml(say(words), hangup());
