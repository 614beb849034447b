import type { ResourceQuery } from './select.js';

const tagsMax = 20;

/** Reads what the address and the browser say; unknown or broken parts count as not said. */
export function readResourceQuery(
  url: string,
  acceptLanguage?: string | readonly string[],
): ResourceQuery {
  const params = new URLSearchParams(url.slice(url.indexOf('?') + 1 || url.length));
  return {
    country: params.get('country'),
    region: params.get('region'),
    language: params.get('language') ?? preferred(acceptLanguage),
    audience: params
      .getAll('audience')
      .flatMap((tags) => tags.split(','))
      .slice(0, tagsMax),
  };
}

/** The first language of `Accept-Language`: browsers list the favorite one first. */
function preferred(header: string | readonly string[] | undefined): string | null {
  const [first = ''] = typeof header === 'string' ? [header] : (header ?? []);
  return first.split(/[,;]/)[0] || null;
}
