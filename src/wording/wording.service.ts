import { Injectable } from '@nestjs/common';
import { loadWording } from './load-wording.js';
import {
  fill,
  pickLanguage,
  sentences,
  type Language,
  type SentenceKey,
  type Sentences,
  type ValuesOf,
} from './rules/sentences.js';
import { WordingConfig } from './wording.config.js';

/** Says a sentence in the language that was chosen before. */
export type Say = <K extends SentenceKey>(
  key: K,
  ...values: NeedsNothing<K> extends true ? [] : [ValuesOf<K>]
) => string;

type NeedsNothing<K extends SentenceKey> = (typeof sentences)[K] extends readonly [] ? true : false;

/** The sentences participants see and hear, read and checked once at the start. */
@Injectable()
export class Wording {
  private readonly texts: Readonly<Record<Language, Sentences>>;

  constructor(config: WordingConfig) {
    this.texts = {
      en: loadWording(config.folder, 'en'),
      es: loadWording(config.folder, 'es'),
    };
  }

  /** `language` is any BCP 47 tag; one we do not speak is answered in English. */
  say<K extends SentenceKey>(
    language: string | null | undefined,
    key: K,
    ...[values]: NeedsNothing<K> extends true ? [] : [ValuesOf<K>]
  ): string {
    return fill(this.texts[pickLanguage(language)][key], values ?? {});
  }

  /** Among those we speak, by any BCP 47 tag. */
  languageOf(tag: string | null | undefined): Language {
    return pickLanguage(tag);
  }

  in(language: Language): Say {
    return (key, ...values) => this.say(language, key, ...values);
  }
}
