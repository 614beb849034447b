import ts from 'typescript';
import { nodesOf, placeOf, type Source, sources } from './source.js';

const mayReadTheClock = /^src\/(platform\/clock\.ts$|platform\/log\/|phone-lab\/)/;
const mayReadTheEnvironment = /^src\/(config|main|phone-lab\/main|cli\/.+)\.ts$/;

/** Where the machine's own time of day is read. */
export const clockReaders = (): string[] => placesOf(readsClock, mayReadTheClock);

export const environmentReaders = (): string[] => placesOf(readsEnvironment, mayReadTheEnvironment);

/** Enums, string tokens and names that say what the type or the place already says. */
export const foreignHabits = (): string[] =>
  sources.flatMap((source) =>
    [...nodesOf(source.tree)].flatMap((node) => {
      const habit = habitOf(node);
      return habit === null ? [] : [`${placeOf(source, node)}: ${habit}`];
    }),
  );

function placesOf(isFound: (node: ts.Node) => boolean, except: RegExp): string[] {
  const judged = sources.filter(({ path }) => !except.test(path));
  return judged.flatMap((source: Source) =>
    [...nodesOf(source.tree)].filter(isFound).map((node) => placeOf(source, node)),
  );
}

function readsClock(node: ts.Node): boolean {
  if (ts.isNewExpression(node)) return isNamed(node.expression, 'Date') && !node.arguments?.length;
  if (ts.isCallExpression(node)) return isNamed(node.expression, 'Date');
  return isMember(node, 'Date', 'now') || isMember(node, 'Temporal', 'Now');
}

function readsEnvironment(node: ts.Node): boolean {
  if (isMember(node, 'process', 'env')) return true;
  if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier)) return false;
  return /^(node:)?process$/.test(node.moduleSpecifier.text);
}

const isNamed = (node: ts.Node, name: string): boolean =>
  ts.isIdentifier(node) && node.text === name;

const isMember = (node: ts.Node, object: string, member: string): boolean =>
  ts.isPropertyAccessExpression(node) &&
  isNamed(node.expression, object) &&
  node.name.text === member;

function habitOf(node: ts.Node): string | null {
  if (ts.isEnumDeclaration(node)) return 'an enum';
  if (ts.isDecorator(node) && node.getText().startsWith('@Inject(')) return 'an injected token';
  const isType = ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);
  if (isType && /^I[A-Z][a-z]/.test(node.name.text)) return `the prefix of ${node.name.text}`;
  const isClass = ts.isClassDeclaration(node) && node.name !== undefined;
  if (isClass && /.Service$/.test(node.name?.text ?? '')) return `the suffix of ${node.name?.text}`;
  return null;
}
