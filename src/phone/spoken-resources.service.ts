import { Injectable } from '@nestjs/common';
import { Lines } from '../intake/lines.service.js';
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

  /** Said in both languages: nobody is known yet. */
  speech(line: string): { language: 'en-US' | 'es-US'; words: string }[] {
    return (['en-US', 'es-US'] as const).map((language) => ({
      language,
      words: this.wording.say(language, 'voice.resources', this.numbers(line, language)),
    }));
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
