import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { applyFile } from '../../support/handrail.js';
import { ourNumber } from '../../support/provider/telephony.js';
import { type Service, startService } from '../../support/service.js';
import type { PageText } from '../../support/service/phones.js';
import { aProgram } from '../../support/service/program.js';
import { isUntouched } from './waiting.js';

/** No step ends while a test looks. */
const program = aProgram({ waitSeconds: 600 });
const participants = [
  { externalId: 'on-file', name: 'Kit Onfile', phone: { number: '+12025550180' } },
];
const callers = {
  'somebody unknown': '+12025550177',
  'a participant on file': '+12025550180',
  'a member of the staff': program.people.get('primary')!.phone,
} as const;
const lineElsewhere = '+12025550191';
const numbers = { 'the number that pages': ourNumber, 'the line of a program': program.line };

let service: Service;
let page: PageText;
let caseId: string;
beforeAll(async () => {
  const file = { ...program.file, participants };
  service = await startService({ program: { ...program, file }, flakyDatabase: true });
  const { id, ref } = (await service.raiseFlag()).body.case!;
  caseId = id;
  page = await service.phones.expectPage('primary', { ref });
});
afterAll(() => service.stop());

async function textBack(from: string, to: string, body: string): Promise<string> {
  const { webhook } = await service.lab.reply(from, to, body);
  if (webhook.type === 'failed') throw new Error(webhook.error);
  expect(webhook.status).toBe(200);
  return webhook.body;
}

const traces = (): Promise<object[]> =>
  service.sql(`select (select count(*) from flags) as flags, (select count(*) from cases) as cases,
    (select count(*) from declines) as declines, (select count(*) from acknowledgements) as takes,
    (select count(*) from pages) as pages`);

const others = Object.entries(callers);
const everyWay = others.flatMap(([who, from]) =>
  Object.entries(numbers).map(([where, to]) => [who, where, from, to] as const),
);

const nonsense: [what: string, body: (code: string) => string][] = [
  ['a question', () => 'who is this?'],
  ['nothing', () => ' '],
  ['a yes without a code', () => 'yes I take it'],
  ['a no without a code', () => 'N'],
  ['another code', (code) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')],
  ['half of the code', (code) => code.slice(0, 3)],
  ['the code and a question', (code) => `${code} where is she`],
  ['two codes', (code) => `${code} ${code.split('').toReversed().join('')}9`],
  ['a cry for help', () => 'I want to stop hurting 🆘'],
  ['very many words', () => 'help me '.repeat(190)],
];

describe('a text', () => {
  it.each(everyWay)('from %s to %s gets help back', async (_who, _where, from, to) => {
    const before = await traces();

    const answer = await textBack(from, to, 'I need help');

    expect(answer).toContain('In danger? Call 911.');
    expect(answer).toContain('call 988.');
    expect(await traces()).toEqual(before);
    expect(await isUntouched(service, caseId)).toBe(true);
  });

  it.each(nonsense)('of the staff that is %s gets help back', async (_what, body) => {
    const before = await traces();

    const answer = await textBack(callers['a member of the staff'], ourNumber, body(page.code));

    expect(answer).toContain('911');
    expect(answer).toContain('988');
    expect(answer).not.toContain(page.ref);
    expect(await traces()).toEqual(before);
    expect(await isUntouched(service, caseId)).toBe(true);
  });

  it('with the code of a page, from any other phone, gets help back', async () => {
    for (const from of [callers['somebody unknown'], callers['a participant on file']]) {
      for (const body of [page.code, `${page.code} N`, `${page.code} yes`]) {
        expect(await textBack(from, ourNumber, body)).toContain('911');
      }
    }
    expect(await isUntouched(service, caseId)).toBe(true);
  });
});

describe('a call', () => {
  it.each(everyWay)('from %s to %s hears help twice', async (_who, _where, from, to) => {
    const before = await traces();

    const { id } = await service.lab.call(from, to);
    const { said } = await service.lab.expectCall(
      from,
      (call) => call.id === id && call.state === 'completed',
    );

    const [english, spanish] = said;
    expect(english).toContain('If you are in danger, call 911');
    expect(english).toContain('988');
    expect(spanish).toContain('llama al 911');
    expect(said).toEqual([english, spanish, english, spanish]);
    expect(await traces()).toEqual(before);
    expect(await isUntouched(service, caseId)).toBe(true);
  });
});

describe('while the database is away', () => {
  it('texts and calls get help back all the same', async () => {
    service.databaseLine.cut(true);
    const from = callers['somebody unknown'];
    const texts = await Promise.all(
      Object.values(numbers).map((to) => textBack(from, to, 'I need help')),
    );
    const { said } = await service.lab.call(from, program.line);
    service.databaseLine.pass();

    for (const text of [...texts, said.join()]) expect(text).toContain('911');
    await service.engineWell();
    expect(await isUntouched(service, caseId)).toBe(true);
  });
});

describe('the line of a program elsewhere', () => {
  beforeAll(async () => {
    const place = { country: 'ES', region: undefined, language: 'es', zone: 'Europe/Madrid' };
    const own = { key: 'elsewhere', lines: [lineElsewhere], integrationKeys: [], ...place };
    const { file } = aProgram();
    const other = { ...file, program: { ...(file as { program: object }).program, ...own } };
    const { code, said } = await applyFile(service.database, other);
    if (code !== 0) throw new Error(said);
    const url = `${service.url}/webhooks/twilio`;
    await service.lab.line(lineElsewhere, { smsUrl: `${url}/messages`, voiceUrl: `${url}/calls` });
    await service.term(0);
    await service.restart(0);
  });

  it('answers in its language, with the numbers of its country', async () => {
    const text = await textBack(callers['somebody unknown'], lineElsewhere, 'ayuda');
    const { said } = await service.lab.call(callers['somebody unknown'], lineElsewhere);

    expect(text).toContain('Puedes recibir ayuda ahora');
    for (const answer of [text, said.join()]) {
      expect(answer).toContain('112');
      expect(answer).toContain('024');
      expect(answer).not.toContain('911');
    }
  });
});
