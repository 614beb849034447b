import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { assembleDirectory, DirectoryFile, type Directory } from './rules/entry.js';
import { problemsOf } from './rules/validate.js';

/** Reads and checks a whole folder; throws with every problem listed, so a start stops at once. */
export function loadDirectory(folder: string): Directory {
  const problems: string[] = [];
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .toSorted()
    .flatMap((name) => {
      const read = DirectoryFile.safeParse(parse(readFileSync(path.join(folder, name), 'utf8')));
      if (read.success) return [read.data];
      for (const issue of read.error.issues)
        problems.push(`${name}: ${issue.path.join('.')}: ${issue.message}`);
      return [];
    });
  const directory = assembleDirectory(files);
  problems.push(...problemsOf(directory));
  if (problems.length > 0)
    throw new Error(`The emergency resources in ${folder} are not fit:\n${problems.join('\n')}`);
  return directory;
}
