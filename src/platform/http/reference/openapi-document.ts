import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { z } from 'zod';
import { ALLOW, type Permission } from '../allow.js';
import { DOCUMENTED, type Documentation } from './documented.js';

interface Argument {
  data?: string;
  schema?: z.ZodType;
}
interface Handler {
  controller: Type;
  name: string;
  run: object;
}
type JsonSchema = Record<string, unknown>;

// Nest numbers the kinds of handler arguments; these are the ones a client can send.
const kinds = { 3: 'body', 4: 'query', 5: 'path' } as const;

/** Describes every route from the very schemas that parse its requests. OpenAPI 3.1. */
export function openApiDocument(controllers: readonly Type[]): JsonSchema {
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const handler of controllers.flatMap(handlersOf)) {
    const path = pathOf(handler);
    const method = RequestMethod[methodOf(handler)]?.toLowerCase() ?? 'get';
    paths[path] = { ...paths[path], [method]: operationOf(handler) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Handrail',
      version: '1',
      description: 'Crisis-support escalation and on-call routing. Times are RFC 3339 UTC.',
    },
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: problem },
    },
  };
}

function handlersOf(controller: Type): Handler[] {
  const prototype = controller.prototype as Record<string, object>;
  return Object.getOwnPropertyNames(prototype)
    .filter((name) => name !== 'constructor')
    .map((name) => ({ controller, name, run: Object(prototype[name]) as object }))
    .filter(({ run }) => Reflect.hasMetadata(METHOD_METADATA, run));
}

function methodOf({ run }: Handler): RequestMethod {
  return Reflect.getMetadata(METHOD_METADATA, run) as RequestMethod;
}

function pathOf({ controller, run }: Handler): string {
  const parts = [controller, run].map((at) => String(Reflect.getMetadata(PATH_METADATA, at) ?? ''));
  const path = parts
    .flatMap((part) => part.split('/'))
    .filter(Boolean)
    .map((part) => part.replace(/^:(\w+)/, '{$1}'));
  return `/${path.join('/')}`;
}

function operationOf(handler: Handler): JsonSchema {
  const args = argumentsOf(handler);
  const said = documentationOf(handler);
  const body = said?.body ?? args.find(({ kind }) => kind === 'body')?.schema;
  const allowed = permissionsOf(handler);
  const isOpen = allowed.includes('anyone') && said?.bearer === undefined;
  const name = handler.controller.name.replace(/Controller$/, '');
  return {
    operationId: `${name}.${handler.name}`,
    tags: [name],
    description: `Open to: ${said?.bearer ?? (allowed.join(', ') || 'nobody')}.`,
    parameters: [...pathParameters(handler), ...args.flatMap(parametersOf)],
    ...(body && { requestBody: { content: { 'application/json': { schema: toJson(body) } } } }),
    ...(!isOpen && { security: [{ bearer: [] }] }),
    responses: {
      ...answersOf(said),
      default: problemAnswer('A problem, with emergency resources'),
    },
  };
}

function documentationOf({ controller, run }: Handler): Documentation | undefined {
  return (Reflect.getMetadata(DOCUMENTED, run) ?? Reflect.getMetadata(DOCUMENTED, controller)) as
    Documentation | undefined;
}

function answersOf(said: Documentation | undefined): Record<string, JsonSchema> {
  if (said === undefined) return { '2XX': { description: 'Done' } };
  const answers = Object.entries(said.answers).map(([status, { description, schema }]) => {
    if (Number(status) >= 400) return [status, problemAnswer(description)];
    const content = schema && { 'application/json': { schema: toJson(schema, 'output') } };
    return [status, { description, ...(content && { content }) }];
  });
  return Object.fromEntries(answers) as Record<string, JsonSchema>;
}

function problemAnswer(description: string): JsonSchema {
  const schema = { $ref: '#/components/schemas/Problem' };
  return { description, content: { 'application/problem+json': { schema } } };
}

function permissionsOf({ controller, run }: Handler): Permission[] {
  return (Reflect.getMetadata(ALLOW, run) ??
    Reflect.getMetadata(ALLOW, controller) ??
    []) as Permission[];
}

function argumentsOf({ controller, name }: Handler) {
  const all = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {}) as Record<
    string,
    Argument
  >;
  return Object.entries(all).flatMap(([key, { data, schema }]) => {
    const kind = kinds[Number(key.split(':')[0]) as keyof typeof kinds];
    return kind === undefined ? [] : [{ kind, data, schema }];
  });
}

/** A query's schema has one property a parameter. */
function parametersOf({ kind, schema }: ReturnType<typeof argumentsOf>[number]): JsonSchema[] {
  if (kind !== 'query' || schema === undefined) return [];
  const { properties = {}, required = [] } = toJson(schema) as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema: property,
  }));
}

function pathParameters(handler: Handler): JsonSchema[] {
  const args = argumentsOf(handler).filter(({ kind }) => kind === 'path');
  return [...pathOf(handler).matchAll(/\{(\w+)\}/g)].map(([, name]) => {
    const schema = args.find(({ data }) => data === name)?.schema;
    return {
      name,
      in: 'path',
      required: true,
      schema: schema ? toJson(schema) : { type: 'string' },
    };
  });
}

const toJson = (schema: z.ZodType, io: 'input' | 'output' = 'input'): JsonSchema =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any' });

const problem: JsonSchema = {
  type: 'object',
  description: 'RFC 9457',
  required: ['type', 'title', 'status', 'detail', 'code', 'resources'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string', description: 'A stable word a program can react to' },
    resources: { type: 'array', items: { type: 'object' } },
  },
};
