import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ourNumber, telephonyTo } from '../../support/provider/telephony.js';
import { labAccount, startPhoneLab, type PhoneLab } from '../../support/phone-lab.js';

const phone = '+12025550176';
const account = `/2010-04-01/Accounts/${labAccount.accountSid}`;
const text = { From: ourNumber, To: phone, Body: 'x' };

let lab: PhoneLab;

beforeAll(async () => {
  lab = await startPhoneLab();
});

afterEach(() => lab.reset());

afterAll(() => lab.stop());

async function ask(path: string, params: Record<string, string>, method = 'POST') {
  const credentials = `${labAccount.accountSid}:${labAccount.authToken}`;
  const response = await fetch(lab.url + path, {
    method,
    headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
    ...(method === 'POST' && { body: new URLSearchParams(params) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('what the lab was never taught', () => {
  it.each([
    ['an operation', `${account}/IncomingPhoneNumbers.json`, {}],
    ['an operation of another product', '/v2/Services/VA1/Verifications', {}],
    ['a parameter', `${account}/Messages.json`, { ...text, MediaUrl: 'https://example.com/a.png' }],
  ])('%s is refused loudly and remembered', async (_name, path, params) => {
    const { status } = await ask(path, params);

    expect(status).toBe(501);
    expect(await lab.problems()).toHaveLength(1);
    expect(await lab.violations()).not.toEqual([]);
  });

  it.each([
    ['<Response><Conference/></Response>', 'unknown verb <Conference>'],
    ['<Response><Say voice="alice">x</Say></Response>', 'attribute voice of <Say>'],
    ['<Response><Gather input="speech"/></Response>', 'attribute input of <Gather>'],
    ['<Response><Dial><Queue>a</Queue></Dial></Response>', 'unknown noun <Queue>'],
    ['<Response><Say>a & b</Say></Response>', 'unknown entity'],
    ['<Response><Say>a</Response>', '</Response> closes <Say>'],
    ['<Say>x</Say>', '<Say> instead of <Response>'],
    ['<Response><Dial>911</Dial></Response>', 'emergency number'],
  ])('%s is a problem, and the caller hears so', async (twiml, detail) => {
    await telephonyTo(lab.url).placeCall({
      from: ourNumber,
      to: phone,
      twiml,
      statusCallback: 'http://localhost:1',
    });
    await lab.expectCall(phone);

    const ended = await lab.answer(phone);

    expect(ended.state).toBe('completed');
    const [problem] = await lab.problems();
    expect(problem?.detail).toContain(detail);
  });

  it('an emergency number is refused and remembered, whoever let it pass', async () => {
    const { status, body } = await ask(`${account}/Messages.json`, { ...text, To: '+61000' });
    expect({ status, code: body['code'] }).toEqual({ status: 400, code: 21211 });
  });
});

describe('bad requests are answered as the provider would', () => {
  it.each([
    ['no recipient', { From: ourNumber, Body: 'x' }, 21604],
    ['a recipient that is no number', { ...text, To: 'Dana' }, 21211],
    ['no text', { From: ourNumber, To: phone }, 21602],
    ['a sender that is no number', { ...text, From: 'Handrail' }, 21212],
  ])('%s', async (_name, params, code) => {
    const answer = await ask(`${account}/Messages.json`, params);
    expect(answer).toMatchObject({ status: 400, body: { code, status: 400 } });
    expect(await lab.problems()).toEqual([]);
  });

  it('an unknown text or call, and another account', async () => {
    const unknown = `${account}/Calls/CA${'0'.repeat(32)}.json`;
    expect(await ask(unknown, {}, 'GET')).toMatchObject({ status: 404, body: { code: 20404 } });
    const other = `/2010-04-01/Accounts/AC${'9'.repeat(32)}/Messages.json`;
    expect(await ask(other, text)).toMatchObject({ status: 401, body: { code: 20003 } });
  });
});

describe('the page', () => {
  it('shows every phone that was named, texted or called, and works by plain forms', async () => {
    await fetch(`${lab.url}/lab/phones/%2B12025550177`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Dana <primary>' }),
    });
    const telephony = telephonyTo(lab.url);
    await telephony.placeCall({
      from: ourNumber,
      to: phone,
      twiml:
        '<Response><Say>Press 1 &amp; wait.</Say><Gather action="http://localhost:1"/></Response>',
      statusCallback: 'http://localhost:1',
    });
    await lab.expectCall(phone);

    const answered = await fetch(`${lab.url}/lab/phones/${encodeURIComponent(phone)}/answer`, {
      method: 'POST',
      body: new URLSearchParams(),
      redirect: 'manual',
    });
    const page = await (await fetch(`${lab.url}/lab`)).text();

    expect(answered.status).toBe(303);
    expect(answered.headers.get('location')).toBe('/lab#phone-12025550176');
    expect(page).toContain('Dana &lt;primary>');
    expect(page).toContain('Press 1 &amp; wait.');
    expect(page).toContain('value="1"');
    expect(page).not.toMatch(/(src|href)="https?:\/\/(?!localhost)/);
  });
});

describe('the phones', () => {
  it.each(['+12025550176', '%2B12025550176', '12025550176', '%2012025550176'])(
    'are found however the plus sign was written: %s',
    async (written) => {
      const response = await fetch(`${lab.url}/lab/phones/${written}`);
      expect(await response.json()).toMatchObject({ number: phone });
    },
  );

  it.each(['answer', 'hang-up', 'keys'])('cannot %s without a call', async (action) => {
    const response = await fetch(`${lab.url}/lab/phones/${phone}/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ digits: '1' }),
    });
    expect(response.status).toBe(409);
  });

  it.each([
    ['a number', '/lab/phones/Dana/sms', { to: ourNumber, body: 'hello' }],
    ['a recipient', `/lab/phones/${phone}/sms`, { to: 'Handrail', body: 'hello' }],
    ['a key', `/lab/phones/${phone}/keys`, { digits: 'yes' }],
    ['a field', `/lab/phones/${phone}/call`, { to: ourNumber, at: 'once' }],
  ])('refuse %s that is none, in JSON and in a form', async (_name, path, fields) => {
    const json = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(fields) };
    const form = { body: new URLSearchParams(Object.entries(fields)) };
    for (const request of [json, form]) {
      const response = await fetch(lab.url + path, { method: 'POST', ...request });
      expect(response.status).toBe(400);
    }
  });

  it('refuse a fault that is none', async () => {
    await expect(lab.fault({ fault: { explode: true } as object })).rejects.toThrow('400');
    await expect(lab.fault({ fault: {} })).rejects.toThrow('400');
  });
});
