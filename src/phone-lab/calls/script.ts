import { Injectable } from '@nestjs/common';
import { LabLog } from '../network/lab-log.js';
import { Timers } from '../network/timers.js';
import { Webhooks } from '../network/webhooks.js';
import {
  readVoiceTwiml,
  type GatherVerb,
  type PromptVerb,
  type VoiceVerb,
} from '../twiml/voice.js';
import type { Call } from './call.js';
import { CallReports } from './call-reports.js';
import { Dialing } from './dialing.js';
import { Keypad } from './keypad.js';

/** Where the next instructions come from. */
export type Source =
  | { type: 'inline'; twiml: string }
  | { type: 'fetch'; url: string; params: Record<string, string> };

const documentsMax = 100;
const applicationError = 'We are sorry, an application error has occurred. Goodbye.';

/** The provider could not go on; the caller hears so. */
class ApplicationError extends Error {}

/** Follows the service's instructions within one call. */
@Injectable()
export class Script {
  constructor(
    private readonly webhooks: Webhooks,
    private readonly log: LabLog,
    private readonly timers: Timers,
    private readonly reports: CallReports,
    private readonly dialing: Dialing,
  ) {}

  /** Runs until there is nothing more to do or `signal` calls it off; true when it ran out. */
  async run(call: Call, source: Source, signal: AbortSignal): Promise<boolean> {
    try {
      await this.follow(call, source, signal);
    } catch (error) {
      if (signal.aborted) return false;
      if (!(error instanceof ApplicationError)) throw error;
      return this.fallBack(call, error.message, signal);
    }
    return !signal.aborted;
  }

  private async fallBack(call: Call, reason: string, signal: AbortSignal): Promise<boolean> {
    if (call.fallbackUrl !== null) {
      const params = { ErrorCode: '11200', ErrorUrl: reason };
      try {
        await this.follow(call, { type: 'fetch', url: call.fallbackUrl, params }, signal);
        return !signal.aborted;
      } catch {
        // Safe: there is no second fallback; the caller hears the error below.
      }
    }
    if (!signal.aborted) call.said.push(applicationError);
    return !signal.aborted;
  }

  private async follow(call: Call, first: Source, signal: AbortSignal): Promise<void> {
    let source: Source | null = first;
    for (let documents = 0; source !== null; documents += 1) {
      if (documents === documentsMax) {
        this.log.problem(`call ${call.sid}: more than ${documentsMax} documents`);
        throw new ApplicationError('endless');
      }
      call.stir();
      const twiml: string = await this.load(call, source);
      signal.throwIfAborted();
      const base: string | null = source.type === 'fetch' ? source.url : null;
      source = await this.perform(call, this.read(call, twiml), base, signal);
    }
  }

  private async load(call: Call, source: Source): Promise<string> {
    if (source.type === 'inline') return source.twiml;
    const params = { ...this.reports.params(call), ...source.params };
    const answer = await this.webhooks.post(source.url, params);
    if (answer.type === 'answered' && answer.status < 300) return answer.body;
    throw new ApplicationError(source.url);
  }

  private read(call: Call, twiml: string): VoiceVerb[] {
    try {
      return readVoiceTwiml(twiml);
    } catch (error) {
      // Safe: it stands among the problems, and the caller hears the application error.
      this.log.problem(`call ${call.sid}: ${(error as Error).message}`);
      throw new ApplicationError('bad document');
    }
  }

  /** Returns where the next document comes from; null when the call is at its end. */
  private async perform(
    call: Call,
    verbs: VoiceVerb[],
    base: string | null,
    signal: AbortSignal,
  ): Promise<Source | null> {
    for (const verb of verbs) {
      const next = await this.performOne(call, verb, base, signal);
      if (next === 'end') return null;
      if (next !== 'go_on') return next;
    }
    return null;
  }

  private async performOne(
    call: Call,
    verb: VoiceVerb,
    base: string | null,
    signal: AbortSignal,
  ): Promise<Source | 'go_on' | 'end'> {
    switch (verb.name) {
      case 'Gather':
        return this.gather(call, verb, base, signal);
      case 'Redirect':
        return this.ask(call, verb.url, base, {});
      case 'Hangup':
        return 'end';
      case 'Dial': {
        const dialed = await this.dialing.dial(call, verb, signal);
        return verb.action === null ? 'go_on' : this.ask(call, verb.action, base, dialed);
      }
      case 'Say':
      case 'Play':
      case 'Pause':
        await this.speak(call, verb, signal);
        return 'go_on';
    }
  }

  private async speak(call: Call, verb: PromptVerb, signal: AbortSignal): Promise<void> {
    if (verb.name === 'Say') call.said.push(verb.text);
    if (verb.name === 'Play') call.said.push(`[plays ${verb.url}]`);
    if (verb.name !== 'Pause' || verb.seconds === 0) return;
    call.rest();
    await this.timers.sleep(verb.seconds * 1000, signal);
    call.stir();
  }

  private async gather(
    call: Call,
    verb: GatherVerb,
    base: string | null,
    signal: AbortSignal,
  ): Promise<Source | 'go_on'> {
    const keypad = new Keypad(call, verb);
    for (const prompt of verb.prompts) await this.speak(call, prompt, signal);
    const digits = await keypad.keys(this.timers, signal);
    call.stir();
    if (digits === '' && !verb.actionOnEmptyResult) return 'go_on';
    return this.ask(call, verb.action ?? '', base, { Digits: digits });
  }

  private ask(
    call: Call,
    address: string,
    base: string | null,
    params: Record<string, string>,
  ): Source {
    const absolute = URL.canParse(address, base ?? undefined);
    if (!absolute) {
      this.log.problem(`call ${call.sid}: no address to ask: "${address}"`);
      throw new ApplicationError('no address');
    }
    const url = new URL(address, base ?? undefined).toString();
    return { type: 'fetch', url, params };
  }
}
