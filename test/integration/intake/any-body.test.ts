import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../support/service.js';
import { expectHelp, expectOneTransaction, post, type Posting, stored } from './posting.js';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const json = (body: unknown): Posting => ({ body: JSON.stringify(body) });
const kilobytes = (count: number): string => 'a'.repeat(count * 1024);

const bodies: [what: string, sending: Posting, warnings: string[]][] = [
  ['a normal body', json({ source: 'app_button', text: 'it is bad' }), []],
  ['no body at all', {}, ['empty_body']],
  ['an empty body', { body: '' }, ['empty_body']],
  ['blanks', { body: ' \n ' }, ['empty_body']],
  ['{}', { body: '{}' }, []],
  ['null', { body: 'null' }, ['body_not_an_object']],
  ['[]', { body: '[]' }, ['body_not_an_object']],
  ['a string', { body: '"help"' }, ['body_not_an_object']],
  ['a number', { body: '42' }, ['body_not_an_object']],
  ['broken JSON', { body: '{"text":"it is' }, ['body_not_json']],
  ['words', { body: 'please call me' }, ['body_not_json']],
  [
    'another content type',
    { body: '{"text":"it is bad"}', headers: { 'content-type': 'text/plain' } },
    ['content_type_not_json'],
  ],
  [
    'a broken content type',
    { body: '{"text":"it is bad"}', headers: { 'content-type': ';;;' } },
    ['content_type_not_json'],
  ],
  [
    'a form',
    {
      body: 'text=it+is+bad',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    },
    ['content_type_not_json', 'body_not_json'],
  ],
  ['a problem type', { body: '{}', headers: { 'content-type': 'application/ld+json' } }, []],
  [
    'unknown fields',
    json({ mood: 3, 'a sentence of hers': 1 }),
    ['unknown_field:mood', 'unknown_field'],
  ],
  ['an unknown program', json({ program: 'nowhere' }), ['unknown_program']],
  ['its own program', json({ program: 'harness' }), []],
  ['an unknown source', json({ source: 'smart_watch' }), []],
  ['NUL bytes', { body: Buffer.from('{"text":"a\0b"}') }, ['characters_replaced']],
  ['an escaped NUL', { body: '{"text":"a\\u0000b"}' }, ['characters_replaced:text']],
  ['a lone surrogate', { body: '{"text":"a\\ud800b"}' }, ['characters_replaced:text']],
  ['a lone surrogate in a name', json({ ['a\ud800']: 1 }), ['unknown_field']],
  [
    'invalid UTF-8',
    { body: Buffer.from([0x7b, 0x7d, 0xff]) },
    ['characters_replaced', 'body_not_json'],
  ],
  ['a byte order mark', { body: '\uFEFF{"text":"it is bad"}' }, []],
  ['a poisoned prototype', { body: '{"__proto__":{"text":"x"}}' }, ['unknown_field']],
  ['brackets without end', { body: '['.repeat(60_000) }, ['body_not_json']],
  ['over 64 KB', json({ text: kilobytes(65) }), ['truncated']],
  ['5 MB', { body: kilobytes(5 * 1024) }, ['truncated']],
  ['a text that is too long', json({ text: 'a'.repeat(20_001) }), ['shortened:text']],
];

describe('a good key, and whatever body', () => {
  it.each(bodies)('%s is a flag whose case is paged', async (_what, sending, warnings) => {
    const { status, body } = await post(service, sending);

    expect(status).toBe(201);
    expect(body).toEqual({
      flag: { id: expect.any(String), receivedAt: expect.stringMatching(/^\d{4}-.*Z$/) },
      case: { id: expect.any(String), ref: expect.any(String), state: 'paging', acuity: 'URGENT' },
      resources: expect.any(Array),
      message: expect.stringContaining('We have your request'),
      warnings,
      links: { status: expect.stringContaining('/help/status/') },
    });
    expectHelp(body.resources);
    const flag = await stored(service, body.flag.id);
    expect(flag).toMatchObject({ caseId: body.case!.id, joinedAs: 'opened', warnings });
    expect(flag.resourcesShown).toEqual((body.resources as { id: string }[]).map(({ id }) => id));
    expect(flag.resourcesShown).not.toHaveLength(0);
    await expectOneTransaction(service, flag);
  });

  it('keeps what was sent as it was sent, sealed, up to 64 KB', async () => {
    const sent = '{"text": "it is bad", "mood": [1, 2';
    const { body } = await post(service, { body: sent });
    const long = await post(service, { body: kilobytes(100) });

    expect((await stored(service, body.flag.id)).raw).toBe(sent);
    expect((await stored(service, long.body.flag.id)).raw).toBe(kilobytes(64));
    const [row] = await service.sql<{ raw: Buffer }>('select raw from flags where id = $1', [
      body.flag.id,
    ]);
    expect(row!.raw.toString('latin1')).not.toContain('it is bad');
  });

  it('pages for each of them', async () => {
    const bare = await service.sql(
      `select from cases c where not exists
         (select from pages p where p.subject_id = c.id and p.purpose = 'case')`,
    );

    expect(bare).toHaveLength(0);
  });
});

/** Each with what is not understood of it. */
const wrongFields: [field: string, values: unknown[], warning: string][] = [
  ['program', [{}, [], true], 'not_understood:program'],
  ['participant', ['p-1', 5, ['p-1'], true], 'not_understood:participant'],
  ['source', ['a whole sentence, typed', {}, false], 'not_understood:source'],
  ['raisedBy', ['mother', 1], 'not_understood:raisedBy'],
  ['text', [{ en: 'help' }, ['help'], true], 'not_understood:text'],
  ['acuity', ['PANIC', 1, {}], 'not_understood:acuity'],
  ['need', ['everything', [], 7], 'not_understood:need'],
  ['danger', ['yes and no', 7, ['pills']], 'not_understood:danger'],
  ['screener', ['bad', 3, [true]], 'not_understood:screener'],
  ['location', ['at home', 12, []], 'not_understood:location'],
  ['callback', ['+12025550171', 5, {}], 'not_understood:callback'],
  ['raisedAt', ['yesterday', 1_700_000_000, {}, '2026-01-01T10:00'], 'not_understood:raisedAt'],
  ['statusToken', [{}, false], 'not_understood:statusToken'],
];

describe('fields of the wrong type', () => {
  it.each(wrongFields)(
    '%s is named and the case paged all the same',
    async (field, values, warning) => {
      for (const value of values) {
        const { status, body } = await post(service, json({ need: 'coaching', [field]: value }));

        expect(status).toBe(201);
        expect(body.warnings.join()).toContain(warning);
        expect(body.case).toMatchObject({ state: 'paging', acuity: 'URGENT' });
        expectHelp(body.resources);
      }
    },
  );

  it('inside of others are named with their place', async () => {
    const { status, body } = await post(service, {
      body: JSON.stringify({
        participant: { externalId: {}, language: 'klingon!', birthYear: 'old', minor: 'maybe' },
        danger: { meansAtHand: 'perhaps', within: [] },
        screener: { instrument: {}, answers: 'none' },
        location: { country: 'Narnia', region: {}, statedAt: 'now' },
        callback: { phone: 5, safeToCall: 'perhaps' },
      }),
    });

    expect(status).toBe(201);
    const places = `participant.externalId participant.language participant.birthYear
      participant.minor callback.safeToCall danger.meansAtHand danger.within screener.instrument
      screener.answers location.country location.region location.statedAt`;
    expect(body.warnings).toEqual(places.split(/\s+/).map((name) => `not_understood:${name}`));
  });
});
