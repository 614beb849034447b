export interface Answer<Body = Record<string, unknown>> {
  status: number;
  headers: Headers;
  /** Parsed when it is JSON, otherwise the text. */
  body: Body;
}

/** One request on a connection of its own, so that no dead one is used again. */
export async function request<Body = Record<string, unknown>>(
  url: string,
  { method, headers, body }: { method: string; headers?: Record<string, string>; body?: string },
): Promise<Answer<Body>> {
  const response = await fetch(url, {
    method,
    headers: { connection: 'close', ...headers },
    ...(body !== undefined && { body }),
    redirect: 'manual',
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    body: (isJson ? JSON.parse(text) : text) as Body,
  };
}
