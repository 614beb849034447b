import { Injectable } from '@nestjs/common';
import type { Call } from './calls/call.js';
import { CallBook } from './calls/call-book.js';
import { Messages, type TextMessage } from './texts/messages.js';

export interface CallView {
  id: string;
  at: string;
  from: string;
  to: string;
  direction: Call['direction'];
  state: Call['state'];
  /** Every sentence spoken so far. */
  said: string[];
  /** It waits for keys. */
  gathering: boolean;
}

export interface PhoneView {
  number: string;
  name: string | null;
  /** What it received, newest first. */
  texts: { id: string; at: string; from: string; body: string }[];
  calls: CallView[];
}

/** Every phone anybody has named, texted or called. */
@Injectable()
export class Phones {
  private readonly names = new Map<string, string>();

  constructor(
    private readonly messages: Messages,
    private readonly callBook: CallBook,
  ) {}

  name(number: string, name: string): void {
    this.names.set(number, name);
  }

  list(): { number: string; name: string | null }[] {
    const seen = [...this.names.keys(), ...this.messages.numbers(), ...this.callBook.phones()];
    return [...new Set(seen)].map((number) => ({ number, name: this.names.get(number) ?? null }));
  }

  view(number: string): PhoneView {
    return {
      number,
      name: this.names.get(number) ?? null,
      texts: this.conversation(number)
        .filter((text) => text.to === number)
        .map(({ sid, arrivedAt, createdAt, from, body }) => ({
          id: sid,
          at: (arrivedAt ?? createdAt).toISOString(),
          from,
          body,
        })),
      calls: this.callBook.onPhone(number).map(viewOf),
    };
  }

  /** Texts received and sent, newest first. */
  conversation(number: string): TextMessage[] {
    return this.messages.onScreen(number);
  }
}

export function viewOf(call: Call): CallView {
  const { sid, createdAt, from, to, direction, state, said, gathering } = call;
  const at = createdAt.toISOString();
  return { id: sid, at, from, to, direction, state, said: [...said], gathering };
}
