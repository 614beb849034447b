import { createServer, type IncomingMessage, type ServerOptions } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest, FastifyServerOptions } from 'fastify';
import { lenientReader, readsLeniently } from '../lenient-body.js';
import { answerFor, type ProblemExtras } from '../problem.js';
import { Rejection } from '../rejection.js';
import { sendProblem } from '../send-problem.js';
import { readForm } from './forms.js';
import type { HttpLimits } from './limits.js';
import { secure } from './security-headers.js';
import { Sockets } from './sockets.js';
import { type TrustedProxies, trustOf } from './trusted-proxies.js';

/** The server in front of Nest: every failure it can produce by itself becomes a problem. */
export function createAdapter(
  limits: HttpLimits,
  trustedProxies: TrustedProxies,
  extras: () => ProblemExtras | null,
): FastifyAdapter {
  const sockets = new Sockets(limits.lingerMs, extras);
  const options: FastifyServerOptions = {
    trustProxy: trustOf(trustedProxies),
    bodyLimit: limits.bodyBytesMax,
    keepAliveTimeout: limits.keepAliveMs,
    requestTimeout: limits.headersTimeoutMs + limits.bodyTimeoutMs,
    return503OnClosing: false,
    routerOptions: {
      ignoreTrailingSlash: true,
      maxParamLength: limits.pathParameterCharsMax,
    },
    frameworkErrors: (error, _request, reply) => sendProblem(reply, answerFor(error), extras()),
    clientErrorHandler: (error, socket) => sockets.onError(error, socket),
    serverFactory: (handler) => {
      const server = createServer(serverOptions(limits), handler);
      sockets.watch(server);
      // Who closes their half after asking still waits for the answer; Node's own default hangs up.
      return Object.assign(server, { httpAllowHalfOpen: true });
    },
  };
  const adapter = new FastifyAdapter(options);
  addHooks(adapter.getInstance(), limits);
  addForms(adapter, limits);
  addJson(adapter, limits);
  return adapter;
}

const serverOptions = (limits: HttpLimits): ServerOptions => ({
  headersTimeout: limits.headersTimeoutMs,
  requestTimeout: limits.headersTimeoutMs + limits.bodyTimeoutMs,
  keepAliveTimeout: limits.keepAliveMs,
  connectionsCheckingInterval: limits.timeoutCheckMs,
  requireHostHeader: false,
});

function addHooks(instance: FastifyInstance, limits: HttpLimits): void {
  instance.addHook('onRoute', (route) => {
    if (readsLeniently(route.config)) route.preParsing = lenientReader(limits);
  });
  instance.addHook('onRequest', (request, _reply, done) => {
    done(request.is404 ? noRoute(instance, request) : undefined);
  });
  instance.addHook('onSend', async (request, reply) => {
    secure(reply);
    if (reply.statusCode === 413) await discardRest(request.raw, limits.lingerMs);
  });
}

/** Asked before the body is read: 405 with the methods this address takes, or 404. */
function noRoute(instance: FastifyInstance, { url }: FastifyRequest): Rejection {
  const allow = instance.supportedMethods.filter(
    (method) => instance.findRoute({ method, url }) !== null,
  );
  if (allow.length === 0) return new Rejection('not_found', 'There is nothing at this address.');
  const detail = 'This address does not take this method.';
  return new Rejection('method_not_allowed', detail, 'method_not_allowed', { allow });
}

/** Closing with unread bytes would reset the connection and lose the answer. */
async function discardRest(source: IncomingMessage, lingerMs: number): Promise<void> {
  if (source.complete) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, lingerMs);
    const stop = (): void => {
      clearTimeout(timer);
      resolve();
    };
    for (const event of ['end', 'close', 'error']) source.once(event, stop);
    source.resume();
  });
}

function addForms(adapter: FastifyAdapter, { bodyBytesMax, formFieldsMax }: HttpLimits): void {
  adapter.getInstance().removeContentTypeParser('text/plain');
  adapter.useBodyParser(
    'application/x-www-form-urlencoded',
    false,
    { bodyLimit: bodyBytesMax },
    (_request, body, done) => done(null, readForm(String(body), formFieldsMax)),
  );
}

/** An empty body is none, also when it is said to be JSON: what needs a body says so by itself. */
function addJson(adapter: FastifyAdapter, { bodyBytesMax }: HttpLimits): void {
  const parse = adapter.getInstance().getDefaultJsonParser('error', 'error');
  adapter.useBodyParser(
    'application/json',
    false,
    { bodyLimit: bodyBytesMax },
    (request, body, done) => {
      if (body.length === 0) done(null);
      else void parse(request, String(body), done);
    },
  );
}
