// Finds the Dockerfiles of an application, whatever they are called and wherever they lie, and tells production from the rest.
import { posix } from 'node:path';
import { compareText } from '../../api/compare-text.ts';
import type { Evidence } from '../../application/fact.ts';
import { resolveInside, type SourceTree } from '../source-tree.ts';
import { locateBuild } from './build-context.ts';
import { isRole, isSideFolder, isVariant, parseDockerfileName, rankName } from './dockerfile-names.ts';
import { createFileIndex, type FileIndex } from './file-index.ts';
import { parseJsonForm } from './instruction.ts';
import { splitInstructions } from './split-instructions.ts';

/** A Dockerfile and what it builds. Paths are relative to the application's root. */
export interface DockerfileCandidate {
  path: string;
  context: string;
  /** The component's folder. */
  dir: string;
  /** Builds the same as another candidate (Dockerfile.dev), or serves tests or documentation: not to be merged with the main one. */
  isAlternative: boolean;
  /** Why context, folder and being an alternative are what they are. */
  reason: string;
  evidence?: Evidence[];
}

const MAX_CANDIDATES = 500;

interface Found extends DockerfileCandidate {
  suffix: string;
}

/** The Dockerfiles, sorted by path; never throws, a broken one is found too. */
export function findDockerfiles(tree: SourceTree): DockerfileCandidate[] {
  const index = createFileIndex(tree.files);
  const found = listDockerfiles(tree).map(({ path, suffix }) => locate(tree, index, path, suffix));
  markAlternatives(found);
  return found
    .map(({ suffix: _suffix, ...candidate }) => candidate)
    .sort((a, b) => compareText(a.path, b.path));
}

// A file and a link to it are one Dockerfile: the path with fewer folders counts, as the one people build with.
function listDockerfiles(tree: SourceTree): { path: string; suffix: string }[] {
  const byFile = new Map<string, { path: string; suffix: string }>();
  for (const path of tree.files) {
    const name = parseDockerfileName(path);
    if (!name || byFile.size >= MAX_CANDIDATES) continue;
    const real = resolveInside(tree.root, path, 'file') ?? path;
    const before = byFile.get(real);
    if (!before || depthOf(path) < depthOf(before.path)) byFile.set(real, { path, suffix: name.suffix });
  }
  return [...byFile.values()];
}

function locate(tree: SourceTree, index: FileIndex, path: string, suffix: string): Found {
  const place = locateBuild(index, path, suffix, readSources(tree, path));
  const aside = whyAside(tree, path);
  const reason = aside ?? place.reason;
  return {
    ...place,
    path,
    suffix,
    isAlternative: aside !== undefined,
    reason,
    evidence: [{ file: path, reason }],
  };
}

function whyAside(tree: SourceTree, path: string): string | undefined {
  const side = posix.dirname(path).split('/').find(isSideFolder);
  if (side !== undefined) return `lies in ${side}, which serves development or tests`;
  // An empty Dockerfile is an error where it has the name that builders look for, else somebody's placeholder.
  const isExpected = /^(?:Dockerfile|Containerfile)$/.test(posix.basename(path));
  return isExpected || /^[ \t]*[^#\s]/m.test(tree.read(path) ?? '') ? undefined : 'holds no instruction';
}

function readSources(tree: SourceTree, path: string): string[] {
  try {
    return splitInstructions(tree.read(path) ?? '', path)
      .instructions.filter(
        ({ keyword, flags }) => isCopy(keyword) && !flags.some(({ name }) => name === 'from'),
      )
      .flatMap(({ rest }) => (parseJsonForm(rest) ?? rest.split(/\s+/)).slice(0, -1))
      .map((source) => source.replace(/["']/g, ''))
      .filter((source) => !/^<<|:\/\//.test(source))
      .slice(0, 200);
  } catch {
    // What is wrong with it is said when it is read to be built.
    return [];
  }
}

function isCopy(keyword: string): boolean {
  return keyword === 'COPY' || keyword === 'ADD';
}

// One folder has one main Dockerfile, and beside it only those that name another part of the application.
function markAlternatives(found: readonly Found[]): void {
  const byFolder = Map.groupBy(
    found.filter((one) => !one.isAlternative),
    ({ dir }) => dir,
  );
  for (const group of byFolder.values()) {
    const [main] = [...group].sort(
      (a, b) =>
        rankName(b.suffix) - rankName(a.suffix) || nearness(a) - nearness(b) || compareText(a.path, b.path),
    );
    for (const one of group) if (main && one !== main && !isOwnPart(one, main)) demote(one, main);
  }
}

function isOwnPart(one: Found, main: Found): boolean {
  if (one.suffix === '' || isVariant(one.suffix)) return false;
  return isRole(one.suffix) || (main.suffix !== '' && !isVariant(main.suffix));
}

function demote(one: Found, main: Found): void {
  one.isAlternative = true;
  one.reason = `builds ${one.dir} too, as ${main.path} does, which is the likelier one for production`;
  one.evidence = [{ file: one.path, reason: one.reason }];
}

// The Dockerfile that lies in the folder that it builds comes before one in a packaging folder, and there one for images
// before one that makes packages for a system.
function nearness({ path, dir }: Found): number {
  const isForPackages =
    /(?:^|\/)(?:debian|deb|rpm)\/[^/]+$/.test(path) && !/(?:^|\/)\.?docker/i.test(posix.dirname(path));
  return (isForPackages ? 100 : 0) + Math.abs(depthOf(path) - 1 - (dir === '.' ? -1 : depthOf(dir)));
}

function depthOf(path: string): number {
  return path.split('/').length - 1;
}
