import twilio from 'twilio';
import { isEmergencyNumber } from './emergency-numbers.js';

type VoiceResponse = InstanceType<typeof twilio.twiml.VoiceResponse>;
type GatherElement = ReturnType<VoiceResponse['gather']>;

/** Something a caller hears; may also stand inside a gather, where a key cuts it short. */
export type Prompt = (into: VoiceResponse | GatherElement) => void;
/** One verb of an answer to a call. */
export type CallVerb = (into: VoiceResponse) => void;

export interface GatherOptions {
  /** Asked for the keys, and also when none was pressed. */
  action: string;
  numDigits: number;
  timeoutSeconds: number;
}

/** Builds the provider's XML; every text is escaped. */
export function voiceTwiml(...verbs: CallVerb[]): string {
  const response = new twilio.twiml.VoiceResponse();
  for (const verb of verbs) verb(response);
  return response.toString();
}

/** The answer to an inbound text; without a body nothing is sent back. */
export function messageTwiml(...bodies: string[]): string {
  const response = new twilio.twiml.MessagingResponse();
  for (const body of bodies) response.message(body);
  return response.toString();
}

export const say =
  (text: string, language: 'en-US' | 'es-US' = 'en-US'): Prompt =>
  (into) =>
    void into.say({ language }, text);

export const play =
  (url: string): Prompt =>
  (into) =>
    void into.play(url);

export const pause =
  (seconds: number): Prompt =>
  (into) =>
    void into.pause({ length: seconds });

export const gather =
  ({ action, numDigits, timeoutSeconds }: GatherOptions, ...prompts: Prompt[]): CallVerb =>
  (into) => {
    const element = into.gather({
      input: ['dtmf'],
      numDigits,
      timeout: timeoutSeconds,
      action,
      method: 'POST',
      actionOnEmptyResult: true,
    });
    for (const prompt of prompts) prompt(element);
  };

export const redirect =
  (url: string): CallVerb =>
  (into) =>
    void into.redirect({ method: 'POST' }, url);

export const hangup = (): CallVerb => (into) => void into.hangup();

export interface DialOptions {
  to: string;
  callerId: string;
  timeoutSeconds: number;
  /** Asked what to do when the dialed person has hung up or was not reached. */
  action: string;
}

/** Connects the caller to somebody. Throws for an emergency number: the person dials that. */
export const dial =
  ({ to, callerId, timeoutSeconds, action }: DialOptions): CallVerb =>
  (into) => {
    if (isEmergencyNumber(to)) throw new Error('refused: an emergency number is never dialed');
    into.dial({ callerId, timeout: timeoutSeconds, action, method: 'POST' }, to);
  };
