import twilio from 'twilio';

export interface SignedRequest {
  /** The `X-Twilio-Signature` header, whatever arrived in it. */
  signature: unknown;
  /** The address as configured on our side, with path and query; a fragment is not signed. */
  publicUrl: string;
  /** The parsed form body. */
  params: unknown;
  authTokens: readonly string[];
}

/** True only for a request signed with one of the tokens. Never throws, whatever comes in. */
export function verifySignature(request: SignedRequest): boolean {
  const { signature, publicUrl, params, authTokens } = request;
  if (typeof signature !== 'string' || signature === '' || !isFlatForm(params)) return false;
  const [url = ''] = publicUrl.split('#', 1);
  try {
    return authTokens.some((token) => twilio.validateRequest(token, signature, url, params));
  } catch {
    // Safe: the library throws on addresses that are none, and those are signed by nobody.
    return false;
  }
}

function isFlatForm(params: unknown): params is Record<string, string | string[]> {
  if (typeof params !== 'object' || params === null || Array.isArray(params)) return false;
  return Object.values(params).every(
    (value) =>
      typeof value === 'string' ||
      (Array.isArray(value) && value.every((item) => typeof item === 'string')),
  );
}
