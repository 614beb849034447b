import { Injectable } from '@nestjs/common';
import { type Line, Lines } from '../intake/lines.service.js';
import { hangup, say, voiceTwiml } from '../platform/telephony/twiml.js';
import { Resources } from '../resources/resources.service.js';
import { type Say, Wording } from '../wording/wording.service.js';
import { numbersIn, type ResourceNumbers } from './rules/resource-numbers.js';

const brand = 'Handrail';

/** Somebody at a phone, and the number of ours that they are in touch with; both E.164. */
export interface Contact {
  line: string;
  from: string;
}

/** The way out that every text and call to our numbers is answered with. */
@Injectable()
export class SpokenResources {
  constructor(
    private readonly resources: Resources,
    private readonly lines: Lines,
    private readonly wording: Wording,
  ) {}

  async text(contact: Contact): Promise<string> {
    const line = await this.lines.at(contact.line, contact.from);
    const words = this.wording.in(this.wording.languageOf(line.language));
    return resourcesText(words, this.numbers(line, line.language));
  }

  /** To staff whose reply was no answer to a page, in the language of their pages. */
  async textAfterMistake(contact: Contact): Promise<string> {
    const line = await this.lines.at(contact.line, contact.from);
    return notMatchedText(this.wording.in('en'), this.numbers(line, 'en'));
  }

  /** Said in both languages and twice, since nobody is known; after `firstWords`, if any. */
  async twiml(contact: Contact, ...firstWords: string[]): Promise<string> {
    const line = await this.lines.at(contact.line, contact.from);
    const both = (['en', 'es'] as const).map((language) => {
      const numbers = this.numbers(line, `${language}-US`);
      return say(resourcesSpeech(this.wording.in(language), numbers), `${language}-US`);
    });
    return voiceTwiml(...firstWords.map((words) => say(words)), ...both, ...both, hangup());
  }

  private numbers({ country }: Line, language: string): ResourceNumbers {
    return numbersIn(this.resources.forRequest({ language, fallbackCountry: country }));
  }
}

/** One segment, whatever the country. */
export function resourcesText(words: Say, numbers: ResourceNumbers): string {
  const { emergency, crisis, textLine, directory } = numbers;
  if (directory !== null) return words('sms.resources_anywhere', { brand, directory });
  if (textLine === null) return words('sms.resources', { brand, emergency, crisis });
  const { number, keyword } = textLine;
  const texts = keyword === null ? number : words('sms.keyword', { keyword, number });
  return words('sms.resources_text', { brand, emergency, crisis, textLine: texts });
}

/** The same. */
export function notMatchedText(words: Say, numbers: ResourceNumbers): string {
  const { emergency, crisis, directory } = numbers;
  if (directory !== null) return words('sms.not_matched_anywhere', { directory });
  return words('sms.not_matched', { emergency, crisis });
}

function resourcesSpeech(words: Say, { emergency, crisis, directory }: ResourceNumbers): string {
  if (directory !== null) return words('voice.resources_anywhere', { directory });
  return words('voice.resources', { emergency, crisis });
}
