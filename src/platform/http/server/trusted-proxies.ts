import { isIP } from 'node:net';

/** How many proxies stand before us, or their addresses; false for none. */
export type TrustedProxies = false | number | string[];

const hops = /^[1-9]$/;
const range = /^([^/]+)\/([1-9]\d{0,2})$/;

/** Null for what is neither a number of proxies nor a list of addresses and ranges. */
export function readTrustedProxies(text: string): TrustedProxies | null {
  const stated = text.trim();
  if (hops.test(stated)) return Number(stated);
  const parts = stated.split(',').map((part) => part.trim());
  return parts.every(isAddress) ? parts : null;
}

/** One address or range; everybody at once (`/0`) is none, since that trusts whatever is said. */
function isAddress(text: string): boolean {
  const [, base = text, bits] = range.exec(text) ?? [];
  const version = isIP(base);
  return version !== 0 && (bits === undefined || Number(bits) <= (version === 4 ? 32 : 128));
}

/** As the server takes it, which by itself believes no number of proxies. */
export function trustOf(proxies: TrustedProxies): Exclude<TrustedProxies, number> | IsTrusted {
  return typeof proxies === 'number' ? (_address, hop) => hop < proxies : proxies;
}

type IsTrusted = (address: string, hop: number) => boolean;
