import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FailedRequest, Problem, ProblemAnswer, ProblemExtras } from './problem.js';
import { secure } from './server/security-headers.js';

export const problemType = 'application/problem+json; charset=utf-8';

type Members = Readonly<Record<string, unknown>>;

const prepared = new WeakMap<object, Members>();

/** Members for the problem this request ends as, should it fail from here on. */
export function prepareForFailure(request: FastifyRequest, members: Members): void {
  prepared.set(request.raw, members);
}

/** The problem's own members win over those of the extras. */
export function problemBody(
  problem: Problem,
  extras: ProblemExtras | null,
  request: FailedRequest,
): string {
  return JSON.stringify({ ...extras?.forRequest(request), ...problem });
}

/** Answers a failed request. When part of an answer is already out, the connection is cut. */
export function sendProblem(
  reply: FastifyReply,
  { problem: bare, headers }: ProblemAnswer,
  extras: ProblemExtras | null,
): void {
  if (reply.raw.headersSent) {
    reply.raw.destroy();
    return;
  }
  const { url = '/', headers: asked } = reply.request.raw;
  const request = { url, headers: asked };
  const problem = { ...prepared.get(reply.request.raw), ...bare };
  const page = extras?.page(problem, request) ?? null;
  reply.code(problem.status).headers({ ...headers });
  reply.type(page === null ? problemType : 'text/html; charset=utf-8');
  secure(reply);
  reply.send(page ?? problemBody(problem, extras, request));
}
