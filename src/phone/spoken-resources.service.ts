import { Injectable } from '@nestjs/common';
import { Lines } from '../intake/lines.service.js';
import { hangup, say, voiceTwiml } from '../platform/telephony/twiml.js';
import { Resources } from '../resources/resources.service.js';
import { Wording } from '../wording/wording.service.js';

const brand = 'Handrail';

/** The way out that every text and call to our numbers is answered with. */
@Injectable()
export class SpokenResources {
  constructor(
    private readonly resources: Resources,
    private readonly lines: Lines,
    private readonly wording: Wording,
  ) {}

  text(line: string): string {
    const language = this.lines.at(line)?.language ?? 'en';
    return this.wording.say(language, 'sms.resources', { brand, ...this.numbers(line, language) });
  }

  /** Said in both languages and twice, since nobody is known; after `firstWords`, if any. */
  twiml(line: string, ...firstWords: string[]): string {
    const both = (['en-US', 'es-US'] as const).map((language) =>
      say(this.wording.say(language, 'voice.resources', this.numbers(line, language)), language),
    );
    return voiceTwiml(...firstWords.map((words) => say(words)), ...both, ...both, hangup());
  }

  private numbers(line: string, language: string): { emergency: string; crisis: string } {
    const fallbackCountry = this.lines.at(line)?.country;
    const { resources } = this.resources.forRequest({ language, fallbackCountry });
    const call = (category: string): string | undefined => {
      const entry = resources.find((one) => one.category === category);
      const channel = entry?.channels.find(({ type }) => type === 'call');
      if (!channel) return undefined;
      return channel.instruction ? `${channel.display} (${channel.instruction})` : channel.display;
    };
    const emergency = call('emergency') ?? '911';
    return { emergency, crisis: call('crisis_line') ?? emergency };
  }
}
