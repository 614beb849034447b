import { Injectable } from '@nestjs/common';
import { Lines } from '../intake/lines.service.js';
import { hangup, say, voiceTwiml } from '../platform/telephony/twiml.js';
import { Resources } from '../resources/resources.service.js';
import { type Say, Wording } from '../wording/wording.service.js';
import { numbersIn, type ResourceNumbers } from './rules/resource-numbers.js';

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
    const words = this.wording.in(this.wording.languageOf(language));
    return resourcesText(words, this.numbers(line, language));
  }

  /** To staff whose reply was no answer to a page, in the language of their pages. */
  textAfterMistake(line: string): string {
    const { emergency, crisis } = this.numbers(line, 'en');
    return this.wording.say('en', 'sms.not_matched', { emergency, crisis });
  }

  /** Said in both languages and twice, since nobody is known; after `firstWords`, if any. */
  twiml(line: string, ...firstWords: string[]): string {
    const both = (['en-US', 'es-US'] as const).map((language) => {
      const { emergency, crisis } = this.numbers(line, language);
      return say(this.wording.say(language, 'voice.resources', { emergency, crisis }), language);
    });
    return voiceTwiml(...firstWords.map((words) => say(words)), ...both, ...both, hangup());
  }

  private numbers(line: string, language: string): ResourceNumbers {
    const fallbackCountry = this.lines.at(line)?.country;
    return numbersIn(this.resources.forRequest({ language, fallbackCountry }).resources);
  }
}

/** One segment, whatever the country. */
export function resourcesText(words: Say, numbers: ResourceNumbers): string {
  const { emergency, crisis, textLine } = numbers;
  if (textLine === null) return words('sms.resources', { brand, emergency, crisis });
  const { number, keyword } = textLine;
  const texts = keyword === null ? number : words('sms.keyword', { keyword, number });
  return words('sms.resources_text', { brand, emergency, crisis, textLine: texts });
}
