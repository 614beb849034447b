import type { Evidence } from './evidence.js';

/** I22: nothing of what a person said or is called stands where an outsider could read it. */
export function nothingOutside({ outside, secrets }: Evidence): string[] {
  return Object.entries(outside).flatMap(([place, text]) =>
    [...secrets]
      .filter((secret) => spellings(secret).some((spelling) => text.includes(spelling)))
      .map((secret) => `I22 ${place} shows "${secret}"`),
  );
}

/** Shorter ones stand in any long text by chance. */
const base64LengthMin = 10;

/** As it is, a number without its plus, as PostgreSQL writes bytes, in addresses and in base64. */
function spellings(secret: string): string[] {
  const plain = secret.replace(/^\+/, '');
  const bytes = Buffer.from(plain);
  const form = new URLSearchParams([['', plain]]).toString().slice(1);
  const base64 = [0, 1, 2].map((before) => inBase64(bytes, before));
  const others = [bytes.toString('hex'), encodeURIComponent(plain), form];
  return [plain, ...others, ...base64.filter(({ length }) => length >= base64LengthMin)];
}

/** As bytes look that stand somewhere in the middle, `before` of them into a group of three. */
function inBase64(bytes: Buffer, before: number): string {
  const all = Buffer.concat([Buffer.alloc(before), bytes]);
  const whole = all.subarray(0, all.length - (all.length % 3)).toString('base64');
  return whole.slice(before === 0 ? 0 : 4);
}
