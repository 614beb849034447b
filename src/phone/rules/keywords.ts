// Words that end texting when they are the whole message: 47 CFR 64.1200(a)(10) and carrier rules,
// in the languages we text in. "I want to stop hurting" is not one of them.
const optOutWords = new Set([
  'stop',
  'stopall',
  'end',
  'quit',
  'cancel',
  'revoke',
  'unsubscribe',
  'optout',
  'opt out',
  'alto',
  'parar',
  'cancelar',
]);

export function isOptOut(body: string): boolean {
  const word = body
    .trim()
    .toLowerCase()
    .replace(/[.!?"']+$/g, '');
  return optOutWords.has(word);
}
