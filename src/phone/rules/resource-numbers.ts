import type { ResourcesAnswer, ShownChannel, ShownResource } from '../../resources/rules/answer.js';

/** What fits into one text or one sentence, as people read it. */
export interface ResourceNumbers {
  emergency: string;
  /** The line to talk to; the emergency number where there is none. */
  crisis: string;
  /** The line to text with; null in countries that have none. */
  textLine: { number: string; keyword: string | null } | null;
  /** Where the lines of all countries are listed; only when no country is known. */
  directory: string | null;
}

/** A line that takes calls need not take texts, so each way is named by itself. */
export function numbersIn({ country, resources }: ResourcesAnswer): ResourceNumbers {
  const calls = (category: ShownResource['category']): string | null => {
    const channel = channelIn(resources, 'call', [category]);
    if (channel === undefined) return null;
    return channel.instruction ? `${channel.display} (${channel.instruction})` : channel.display;
  };
  const emergency = calls('emergency') ?? '911';
  const texts = channelIn(resources, 'text', ['crisis_line', 'text_line']);
  const lists = country === null ? channelIn(resources, 'web', ['directory']) : undefined;
  return {
    emergency,
    crisis: calls('crisis_line') ?? emergency,
    textLine: texts ? { number: texts.display, keyword: keywordIn(texts) } : null,
    directory: lists?.display ?? null,
  };
}

function channelIn(
  resources: readonly ShownResource[],
  type: ShownChannel['type'],
  categories: readonly ShownResource['category'][],
): ShownChannel | undefined {
  const fitting = resources.filter(({ category }) => categories.includes(category));
  return fitting.flatMap(({ channels }) => channels).find((channel) => channel.type === type);
}

/** Its instruction says the same in words, with signs that not every text can hold. */
const keywordIn = ({ href }: ShownChannel): string | null =>
  /[?]body=(.+)$/.exec(href)?.[1] ?? null;
