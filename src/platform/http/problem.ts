import { STATUS_CODES, type IncomingHttpHeaders } from 'node:http';
import { HttpException } from '@nestjs/common';
import { isOutage } from './outage.js';
import { Rejection } from './rejection.js';

/** RFC 9457, with a stable `code` a program can react to; further members come beside these. */
export interface Problem extends Readonly<Record<string, unknown>> {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
}

export interface ProblemAnswer {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;
  /** Who is at fault: only a `bug` is logged as an error. */
  readonly fault: 'caller' | 'outage' | 'bug';
}

/** What is known of a request that failed; both parts are empty for malformed HTTP. */
export interface FailedRequest {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** Renders a problem for somebody with a browser; null answers with JSON. Never throws. */
export type ProblemPages = (problem: Problem, request: FailedRequest) => string | null;

/** What every problem carries beyond itself, so that no answer is a dead end. Never throws. */
export abstract class ProblemExtras {
  private pages: ProblemPages | null = null;

  abstract forRequest(request: FailedRequest): Readonly<Record<string, unknown>>;

  /** From then on problems can be pages; without it all of them are JSON. */
  showPages(pages: ProblemPages): void {
    this.pages = pages;
  }

  page(problem: Problem, request: FailedRequest): string | null {
    return this.pages?.(problem, request) ?? null;
  }
}

const retryAfterS = '2';
const known: Readonly<Record<number, readonly [code: string, detail: string]>> = {
  400: ['bad_request', 'The request could not be read.'],
  401: ['unauthenticated', 'Sign in, or send a valid key.'],
  403: ['forbidden', 'This is not open to you.'],
  404: ['not_found', 'There is nothing at this address.'],
  405: ['method_not_allowed', 'This address does not take this method.'],
  408: ['timed_out', 'The request did not arrive in time.'],
  413: ['too_large', 'The request is larger than this address takes.'],
  414: ['address_too_long', 'The address is too long.'],
  415: ['unsupported_media_type', 'This address does not take this content type.'],
  431: ['headers_too_large', 'The request headers are too large.'],
  500: ['internal', 'Something went wrong on our side.'],
  503: ['unavailable', 'Part of the service is down. Try again shortly.'],
};
/** Errors of the framework that deserve a code of their own. */
const frameworkCodes: Readonly<Record<string, readonly [code: string, detail: string]>> = {
  FST_ERR_BAD_URL: ['malformed_address', 'The address could not be decoded.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['invalid_body', 'The body is not valid JSON.'],
};

/** A problem that says no more than its status; details never repeat what was sent. */
export function problemOf(status: number, code?: string, detail?: string): Problem {
  const [knownCode, knownDetail] = known[status] ?? ['refused', 'The request was refused.'];
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: detail ?? knownDetail,
    code: code ?? knownCode,
  };
}

/** The answer to whatever was thrown. */
export function answerFor(error: unknown): ProblemAnswer {
  if (error instanceof Rejection) return rejected(error);
  const status = statusOf(error);
  if (status !== null && status < 500) {
    const [code, detail] = frameworkCodes[codeOf(error)] ?? [];
    return { problem: problemOf(status, code, detail), headers: {}, fault: 'caller' };
  }
  if (isOutage(error) || status === 503)
    return { problem: problemOf(503), headers: { 'Retry-After': retryAfterS }, fault: 'outage' };
  return { problem: problemOf(500), headers: {}, fault: 'bug' };
}

function rejected({ status, code, detail, extra }: Rejection): ProblemAnswer {
  const { allow } = extra;
  return {
    problem: { ...extra, ...problemOf(status, code, detail) },
    headers: Array.isArray(allow) ? { Allow: allow.join(', ') } : {},
    fault: 'caller',
  };
}

/** The status an error of the framework brings along, or null for any other error. */
function statusOf(error: unknown): number | null {
  if (error instanceof HttpException) return error.getStatus();
  const { name, statusCode } = membersOf(error);
  return name === 'FastifyError' && typeof statusCode === 'number' ? statusCode : null;
}

function membersOf(error: unknown): Readonly<Record<string, unknown>> {
  return Object(error) as Record<string, unknown>;
}

/** Nest wraps the framework's own error as the cause. */
function codeOf(error: unknown): string {
  const { code } = membersOf(error instanceof HttpException ? error.cause : error);
  return typeof code === 'string' ? code : '';
}
