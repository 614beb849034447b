import path from 'node:path';
import ts from 'typescript';
import { nodesOf, placeOf, sources } from './source.js';

export interface Import {
  readonly place: string;
  /** The importing file, below `src`. */
  readonly from: string;
  /** A package as it is written, or a file below `src` without its ending. */
  readonly to: string;
  readonly isFile: boolean;
  /** Leaves nothing behind when the types are gone. */
  readonly typesOnly: boolean;
}

/** Every import of the service, static or not, and every re-export. */
export const imports: readonly Import[] = sources.flatMap((source) =>
  [...nodesOf(source.tree)].flatMap((node) => {
    const target = targetOf(node);
    if (target === undefined) return [];
    const from = source.path.slice('src/'.length);
    const isFile = target.startsWith('.');
    const below = path.posix.join(path.posix.dirname(from), target);
    const to = isFile ? below.replace(/\.js$/, '') : target;
    return [{ place: placeOf(source, node), from, to, isFile, typesOnly: isTypesOnly(node) }];
  }),
);

function targetOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node))
    return textOf(node.moduleSpecifier);
  const isCall = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  if (isCall) return textOf(node.arguments[0]);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return textOf(node.argument.literal);
  }
  return undefined;
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}

function isTypesOnly(node: ts.Node): boolean {
  if (ts.isImportTypeNode(node)) return true;
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  if (!ts.isImportDeclaration(node) || node.importClause === undefined) return false;
  const { phaseModifier, name, namedBindings } = node.importClause;
  if (phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  if (name !== undefined || namedBindings === undefined) return false;
  return ts.isNamedImports(namedBindings) && namedBindings.elements.every((one) => one.isTypeOnly);
}
