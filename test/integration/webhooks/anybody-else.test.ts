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

/** What somebody at this phone hears when they call this number. */
async function heard(from: string, to: string): Promise<string> {
  const { id } = await service.lab.call(from, to);
  const ended = await service.lab.expectCall(
    from,
    (call) => call.id === id && call.state === 'completed',
  );
  return ended.said.join(' ');
}

describe('when there is a program elsewhere', () => {
  const stranger = callers['somebody unknown'];
  const ofPhone = (key: string): string => program.people.get(key)!.phone;

  beforeAll(async () => {
    const file = aProgram().file as { program: object; staff: { key: string }[] };
    const place = { country: 'ES', region: undefined, language: 'es', zone: 'Europe/Madrid' };
    const own = { key: 'elsewhere', lines: [lineElsewhere], integrationKeys: [], ...place };
    const acuity = { steps: [{ page: [{ role: 'supervisor' }], waitSeconds: 600 }] };
    const { code, said } = await applyFile(service.database, {
      program: { ...file.program, ...own },
      staff: file.staff.filter(({ key }) => key === 'supervisor' || key === 'backstop'),
      policy: {
        acuities: { EMERGENT: acuity, URGENT: acuity, PRIORITY: acuity, ROUTINE: acuity },
      },
    });
    if (code !== 0) throw new Error(said);
    const url = `${service.url}/webhooks/twilio`;
    await service.lab.line(lineElsewhere, { smsUrl: `${url}/messages`, voiceUrl: `${url}/calls` });
  });

  it('its line answers at once in its language, with the numbers of its country', async () => {
    const text = await textBack(stranger, lineElsewhere, 'ayuda');

    expect(text).toContain('Puedes recibir ayuda ahora');
    for (const answer of [text, await heard(stranger, lineElsewhere)]) {
      expect(answer).toContain('112');
      expect(answer).toContain('024');
      expect(answer).not.toContain('911');
    }
  });

  it('its line answers so as well while the database is away', async () => {
    service.databaseLine.cut(true);
    const text = await textBack(stranger, lineElsewhere, 'ayuda');
    service.databaseLine.pass();
    await service.engineWell();

    expect(text).toContain('Puedes recibir ayuda ahora');
    expect(text).toContain('112');
  });

  it('the line of the other one answers as it did', async () => {
    expect(await textBack(stranger, program.line, 'help')).toContain('In danger? Call 911.');
  });

  it.each([
    ['somebody unknown', stranger],
    ['staff of both', ofPhone('supervisor')],
  ])('the number that pages tells %s what is right everywhere', async (_who, from) => {
    for (const answer of [await textBack(from, ourNumber, 'help'), await heard(from, ourNumber)]) {
      expect(answer).toContain('your local emergency number');
      expect(answer).toContain('findahelpline.com');
      for (const number of ['911', '988', '112', '024']) expect(answer).not.toContain(number);
    }
  });

  it('the number that pages tells staff of one program the numbers of its country', async () => {
    const from = ofPhone('primary');
    for (const answer of [await textBack(from, ourNumber, 'who?'), await heard(from, ourNumber)]) {
      expect(answer).toContain('911');
      expect(answer).toContain('988');
    }
  });
});
