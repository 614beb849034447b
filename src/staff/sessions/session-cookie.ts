import { PublicAddress } from '../../platform/http/public-address.js';

const cookieLengthMax = 200;

/** Over https only as a cookie no other host can set; plain over http, which is for localhost. */
const nameFor = ({ base }: PublicAddress): string =>
  base.startsWith('https:') ? '__Host-handrail' : 'handrail';

/** The session's token among the cookies of a request, or null. */
export function readSessionCookie(
  address: PublicAddress,
  header: string | undefined,
): string | null {
  const start = `${nameFor(address)}=`;
  const found = header?.split(/; */).find((pair) => pair.startsWith(start));
  return found?.slice(start.length, start.length + cookieLengthMax) || null;
}

/** The `Set-Cookie` header that starts a session in the browser; an empty token ends it. */
export function sessionCookie(address: PublicAddress, token: string): string {
  const parts = [`${nameFor(address)}=${token}`, 'Path=/', 'HttpOnly', 'SameSite=Lax'];
  if (address.base.startsWith('https:')) parts.push('Secure');
  if (token === '') parts.push('Max-Age=0');
  return parts.join('; ');
}
