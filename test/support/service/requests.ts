export interface Answer<Body = Record<string, unknown>> {
  status: number;
  headers: Headers;
  /** Parsed when it is JSON, otherwise the text. */
  body: Body;
}

/** The staff API as somebody with this token sees it; what they were shown is noted. */
export function staffApi(
  url: string,
  token: string | null,
  note: (path: string, status: number) => Promise<void>,
) {
  const authorization = token === null ? {} : { authorization: `Bearer ${token}` };
  const headers = { 'content-type': 'application/json', ...authorization };
  return {
    get: async (path: string): Promise<Answer> => {
      const answer = await request(url + path, { method: 'GET', headers });
      await note(path, answer.status);
      return answer;
    },
    post: (path: string, body: unknown = {}): Promise<Answer> =>
      request(url + path, { method: 'POST', headers, body: JSON.stringify(body) }),
    put: (path: string, body: unknown): Promise<Answer> =>
      request(url + path, { method: 'PUT', headers, body: JSON.stringify(body) }),
    delete: (path: string): Promise<Answer> =>
      request(url + path, { method: 'DELETE', headers: authorization }),
  };
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
