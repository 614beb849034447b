const statusOf = {
  bad_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  too_large: 413,
  unsupported_media_type: 415,
  unprocessable: 422,
  too_many_requests: 429,
} as const;

export type RejectionKind = keyof typeof statusOf;

/**
 * The caller's fault: ends as a 4xx problem and is never logged as an error.
 * `code` is the stable word a program can react to; it defaults to the kind.
 */
export class Rejection extends Error {
  readonly status: number;

  constructor(
    readonly kind: RejectionKind,
    readonly detail: string,
    readonly code: string = kind,
    readonly extra: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
    this.status = statusOf[kind];
  }
}
