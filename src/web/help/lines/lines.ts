import type { ShownChannel, ShownResource } from '../../../resources/rules/answer.js';

export interface PrimaryLine {
  kind: 'emergency' | 'call' | 'text';
  resource: ShownResource;
  channel: ShownChannel;
}

/** At most three, in this order: emergency call, crisis line call, crisis text. */
export function primaryLines(resources: readonly ShownResource[]): PrimaryLine[] {
  return [
    first(resources, 'emergency', ['emergency'], 'call'),
    first(resources, 'call', ['crisis_line'], 'call'),
    first(resources, 'text', ['crisis_line', 'text_line'], 'text'),
  ].filter((line) => line !== null);
}

/** Everything else that was selected, without what is primary already. */
export function moreLines(resources: readonly ShownResource[]): ShownResource[] {
  const shown = new Set(primaryLines(resources).map(({ channel }) => channel));
  return resources
    .map((one) => ({ ...one, channels: one.channels.filter((each) => !shown.has(each)) }))
    .filter(({ channels }) => channels.length > 0);
}

export const hasCrisisLine = (resources: readonly ShownResource[]): boolean =>
  resources.some(({ category }) => category === 'crisis_line');

/** Where crisis lines of any country can be looked up. */
export const directories = (resources: readonly ShownResource[]): ShownResource[] =>
  resources.filter(({ category }) => category === 'directory');

function first(
  resources: readonly ShownResource[],
  kind: PrimaryLine['kind'],
  categories: readonly ShownResource['category'][],
  type: ShownChannel['type'],
): PrimaryLine | null {
  for (const resource of resources) {
    if (!categories.includes(resource.category)) continue;
    const channel = resource.channels.find((one) => one.type === type);
    if (channel) return { kind, resource, channel };
  }
  return null;
}
