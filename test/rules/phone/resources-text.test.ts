import { describe, expect, it } from '@jest/globals';
import { numbersIn } from '../../../src/phone/rules/resource-numbers.js';
import { notMatchedText, resourcesText } from '../../../src/phone/spoken-resources.service.js';
import { smsSegments } from '../../../src/platform/telephony/rules/gsm7.js';
import { ResourcesConfig } from '../../../src/resources/resources.config.js';
import { Resources } from '../../../src/resources/resources.service.js';
import { WordingConfig } from '../../../src/wording/wording.config.js';
import { Wording } from '../../../src/wording/wording.service.js';

const resources = new Resources(new ResourcesConfig());
const wording = new Wording(new WordingConfig());

function textFor(country: string, language: 'en' | 'es'): string {
  const shown = resources.forRequest({ country, language });
  return resourcesText(wording.in(language), numbersIn(shown));
}

describe('where help is, in a text', () => {
  it.each([...resources.countries().toSorted(), 'XX'])('is one segment in %s', (country) => {
    for (const language of ['en', 'es'] as const) {
      expect(smsSegments(textFor(country, language))).toBe(1);
      const numbers = numbersIn(resources.forRequest({ country, language }));
      expect(smsSegments(notMatchedText(wording.in(language), numbers))).toBe(1);
    }
  });

  it.each([
    ['US', 'call 988. By text: 988.'],
    ['CA', 'call 9-8-8. By text: 9-8-8.'],
    ['GB', 'call 116 123. By text: SHOUT to 85258.'],
    ['DE', 'call 0800 111 0 111.'],
    ['FR', 'call 3114.'],
  ])('names a line to text with where %s has one', (country, end) => {
    const text = textFor(country, 'en');
    expect(text.endsWith(`To talk now: ${end}`)).toBe(true);
    expect(text).not.toContain('call or text');
  });

  it.each(['en', 'es'] as const)('names no number in %s when no country is known', (language) => {
    const numbers = numbersIn(resources.forRequest({ language }));
    for (const say of [resourcesText, notMatchedText]) {
      const text = say(wording.in(language), numbers);
      expect(text).toContain('findahelpline.com');
      expect(text).not.toMatch(/\d/);
    }
  });
});
