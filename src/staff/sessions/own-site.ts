import type { PublicAddress } from '../../platform/http/public-address.js';

interface Headers {
  origin?: string | undefined;
  'sec-fetch-site'?: string | string[] | undefined;
}

/**
 * Whether a request that changes something can come from one of our own pages. Our pages send no
 * referrer, so browsers say `Origin: null` for their forms and only Sec-Fetch-Site tells.
 */
export function isFromOwnSite(headers: Headers, { base }: PublicAddress): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin } = headers;
  return origin === undefined || origin === 'null' || origin === new URL(base).origin;
}
