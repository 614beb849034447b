import { Injectable } from '@nestjs/common';
import { shortenText } from '../../platform/shorten-text.js';
import type { ShownResource } from '../../resources/rules/answer.js';
import { Resources } from '../../resources/resources.service.js';
import type { Language } from '../../wording/rules/sentences.js';
import { type Say, Wording } from '../../wording/wording.service.js';

/** What people can say to see further lines; categories and tags of the directory. */
export const audiences = [
  'youth',
  'veterans',
  'lgbtq',
  'deaf',
  'maternal',
  'substance',
  'dv',
  'child_protection',
  'poison',
  'disaster',
] as const;
type Audience = (typeof audiences)[number];

const statedLengthMax = 60;

/** How somebody looks at a page of ours: in which language, from where, with which lines. */
export interface Visit {
  language: Language;
  say: Say;
  /** ISO 3166-1 alpha-2 of the lines shown; null when nobody said one. */
  country: string | null;
  resources: ShownResource[];
  /** As stated on the page, kept from one page to the next. */
  stated: { country: string | null; region: string | null; audience: Audience[] };
  countries: { code: string; name: string }[];
  countryName: string | null;
  /** The lines are for another country than the program's. */
  isElsewhere: boolean;
  /** This page in the other language. */
  inOtherLanguage: string;
  /** Another of our pages, with what was stated kept unless it is stated anew. */
  to(path: string, more?: Readonly<Record<string, string>>): string;
}

export interface VisitDefaults {
  /** Of the request being looked at: what its owner reads. */
  language?: string | null | undefined;
  country?: string | null | undefined;
  region?: string | null | undefined;
  program: { country: string; region: string | null; language: string } | null;
}

/** Needs nothing but bundled files, so it works with everything else dead. */
@Injectable()
export class Visits {
  constructor(
    private readonly resources: Resources,
    private readonly wording: Wording,
  ) {}

  of(
    path: string,
    asked: URLSearchParams,
    acceptLanguage: string | undefined,
    { program, ...own }: VisitDefaults,
  ): Visit {
    const language = this.wording.languageOf(
      asked.get('lang') ?? own.language ?? preferred(acceptLanguage) ?? program?.language,
    );
    const stated = {
      country: short(asked.get('country')),
      region: short(asked.get('region')),
      audience: audiences.filter((one) => asked.getAll('audience').includes(one)),
    };
    const country = stated.country ?? own.country;
    const home = country ? null : program;
    const shown = this.resources.forRequest({
      country,
      region: stated.region ?? (stated.country ? null : (own.region ?? home?.region)),
      language,
      audience: stated.audience,
      fallbackCountry: program?.country,
    });
    const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'code' });
    const keep = (lang: string | null, more = {}): string => query(stated, lang, more);
    return {
      language,
      say: this.wording.in(language),
      ...shown,
      stated,
      countries: this.resources
        .countries()
        .map((code) => ({ code, name: names.of(code) ?? code }))
        .toSorted((a, b) => a.name.localeCompare(b.name, language)),
      isElsewhere: program !== null && shown.country !== program.country,
      countryName: shown.country && (names.of(shown.country) ?? shown.country),
      inOtherLanguage: path + keep(language === 'es' ? 'en' : 'es'),
      to: (to, more) => to + keep(asked.get('lang') === null ? null : language, more),
    };
  }
}

function query(
  { country, region, audience }: Visit['stated'],
  lang: string | null,
  more: Readonly<Record<string, string>>,
): string {
  const params = new URLSearchParams();
  if (lang) params.set('lang', lang);
  if (country) params.set('country', country);
  if (region) params.set('region', region);
  for (const one of audience) params.append('audience', one);
  for (const [name, value] of Object.entries(more)) params.set(name, value);
  return params.size > 0 ? `?${params}` : '';
}

const short = (text: string | null): string | null =>
  shortenText(text?.trim() ?? '', statedLengthMax) || null;

/** The first language of the browser's list that we speak. */
function preferred(header: string | undefined): string | undefined {
  const tags = header?.split(',').map((part) => part.split(';')[0]?.trim() ?? '');
  return tags?.find((tag) => /^(en|es)\b/i.test(tag));
}
