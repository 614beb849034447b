import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import type { ProviderRequest } from '../../src/phone-lab/network/lab-log.js';

interface Parameter {
  name: string;
  schema: object;
}

interface Operation {
  operationId: string;
  parameters: Parameter[];
  requestBody?: { content: { 'application/x-www-form-urlencoded': { schema: object } } };
}

interface Description {
  paths: Record<string, Record<string, Operation>>;
}

interface Route {
  operationId: string;
  method: string;
  path: RegExp;
  names: string[];
  inPath: ValidateFunction;
  inForm: ValidateFunction;
}

const file = new URL('./twilio-openapi.json', import.meta.url);
const description = JSON.parse(readFileSync(file, 'utf8')) as Description;

// A form knows only strings: numbers, and lists of one, are read out of them.
const ajv = new Ajv({ coerceTypes: 'array', allErrors: true, strictTypes: false });
ajv.addFormat('uri', (text: string) => URL.canParse(text));
ajv.addFormat('phone-number', /^\+[1-9]\d{7,14}$/);
ajv.addFormat('twiml', /^(<\?xml[^>]*>\s*)?<Response(\/|\s|>)/);

const nothing = { type: 'object', additionalProperties: false };

const routes = Object.entries(description.paths).flatMap(([path, operations]) =>
  Object.entries(operations).map(([method, operation]) => routeOf(path, method, operation)),
);

/** What is wrong with one request by the provider's published description; nothing: empty. */
export function validateProviderRequest(request: ProviderRequest): string[] {
  for (const route of routes) {
    const match = route.method === request.method ? route.path.exec(request.path) : null;
    if (match === null) continue;
    const path = Object.fromEntries(route.names.map((name, at) => [name, match[at + 1]]));
    return [
      ...problemsOf(route, route.inPath, path),
      ...problemsOf(route, route.inForm, structuredClone(request.params)),
    ];
  }
  return [`no such operation: ${request.method} ${request.path}`];
}

function routeOf(path: string, method: string, operation: Operation): Route {
  const names = operation.parameters.map(({ name }) => name);
  const properties = operation.parameters.map(({ name, schema }) => [name, schema]);
  const pattern = path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '([^/]+?)');
  return {
    operationId: operation.operationId,
    method: method.toUpperCase(),
    path: new RegExp(`^${pattern}$`),
    names,
    inPath: ajv.compile({ type: 'object', properties: Object.fromEntries(properties) }),
    inForm: ajv.compile(
      operation.requestBody?.content['application/x-www-form-urlencoded'].schema ?? nothing,
    ),
  };
}

function problemsOf(route: Route, validate: ValidateFunction, value: unknown): string[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) =>
      `${route.operationId} ${instancePath || '/'}: ${message} ${JSON.stringify(params)}`,
  );
}
