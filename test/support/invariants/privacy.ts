import type { Evidence } from './evidence.js';

/** I22: nothing of what a person said or is called stands where an outsider could read it. */
export function nothingOutside({ outside, secrets }: Evidence): string[] {
  return Object.entries(outside).flatMap(([place, text]) =>
    [...secrets]
      .filter((secret) => spellings(secret).some((spelling) => text.includes(spelling)))
      .map((secret) => `I22 ${place} shows "${secret}"`),
  );
}

/** As it is, a number without its plus, and as PostgreSQL writes bytes. */
function spellings(secret: string): string[] {
  return [secret.replace(/^\+/, ''), Buffer.from(secret).toString('hex')];
}
