import ts from 'typescript';
import { nodesOf, placeOf, type Source, sources } from './source.js';

const routes = ['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options', 'All', 'Sse'];
const inputs = ['Body', 'Query', 'Param', 'RawBody'];

interface Handler {
  readonly source: Source;
  readonly controller: ts.ClassDeclaration;
  readonly method: ts.MethodDeclaration;
}

const handlers: readonly Handler[] = sources.flatMap((source) =>
  [...nodesOf(source.tree)]
    .filter(ts.isClassDeclaration)
    .filter((found) => isDecorated(found, 'Controller'))
    .flatMap((controller) =>
      controller.members
        .filter(ts.isMethodDeclaration)
        .filter((method) => isDecorated(method, ...routes))
        .map((method) => ({ source, controller, method })),
    ),
);

/** Inputs that reach a handler unparsed, except where it reads leniently what a flag may be. */
export function unparsedInputs(): string[] {
  return handlers
    .filter(({ method }) => !isDecorated(method, 'ReadLeniently'))
    .flatMap(({ source, method }) =>
      method.parameters
        .filter((parameter) => decoratorsOf(parameter).some(isWithoutSchema))
        .map((parameter) => `${placeOf(source, parameter)}: ${parameter.getText()}`),
    );
}

/** Handlers nobody may call. The phone lab is a program of its own, where nobody signs in. */
export function unreachableHandlers(): string[] {
  return handlers
    .filter(({ source }) => !source.path.startsWith('src/phone-lab/'))
    .filter(
      ({ controller, method }) => ![controller, method].some((at) => isDecorated(at, 'Allow')),
    )
    .map(({ source, method }) => `${placeOf(source, method)}: ${method.name.getText()}`);
}

function isWithoutSchema(decorator: ts.Decorator): boolean {
  if (!inputs.includes(nameOf(decorator)) || !ts.isCallExpression(decorator.expression))
    return false;
  return !decorator.expression.arguments
    .filter(ts.isObjectLiteralExpression)
    .flatMap(({ properties }) => properties.map(({ name }) => name?.getText()))
    .includes('schema');
}

function isDecorated(node: ts.HasDecorators, ...names: readonly string[]): boolean {
  return decoratorsOf(node).some((decorator) => names.includes(nameOf(decorator)));
}

function decoratorsOf(node: ts.HasDecorators): readonly ts.Decorator[] {
  return ts.getDecorators(node) ?? [];
}

function nameOf({ expression }: ts.Decorator): string {
  return (ts.isCallExpression(expression) ? expression.expression : expression).getText();
}
