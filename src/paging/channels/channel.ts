import type { SendOutcome } from '../../platform/telephony/send-outcome.js';
import type { PageContent } from '../rules/page-content.js';

export type ChannelName = 'sms' | 'voice';

/** All a channel gets to see of a page: nothing in it is about the participant. */
export interface OutgoingAttempt {
  nonce: string;
  channel: ChannelName;
  /** Counts the attempts of this page on this channel, from 1. */
  try: number;
  /** The clear address of the contact method. */
  to: string;
  content: PageContent;
  waitingSeconds: number;
  code: string;
  linkToken: string;
}

/** One way to reach a person. Failures are returned, classified; nothing is thrown for them. */
export interface Channel {
  readonly name: ChannelName;
  send(attempt: OutgoingAttempt): Promise<SendOutcome>;
}
