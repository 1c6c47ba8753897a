// Tells a Dockerfile's build context and the folder of the component that it builds, from what it copies and where it lies.
import { posix } from 'node:path';
import { isPackagingFolder, isVariant } from './dockerfile-names.ts';
import type { FileIndex } from './file-index.ts';

/** Where to build, and what is built; both relative to the application's root. */
export interface BuildPlace {
  context: string;
  dir: string;
  reason: string;
}

/** Where components of a monorepo usually lie. */
const COMPONENT_FOLDERS = [
  '.',
  'services',
  'apps',
  'packages',
  'src',
  'cmd',
  'components',
  'microservices',
  'projects',
];

/** Finds context and folder. `sources` are what COPY and ADD read from the context, `suffix` is what the file's name adds. */
export function locateBuild(
  index: FileIndex,
  path: string,
  suffix: string,
  sources: readonly string[],
): BuildPlace {
  const folder = posix.dirname(path);
  const owner = ownerOf(folder);
  const named = findNamedFolder(index, folder, suffix);
  const order = [
    ...(named === undefined ? [] : [named]),
    ...(owner === folder ? [] : [owner]),
    ...ancestors(folder),
  ];
  const specific = sources.filter((source) => !/^(?:\.?\/?|\*)$/.test(source) && !source.includes('$'));
  const { context, count } = pickContext(
    index,
    order,
    specific,
    named === undefined ? owner : folder,
    folder,
  );
  const dir = named ?? componentFolder(index, folder, owner, context, specific);
  const found = `${count} of ${specific.length} copied paths exist below ${context}`;
  return { context, dir, reason: specific.length > 0 ? found : `copies the whole of ${context}` };
}

// A packaging folder belongs to what it lies in: `web/docker/Dockerfile` builds `web`.
function ownerOf(folder: string): string {
  // `packaging/docker/alpine` is one way among several of packaging the same.
  const isWay = isVariant(posix.basename(folder)) && isPackagingFolder(posix.basename(posix.dirname(folder)));
  let owner = isWay ? posix.dirname(folder) : folder;
  while (owner !== '.' && isPackagingFolder(posix.basename(owner))) owner = posix.dirname(owner);
  // Maven's and Gradle's place for it is `src/main/docker`, in the project that it packages.
  const isSourceFolder = owner !== folder && /(?:^|\/)src\/main$/.test(owner);
  return isSourceFolder ? posix.dirname(posix.dirname(owner)) : owner;
}

function ancestors(folder: string): string[] {
  const chain = [folder];
  for (let at = folder; at !== '.';) {
    at = posix.dirname(at);
    chain.push(at);
  }
  return chain;
}

// The first of the candidates below which most of the copied paths exist; the fallback where none is copied by name.
function pickContext(
  index: FileIndex,
  candidates: readonly string[],
  specific: readonly string[],
  fallback: string,
  folder: string,
): { context: string; count: number } {
  let best = { context: fallback, count: 0 };
  for (const context of candidates) {
    const count = specific.filter((source) => isThere(index, posix.join(context, source), folder)).length;
    if (count > best.count) best = { context, count };
  }
  return best;
}

// `COPY api/` does not mean `docker/api/`, where nothing but the Dockerfile lies.
function isThere(index: FileIndex, path: string, folder: string): boolean {
  const isOwn = posix.normalize(path).replace(/\/$/, '') === folder;
  return isOwn ? index.hasSources(folder) : index.exists(path);
}

function findNamedFolder(index: FileIndex, folder: string, suffix: string): string | undefined {
  if (suffix === '') return undefined;
  const owner = ownerOf(folder);
  return COMPONENT_FOLDERS.map((parent) => posix.join(owner, parent, suffix)).find((dir) =>
    index.hasFolder(dir),
  );
}

function componentFolder(
  index: FileIndex,
  folder: string,
  owner: string,
  context: string,
  specific: readonly string[],
): string {
  const isOwnFolder = owner === folder && (context === folder || index.hasSources(folder));
  if (isOwnFolder) return folder;
  // `docker/api/Dockerfile` builds `api` where there is such a folder.
  const twin = COMPONENT_FOLDERS.map((parent) => posix.join(parent, posix.basename(folder)));
  const found = isPackagingFolder(posix.basename(folder))
    ? undefined
    : twin.find((dir) => dir !== folder && index.hasFolder(dir) && index.hasSources(dir));
  return found ?? commonFolder(index, context, specific);
}

// What is copied lies in one folder of the context: that folder is the component.
function commonFolder(index: FileIndex, context: string, specific: readonly string[]): string {
  const folders = specific
    .map((source) => posix.normalize(source).replace(/^\/+/, '').replace(/\/+$/, ''))
    .map((source) => (index.hasFolder(posix.join(context, source)) ? source : posix.dirname(source)));
  const [first] = folders;
  if (
    first === undefined ||
    first === '.' ||
    folders.some((one) => one !== first && !one.startsWith(`${first}/`))
  )
    return context;
  const dir = posix.join(context, first);
  return index.hasManifest(dir) ? dir : context;
}
