import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type Service, startService } from '../../support/service.js';
import { aFlag } from '../../support/service/flag.js';
import { request } from '../../support/service/requests.js';

interface Operation {
  security?: object[];
  requestBody?: { content: Record<string, { schema: { properties?: object } }> };
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}

interface Reference {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
}

let service: Service;
let reference: Reference;
let caseId: string;

beforeAll(async () => {
  service = await startService();
  reference = (await service.get('/openapi.json')).body as unknown as Reference;
  caseId = (await service.raiseFlag()).body.case!.id;
});

afterAll(() => service.stop());

/** The requests of the contract that are there. */
const promised = [
  'get /v1/resources',
  'post /v1/flags',
  'get /help/{program}',
  'post /help/{program}',
  'get /help/status/{token}',
  'post /help/status/{token}',
  'get /r/{token}',
  'post /r/{token}',
  'get /v1/cases',
  'get /v1/cases/{id}',
  'get /v1/cases/{id}/timeline',
  'post /v1/cases/{id}/acknowledgements',
  'post /v1/cases/{id}/declines',
  'post /v1/cases/{id}/contacts',
  'post /v1/cases/{id}/acuity',
  'post /v1/cases/{id}/hand-overs',
  'post /v1/cases/{id}/escalations',
  'post /v1/cases/{id}/dispatches',
  'post /v1/cases/{id}/dispatches/{dispatchId}/confirmation',
  'post /v1/cases/{id}/disposition',
  'post /v1/cases/{id}/follow-up',
  'post /v1/cases/{id}/closure',
  'get /v1/on-call',
  'get /v1/coverage',
  'get /v1/schedules/{id}/overrides',
  'post /v1/schedules/{id}/overrides',
  'post /v1/schedules/{id}/override-previews',
  'post /v1/schedules/{id}/overrides/{overrideId}/withdrawal',
  'get /v1/schedules/{id}/swaps',
  'post /v1/schedules/{id}/swaps',
  'get /v1/swaps',
  'get /v1/swaps/{id}',
  'post /v1/swaps/{id}/acceptance',
  'post /v1/swaps/{id}/refusal',
  'post /v1/swaps/{id}/withdrawal',
  'post /v1/swaps/{id}/confirmation',
  'post /v1/swaps/{id}/undoing',
  'get /v1/reports/response-times',
  'post /webhooks/twilio/messages',
  'post /webhooks/twilio/calls',
  'post /webhooks/twilio/keys/{nonce}',
  'post /webhooks/twilio/receipts/{nonce}',
  'get /health/live',
  'get /health/ready',
  'get /health/engine',
  'get /metrics',
  'get /openapi.json',
];

const fieldsOfFlags = [
  'program',
  'participant',
  'source',
  'raisedBy',
  'text',
  'acuity',
  'need',
  'danger',
  'screener',
  'location',
  'callback',
  'raisedAt',
];

const operations = (): [name: string, method: string, path: string][] =>
  Object.entries(reference.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method): [string, string, string] => [
      `${method} ${path}`,
      method,
      path,
    ]),
  );

function operation(name: string): Operation {
  const [method = '', path = ''] = name.split(' ');
  return reference.paths[path]![method]!;
}

/** What of an answer is not as the reference says. */
function faultsOf(name: string, status: number, body: unknown): unknown {
  const { content = {} } = operation(name).responses[status]!;
  const [{ schema } = { schema: {} }] = Object.values(content);
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const text = JSON.stringify({ ...schema, components: reference.components });
  const validate = ajv.compile(JSON.parse(text) as object);
  return validate(body) ? [] : validate.errors;
}

describe('the reference', () => {
  it('names every request of the contract', () => {
    const names = operations().map(([name]) => name);
    expect(names).toEqual(expect.arrayContaining(promised));
  });

  it('names only requests that are there', async () => {
    for (const [name, method, path] of operations()) {
      const url = service.url + path.replaceAll(/\{\w+\}/g, '00000000-0000-4000-8000-000000000000');
      const { status, body } = await request(url, { method: method.toUpperCase() });
      const detail = (body as { detail?: string } | null)?.detail;
      expect({ name, status, detail }).not.toMatchObject({ status: 405 });
      expect({ name, detail }).not.toEqual({ name, detail: 'There is nothing at this address.' });
    }
  });

  it('tells the whole of a flag: its body, its key and its answers', () => {
    const { requestBody, security, responses } = operation('post /v1/flags');
    const { properties } = requestBody!.content['application/json']!.schema;

    expect(Object.keys(properties!)).toEqual(expect.arrayContaining(fieldsOfFlags));
    expect(security).toEqual([{ bearer: [] }]);
    expect(Object.keys(responses)).toEqual(
      expect.arrayContaining(['200', '201', '202', '401', '503']),
    );
  });

  it.each(promised.filter((name) => name.includes(' /v1/')))('says what %s answers', (name) => {
    const { responses } = operation(name);
    const done = Object.entries(responses).filter(([status]) => status.startsWith('2'));
    expect(done.length).toBeGreaterThan(0);
    for (const [, { content }] of done) expect(content).toHaveProperty(['application/json']);
  });
});

describe('answers as the reference says', () => {
  it('of flags', async () => {
    const accepted = await service.raiseFlag();
    const third = await service.raiseFlag(aFlag({ source: 'third_party' }));
    const refused = await service.raiseFlag(aFlag(), { key: null });

    for (const { status, body } of [accepted, third, refused]) {
      expect({ status, faults: faultsOf('post /v1/flags', status, body) }).toMatchObject({
        faults: [],
      });
    }
    expect([accepted.status, third.status, refused.status]).toEqual([201, 201, 401]);
  });

  it.each([
    ['get /v1/cases', () => '/v1/cases'],
    ['get /v1/cases/{id}', () => `/v1/cases/${caseId}`],
    ['get /v1/cases/{id}/timeline', () => `/v1/cases/${caseId}/timeline`],
    ['get /v1/on-call', () => '/v1/on-call?program=harness'],
    ['get /v1/resources', () => '/v1/resources?country=GB'],
    ['get /v1/reports/response-times', () => '/v1/reports/response-times'],
  ])('of %s', async (name, path) => {
    const { status, body } = await service.api('supervisor').get(path());
    expect({ status, faults: faultsOf(name, status, body) }).toEqual({ status: 200, faults: [] });
  });

  it('of taking a case, and of being too late for it', async () => {
    const name = 'post /v1/cases/{id}/acknowledgements';
    const path = `/v1/cases/${caseId}/acknowledgements`;

    const taken = await service.api('primary').post(path);
    const late = await service.api('backup').post(path);

    expect([taken.status, late.status]).toEqual([201, 409]);
    for (const { status, body } of [taken, late]) expect(faultsOf(name, status, body)).toEqual([]);
  });
});
