import { knownFolders, mayImport } from './rooms.js';
import { filesIn, sources } from './source.js';

const channels = 'src/paging/channels/';

/** Channel folders of which `channels/index.ts` does not provide a class. */
export function unregisteredChannels(): string[] {
  const registry = sources.find(({ path }) => path === `${channels}index.ts`)?.text ?? '';
  const provided = /channelProviders\b[^=]*=\s*\[([^\]]*)\]/.exec(registry)?.[1] ?? '';
  const names = provided.split(',').map((name) => name.trim());
  return foldersBelow(channels).filter((folder) => {
    const imported =
      new RegExp(`import \\{([^}]*)\\} from '\\./${folder}/`).exec(registry)?.[1] ?? '';
    return !imported.split(',').some((name) => names.includes(name.trim()));
  });
}

/** Where lint and the table of rooms disagree, for the rooms that are there. */
export function lintDisagreements(): string[] {
  const there = foldersBelow('src/').filter((room) => knownFolders.includes(room));
  const rooms = there.filter((room) => !['platform', 'migrations'].includes(room));
  return rooms.flatMap((room) =>
    rooms
      .filter((other) => other !== room)
      .filter((other) => lintAllows(room, other) !== mayImport(room, other))
      .map((other) => `.oxlintrc.json: ${room} importing ${other}`),
  );
}

interface Override {
  readonly files: readonly string[];
  readonly rules: { readonly 'no-restricted-imports'?: readonly [string, Restrictions] };
}

interface Restrictions {
  readonly patterns: readonly { readonly regex?: string }[];
}

const [lintFile] = filesIn('.oxlintrc.json');
const { overrides } = JSON.parse(lintFile?.text ?? '') as { overrides: readonly Override[] };

function lintAllows(room: string, other: string): boolean {
  const patterns = overrides
    .filter(({ files }) => files.includes(`src/${room}/**`))
    .flatMap(({ rules }) => rules['no-restricted-imports']?.[1].patterns ?? []);
  const addresses = [`../${other}/some.service.js`, `../../${other}/some.service.js`];
  return !patterns.some(({ regex }) =>
    addresses.some((address) => regex !== undefined && new RegExp(regex).test(address)),
  );
}

function foldersBelow(parent: string): string[] {
  const below = sources.filter(({ path }) => path.startsWith(parent));
  const parts = below.map(({ path }) => path.slice(parent.length).split('/'));
  return [...new Set(parts.filter(({ length }) => length > 1).map(([folder = '']) => folder))];
}
