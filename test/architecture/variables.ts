import ts from 'typescript';
import { filesIn, nodesOf, sources } from './source.js';

const variable = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$|^PORT$/;

/** Variables that the parts of the configuration declare or a command reads. */
export function knownVariables(): string[] {
  const declaring = sources.filter(({ path }) => /(^src\/|\.)config\.ts$|^src\/cli\//.test(path));
  const names = declaring.flatMap(({ tree }) => [...nodesOf(tree)].flatMap(namesAt));
  return [...new Set(names)].filter((name) => variable.test(name)).toSorted();
}

function namesAt(node: ts.Node): string[] {
  if (ts.isPropertyAssignment(node)) return [node.name.getText()];
  const isIndexed = ts.isElementAccessExpression(node);
  return isIndexed && ts.isStringLiteral(node.argumentExpression)
    ? [node.argumentExpression.text]
    : [];
}

/** Variables that the example explains, set or as a comment. */
export function explainedVariables(): string[] {
  const [example] = filesIn('config/env.example');
  const lines = example?.text.split('\n') ?? [];
  return lines.flatMap((line) => /^#?([A-Z][A-Z0-9_]*)=/.exec(line)?.[1] ?? []).toSorted();
}
