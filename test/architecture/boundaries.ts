import ts from 'typescript';
import { type Import, imports } from './imports.js';
import { compositionFiles, isOffered, mayImport } from './rooms.js';
import { nodesOf, placeOf, type Source, sources } from './source.js';

/** The folder of `src` that a file stands in, or null at the top. */
const roomOf = (file: string): string | null =>
  file.includes('/') ? (file.split('/')[0] ?? null) : null;

const roleOf = (file: string): string | null => /\.([a-z-]+)$/.exec(file)?.[1] ?? null;
const isRule = (file: string): boolean => file.split('/').includes('rules');
const say = ({ place, to }: Import): string => `${place} imports ${to}`;

const betweenRooms = imports.filter(
  ({ from, to, isFile }) => isFile && roomOf(from) !== null && roomOf(from) !== roomOf(to),
);

export function forbiddenRooms(): string[] {
  return betweenRooms
    .filter(
      ({ from, to }) => roomOf(to) !== null && !mayImport(roomOf(from) ?? '', roomOf(to) ?? ''),
    )
    .map(say);
}

/** Who else knows how the rooms and the configuration are composed than the top and `cli`. */
export function forbiddenComposition(): string[] {
  const composes = (from: string) => roomOf(from) === 'cli' || compositionFiles.includes(from);
  return imports
    .filter(({ from, to, isFile }) => isFile && roomOf(to) === null && !composes(from))
    .map(say);
}

/** What a room keeps to itself and another takes: rows, stores, whatever serves only itself. */
export function takenFromInside(): string[] {
  return betweenRooms
    .filter(({ to }) => !['platform', 'migrations', null].includes(roomOf(to)))
    .filter(({ from, to, typesOnly }) => {
      const room = roomOf(from) ?? '';
      if (isRule(to)) return ['web', 'cli'].includes(room) && !typesOnly;
      return !isOffered(room, roomOf(to) ?? '', roleOf(to));
    })
    .map((found) => say(found) + (isRule(found.to) ? ' for more than its types' : ''));
}

/** Rooms that import each other, directly or round a corner, types included. */
export function cyclesOfRooms(): string[] {
  const next = new Map<string, Set<string>>();
  for (const { from, to } of betweenRooms) {
    const room = roomOf(from) ?? '';
    next.set(room, (next.get(room) ?? new Set()).add(roomOf(to) ?? to));
  }
  const found = new Set<string>();
  const walk = (room: string, way: readonly string[]): void => {
    const before = way.indexOf(room);
    if (before >= 0) return void found.add(wayRound(way.slice(before)));
    for (const other of next.get(room) ?? []) walk(other, [...way, room]);
  };
  for (const room of next.keys()) walk(room, []);
  return [...found];
}

/** Told from its first name in the alphabet, so that one circle is found once. */
function wayRound(way: readonly string[]): string {
  const first = way.indexOf(way.toSorted()[0] ?? '');
  const turned = [...way.slice(first), ...way.slice(0, first)];
  return [...turned, turned[0]].join(' -> ');
}

const ofRules = ['zod', 'temporal-polyfill', 'canonicalize', 'ical.js'];

export function impureImports(): string[] {
  return imports
    .filter(({ from }) => isRule(from))
    .filter(({ to, isFile }) => (isFile ? !isRule(to) : !ofRules.includes(to)))
    .map(say);
}

interface Library {
  readonly name: RegExp;
  readonly place: RegExp;
}

const libraries: readonly Library[] = [
  { name: /^twilio(\/|$)/, place: /^platform\/telephony\// },
  { name: /^nodemailer(\/|$)/, place: /^platform\/mail\// },
  { name: /^(@nestjs\/)?bullmq$|^ioredis$/, place: /^platform\/queue\// },
  {
    name: /^(@nestjs\/)?typeorm(\/|$)/,
    place: /^platform\/(db\/|clock\.ts$)|^migrations\/|\.(row|store)\.ts$/,
  },
];

export function strayLibraries(): string[] {
  return imports
    .filter(({ from, to }) =>
      libraries.some(({ name, place }) => name.test(to) && !place.test(from)),
    )
    .map(say);
}

/** Parts of a file that rules may not have: a class, a promise. */
export function impureRules(): string[] {
  const rules = sources.filter(({ path: file }) => isRule(file));
  return rules.flatMap((source) =>
    [...nodesOf(source.tree)].flatMap((node) => impure(source, node)),
  );
}

function impure(source: Source, node: ts.Node): string[] {
  if (ts.isClassLike(node)) return [`${placeOf(source, node)} is a class`];
  if (node.kind === ts.SyntaxKind.AsyncKeyword) return [`${placeOf(source, node)} is asynchronous`];
  return [];
}
