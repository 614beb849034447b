import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { lint } from './rules/lint.js';
import { problemsOf, type Language, type Sentences } from './rules/sentences.js';

const WordingFile = z.record(z.string(), z.record(z.string(), z.string().trim().min(1)));

/** Reads and checks one language; throws with every problem listed, so a start stops at once. */
export function loadWording(folder: string, language: Language): Sentences {
  const file = path.join(folder, `${language}.yaml`);
  const groups = WordingFile.parse(parse(readFileSync(file, 'utf8')));
  const found = Object.fromEntries(
    Object.entries(groups).flatMap(([group, texts]) =>
      Object.entries(texts).map(([name, text]) => [`${group}.${name}`, text]),
    ),
  );
  const problems = problemsOf(found);
  if (!isComplete(found, problems)) throw new Error(`${file} is not fit:\n${problems.join('\n')}`);
  const findings = lint(language, found);
  if (findings.length > 0) throw new Error(`${file} is not fit:\n${findings.join('\n')}`);
  return found;
}

const isComplete = (
  found: Readonly<Record<string, string>>,
  problems: readonly string[],
): found is Sentences => problems.length === 0;
