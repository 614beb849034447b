import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseReply } from '../../../src/paging/rules/reply.js';

const take = { code: '482193', take: true };
const pass = { code: '482193', take: false };

describe('a reply to a page', () => {
  it.each([
    '482193',
    ' 482193 ',
    '482193.',
    '482 193',
    '482-193',
    '４８２１９３',
    'take 482193',
    'Take: 482193!',
    '482193 ok',
    '482193 yes',
    '482193 sí',
    "I'll take it 482193",
    'i’m taking the case 482193',
    '482193 482193',
    'A 482193',
    '482193 👍',
    '482193\n',
  ])('%j takes', (body) => {
    expect(parseReply(body)).toEqual(take);
  });

  it.each([
    '482193 N',
    '482193n',
    'N 482193',
    '482193 no',
    '482193 pass',
    '482193 to pass',
    '482193 N to pass',
    '４８２１９３ ｎ',
    'decline 482193',
    '482193 cannot',
    "482193 can't take it",
    'not taking 482193',
  ])('%j passes', (body) => {
    expect(parseReply(body)).toEqual(pass);
  });

  it.each([
    '',
    'take',
    'N',
    'STOP',
    '48219',
    '4821930',
    '482193 551200',
    '482193 to take, 482193 N to pass',
    '482193 who is this',
    '482193 stop',
    'no problem, I take 482193',
    'call me at 202-555-0142',
  ])('%j is not understood', (body) => {
    expect(parseReply(body)).toBeNull();
  });

  it('is read without fail, whatever was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (body) => {
        const reply = parseReply(body);
        if (reply !== null) expect(reply.code).toMatch(/^\d{6}$/);
      }),
    );
  });
});
