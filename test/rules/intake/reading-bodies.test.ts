import { describe, expect, it } from '@jest/globals';
import type { RawFlag } from '../../../src/intake/reading/read-flag.js';
import { decodeText } from '../../../src/intake/rules/decode-text.js';
import { nothing, read, readDecoded, readObject, understood } from './reading.js';

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)));

describe('a body', () => {
  it.each<[what: string, body: string, warning: string]>([
    ['that is empty', '', 'empty_body'],
    ['of blanks', ' \r\n\t', 'empty_body'],
    ['that is null', 'null', 'body_not_an_object'],
    ['that is a list', '[{"text":"help"}]', 'body_not_an_object'],
    ['that is a text', '"help"', 'body_not_an_object'],
    ['that is a number', '112', 'body_not_an_object'],
    ['that is a yes', 'true', 'body_not_an_object'],
    ['that breaks off', '{"text":"hel', 'body_not_json'],
    ['of words', 'please call me', 'body_not_json'],
    ['of a web form', 'text=help&acuity=EMERGENT', 'body_not_json'],
    ['of nothing but brackets', '['.repeat(60_000), 'body_not_json'],
    ['of brackets that close', '['.repeat(30_000) + ']'.repeat(30_000), 'body_not_an_object'],
  ])('%s is a flag all the same', (_what, body, warning) => {
    const flag = read(body);

    expect(flag.warnings).toEqual([warning]);
    expect(flag.fields).toMatchObject(nothing);
    expect(flag.fields.text).toBeUndefined();
  });

  it.each<[what: string, body: string]>([
    ['with a comma too many', '{"text":"help",}'],
    ['with something behind it', '{"text":"help"}{}'],
    ['that breaks off behind its text', '{"text":"help","participant":{"na'],
  ])('%s is read up to there, and not taken for all', (_what, body) => {
    const flag = read(body);

    expect(flag).toMatchObject({ fields: { text: 'help' }, isIncomplete: true });
    expect(flag.warnings).toEqual(['body_not_json']);
  });

  it.each<[what: string, arrived: Partial<RawFlag>, warnings: string[]]>([
    ['as JSON', {}, []],
    ['as JSON in capitals', { contentType: 'Application/JSON; charset=UTF-8' }, []],
    ['as a kind of JSON', { contentType: 'application/merge-patch+json' }, []],
    ['without a type', { contentType: null }, []],
    ['as text', { contentType: 'text/plain' }, ['content_type_not_json']],
    ['as a longer word', { contentType: 'application/jsonx' }, ['content_type_not_json']],
    ['with an empty type', { contentType: '' }, ['content_type_not_json']],
    ['damaged', { damaged: true }, ['characters_replaced']],
    ['cut off', { truncated: true }, ['truncated']],
    ['cut off within a character', { truncated: true, damaged: true }, ['truncated']],
  ])('that came %s is read, and said so', (_what, arrived, warnings) => {
    expect(read('{"text":"help"}', arrived)).toMatchObject({ fields: { text: 'help' }, warnings });
  });

  it('that was cut off is not blamed for being no JSON', () => {
    expect(read('{"text":"hel', { truncated: true }).warnings).toEqual(['truncated']);
  });

  it('says each warning once', () => {
    const { warnings } = readObject({ 'my name': 1, 'my phone': 2, mood: 3 });
    expect(warnings).toEqual(['unknown_field', 'unknown_field:mood']);
  });

  it('names at most twenty fields that are unknown', () => {
    const fields = Array.from({ length: 100 }, (_, at) => [`field${at}`, at]);
    expect(readObject(Object.fromEntries(fields)).warnings).toHaveLength(20);
  });

  it.each(['Ada Lovelace', '202-555-0171', 'é', 'a'.repeat(41), '1st', ''])(
    'does not repeat the unknown field %j, which may be words of a person',
    (name) => {
      expect(readObject({ [name]: 1 }).warnings).toEqual(['unknown_field']);
    },
  );

  it('gives nothing to an object that came with a prototype', () => {
    const flag = read('{"__proto__":{"text":"x"},"constructor":{"prototype":{"text":"y"}}}');
    expect(flag.fields.text).toBeUndefined();
    expect(flag.warnings).toContain('unknown_field:constructor');
  });
});

describe('bytes', () => {
  it.each<[what: string, given: Uint8Array, text: string, damaged: boolean]>([
    ['of plain words', bytes('help'), 'help', false],
    ['of other alphabets', bytes('допомога 助けて 🆘'), 'допомога 助けて 🆘', false],
    ['with a byte order mark', bytes([0xef, 0xbb, 0xbf], 'help'), 'help', false],
    ['with NUL', bytes('he\0lp\0'), 'help', true],
    ['that are no UTF-8', bytes('h', [0xff], 'p'), 'h\uFFFDp', true],
    ['that end within a character', bytes('h', [0xf0, 0x9f, 0x86]), 'h\uFFFD', true],
    ['of a lone surrogate', bytes('h', [0xed, 0xa0, 0x80]), 'h\uFFFD\uFFFD\uFFFD', true],
    ['of which there are none', bytes(), '', false],
  ])('%s become text', (_what, given, text, damaged) => {
    expect(decodeText(given)).toEqual({ text, damaged });
  });

  it('with NUL inside of a word are that word', () => {
    const flag = readDecoded(decodeText(bytes('{"te\0xt":"it is b\0ad"}')));
    expect(flag).toMatchObject({
      fields: { text: 'it is bad' },
      warnings: ['characters_replaced'],
    });
  });
});

describe('garbage inside of fields', () => {
  const deep = `${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}`;

  it.each(['text', 'program', 'participant', 'callback', 'location', 'danger', 'screener'])(
    'as deep as a body can be is no word of %s, and stops nothing',
    (field) => {
      const flag = read(`{"text":"help","${field}":${deep}}`);
      expect(flag.warnings).not.toHaveLength(0);
      expect(flag.fields.source).toBe('partner_api');
    },
  );

  it('in one field leaves the others as they are', () => {
    const body = {
      text: 'help',
      participant: { externalId: ['p-1'], name: 'Ada', birthYear: {} },
      raisedBy: [],
      location: { country: 7, region: 'ny' },
    };
    expect(understood(body)).toMatchObject({
      text: 'help',
      participant: { name: 'Ada' },
      location: { region: 'NY', address: '7' },
    });
  });

  it('is no reason to take null for something said', () => {
    const names = 'program participant source raisedBy text acuity need danger screener location';
    const all = `${names} callback raisedAt statusToken`.split(' ');
    expect(readObject(Object.fromEntries(all.map((name) => [name, null])))).toEqual({
      fields: { ...nothing },
      isIncomplete: false,
      warnings: [],
    });
  });
});
