import type { FastifyRequest } from 'fastify';
import type { Problem } from '../../platform/http/problem.js';
import { prepareForFailure } from '../../platform/http/send-problem.js';

/** The page this request ends as, should anything on our side fail from here on. */
export function prepareFailurePage(request: FastifyRequest, render: () => string): void {
  prepareForFailure(request, { failurePage: render });
}

/** Null: nothing was prepared, or it was not our side that failed. */
export function preparedPage({ status, failurePage }: Problem): string | null {
  if (status < 500 || typeof failurePage !== 'function') return null;
  return (failurePage as () => string)();
}
