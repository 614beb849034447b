import { Injectable } from '@nestjs/common';
import type { TextMessage } from './messages.js';

/** The provider's own words, https://support.twilio.com/hc/articles/223134027 */
const stopWords = new Set('stop stopall unsubscribe cancel end quit revoke optout'.split(' '));
const startWords = new Set('start unstop yes'.split(' '));

const stopNotice = 'You have been unsubscribed and will receive no more texts from this number.';
const startNotice = 'You are subscribed again to texts from this number.';

/** Phones that asked a line to stop; the provider then refuses texts by itself. */
@Injectable()
export class OptOuts {
  private readonly stopped = new Set<string>();

  has(line: string, phone: string): boolean {
    return this.stopped.has(`${line} ${phone}`);
  }

  /** Takes note of a stop or start word; returns what the provider answers by itself, or null. */
  read({ from, to, body }: TextMessage): string | null {
    const word = body.trim().toLowerCase();
    if (stopWords.has(word)) {
      this.stopped.add(`${to} ${from}`);
      return stopNotice;
    }
    if (!startWords.has(word) || !this.stopped.delete(`${to} ${from}`)) return null;
    return startNotice;
  }

  clear(): void {
    this.stopped.clear();
  }
}
