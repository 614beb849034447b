import path from 'node:path';
import { knownFolders } from './rooms.js';
import { filesIn, linesMatching, sources, topLevel } from './source.js';

const filesInFolderMax = 12;
const linesInFileMax = 250;
const linesInMainMax = 40;
const columnsMax = 100;

const allowedAtTop = new Set(
  `.ci .gitignore .npmrc .oxlintrc.json .prettierignore .swcrc README.md config docker docs
  nest-cli.json package-lock.json package.json scripts src test tsconfig.json`.split(/\s+/),
);

/** Folders by layer, or for whatever has no place. */
const layers = /^(shared|common|utils?|types|interfaces|dtos?|controllers|services|helpers|lib)$/;
const roles = [
  'module|controller|service|store|row|guard|filter|pipe|worker|channel|config',
  'apply|export|page|view',
].join('|');
const kebab = '[a-z0-9]+(-[a-z0-9]+)*';
const nameOfSource = new RegExp(`^${kebab}(\\.(${roles}))?\\.tsx?$`);
const nameOfRule = new RegExp(`^${kebab}\\.ts$`);
const nameOfTest = new RegExp(`^${kebab}(\\.test)?\\.tsx?$`);

const code = filesIn('src', 'test', 'scripts').filter(({ path: file }) =>
  /\.m?tsx?$|\.mjs$/.test(file),
);

export const strangersAtTop = (): string[] => topLevel().filter((name) => !allowedAtTop.has(name));

export const unknownRooms = (): string[] => {
  const folders = sources
    .map(({ path: file }) => file.split('/'))
    .filter((parts) => parts.length > 2);
  return [...new Set(folders.map(([, folder = '']) => folder))].filter(
    (folder) => !knownFolders.includes(folder),
  );
};

export function crowdedFolders(): string[] {
  const counts = new Map<string, number>();
  for (const { path: file } of code) {
    const folder = path.posix.dirname(file);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > filesInFolderMax)
    .map(([folder, count]) => `${folder} holds ${count} files`);
}

export const foldersByLayer = (): string[] =>
  [...new Set(code.map(({ path: file }) => path.posix.dirname(file)))].filter((folder) =>
    folder.split('/').some((part) => layers.test(part)),
  );

export const longFiles = (): string[] =>
  code.flatMap(({ path: file, text }) => {
    const lines = text.split('\n').length - 1;
    const linesMax = file === 'src/main.ts' ? linesInMainMax : linesInFileMax;
    return lines > linesMax ? [`${file} has ${lines} lines`] : [];
  });

/** A sentence that names a test stays in one piece. */
const tooWide = new RegExp(`^(?!\\s*(?:it|describe)\\().{${columnsMax + 1}}`, 'u');

export const wideLines = (): string[] => code.flatMap((file) => linesMatching(file, tooWide));

export const misnamedFiles = (): string[] =>
  code.map(({ path: file }) => file).filter((file) => !isWellNamed(file));

function isWellNamed(file: string): boolean {
  const name = path.posix.basename(file);
  if (name === 'index.ts') return file === 'src/paging/channels/index.ts';
  if (!/\.tsx?$/.test(name) || file.startsWith('scripts/')) return true;
  if (file.startsWith('test/')) return nameOfTest.test(name);
  return (file.includes('/rules/') ? nameOfRule : nameOfSource).test(name);
}
