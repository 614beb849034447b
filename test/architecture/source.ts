import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.resolve(import.meta.dirname, '../..');
const notOurs = new Set(['node_modules', 'dist', 'coverage', '.git', '.handrail']);

/** A file of the repository; `path` is relative to its top, with forward slashes. */
export interface RepositoryFile {
  readonly path: string;
  readonly text: string;
}

/** A TypeScript file with its syntax tree. */
export interface Source extends RepositoryFile {
  readonly tree: ts.SourceFile;
}

/** Names at the top level, without what tools make. */
export const topLevel = (): string[] => readdirSync(root).filter((name) => !notOurs.has(name));

/** Every file below a folder or under a name, sorted; nothing where there is none. */
export function filesIn(...places: string[]): RepositoryFile[] {
  return places
    .flatMap(pathsIn)
    .toSorted()
    .map((file) => ({ path: file, text: readFileSync(path.join(root, file), 'utf8') }));
}

function pathsIn(place: string): string[] {
  const parent = path.posix.dirname(place);
  const entries = readdirSync(path.join(root, parent), { withFileTypes: true });
  const entry = entries.find(({ name }) => name === path.posix.basename(place));
  if (entry === undefined || notOurs.has(entry.name)) return [];
  if (!entry.isDirectory()) return [place];
  const below = readdirSync(path.join(root, place));
  return below.flatMap((name) => pathsIn(path.posix.join(place, name)));
}

/** Every TypeScript file of the service, parsed. */
export const sources: readonly Source[] = filesIn('src')
  .filter(({ path: file }) => /\.tsx?$/.test(file))
  .map((file) => ({ ...file, tree: parse(file.path, file.text) }));

function parse(file: string, text: string): ts.SourceFile {
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  return ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true, kind);
}

/** Every node of a tree, parents before children. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  for (const child of children) yield* nodesOf(child);
}

/** Where a node stands, as an editor opens it: `src/main.ts:12`. */
export function placeOf({ tree, path: file }: Source, node: ts.Node): string {
  return `${file}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1}`;
}

/** `file:line` of every match in a text. */
export function linesMatching({ path: file, text }: RepositoryFile, pattern: RegExp): string[] {
  return text
    .split('\n')
    .flatMap((line, at) => (pattern.test(line) ? [`${file}:${at + 1}: ${line.trim()}`] : []));
}
