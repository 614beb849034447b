import ts from 'typescript';
import { lint } from '../../src/wording/rules/lint.js';
import {
  filesIn,
  linesMatching,
  nodesOf,
  placeOf,
  type RepositoryFile,
  sources,
} from './source.js';

const places =
  '.ci README.md config docker docs package.json package-lock.json scripts src test'.split(' ');
const texts: readonly RepositoryFile[] = filesIn(...places);

// Written so that none of them finds itself.
const postponed = /\b(?:TO[D]O|FIX[M]E|X[X]X)\b/;
const silenced = /(?:es|ox)lint[-]disable|@ts[-](?:ignore|nocheck|expect-error)|prettier[-]ignore/;
const otherMachines =
  /(?<![\w.])(?:[/]work[/]|regist[r]y\.)|npm[m]irror|artif[a]ctory|verdacc[i]o/i;

const linesOf = (pattern: RegExp) => () => texts.flatMap((file) => linesMatching(file, pattern));

export const postponedWork = linesOf(postponed);
export const silencedChecks = linesOf(silenced);
export const namesOfOtherMachines = linesOf(otherMachines);

/** E.164, or as people in North America write it. */
const phoneNumber =
  /(?<![\w.+-])(?:\+[1-9]\d{7,14}|(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4})(?![\w$-])/g;
/** Set aside for fiction, by the North American plan (555-01xx) and by Ofcom (020 7946 0xxx). */
const invented = /^1?\d{3}55501\d\d$|^44(20)?79460\d{3}$/;
const countryCodeLengthMax = 3;
const digitsOf = (text: string): string => text.replaceAll(/\D/g, '');

/** Every number of the directory of public lines, digits only. */
const publicLines = new Set(
  filesIn('config/resources').flatMap(({ text }) =>
    [...text.matchAll(/\d[\d ()-]+\d/g)].map(([number]) => digitsOf(number)),
  ),
);

export function numbersThatMayBeReal(): string[] {
  return texts.flatMap(({ path, text }) =>
    [...text.matchAll(phoneNumber)]
      .map(([number]) => number)
      .filter((number) => !invented.test(digitsOf(number)) && !isPublic(digitsOf(number)))
      .map((number) => `${path}: ${number}`),
  );
}

/** With or without the code of its country. */
function isPublic(digits: string): boolean {
  const cuts = Array.from({ length: countryCodeLengthMax + 1 }, (_, cut) => digits.slice(cut));
  return cuts.some((number) => publicLines.has(number));
}

/** What the pages of a participant say that no sentence of `config/wording` may say either. */
export function badWordsOnHelpPages(): string[] {
  return sources
    .filter(({ path }) => path.startsWith('src/web/help/'))
    .flatMap((source) =>
      [...nodesOf(source.tree)]
        .filter((node) => ts.isJsxText(node) || ts.isStringLiteralLike(node))
        .flatMap((node) => badWords(node.text).map((bad) => `${placeOf(source, node)}: ${bad}`)),
    );
}

function badWords(text: string): string[] {
  const sentences = { 'screen.button': text } as Parameters<typeof lint>[1];
  return [...lint('en', sentences), ...lint('es', sentences)];
}
