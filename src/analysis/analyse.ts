// From a directory to an application: list, find the components, let every analyser speak, settle the facts.
import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DorguError } from '../api/errors.ts';
import type { Application, Note } from '../application/application.ts';
import { resolveComponent, type Resolution } from '../application/resolve.ts';
import type { Scope } from './analyser.ts';
import { readImageServices, type ImageServices } from './compose/external-services.ts';
import { readComposeProject, type ComposeOptions } from './compose/project.ts';
import type { ComposeProject } from './compose/service.ts';
import { discoverComponents, type Candidate } from './discovery/discover.ts';
import type { DockerBuild } from './dockerfile/build.ts';
import { findFallbackRoot } from './discovery/fallback.ts';
import { readImageReach, type ImageSource } from './discovery/image-reach.ts';
import { findDockerfiles } from './dockerfile/find-dockerfiles.ts';
import { readDockerfile } from './dockerfile/read-dockerfile.ts';
import { readGit } from './git.ts';
import { analysers, rootFinders } from './registry.ts';
import { createFileFilter } from './scope-files.ts';
import { openSourceTree, type SourceTree } from './source-tree.ts';
import { findWorkerCommand, toWorkerClaims } from './worker-command.ts';

/** What a person may say beside the path. */
export interface AnalyseOptions {
  /** Compose files relative to the application, instead of those found by name. */
  composeFiles?: readonly string[];
  /** Stage of the Dockerfile to read instead of the last. */
  target?: string;
  /** The application's name, instead of its folder's. */
  name?: string;
  /** Reads on where a compose file names what lies outside of the folder: said as a note, not as an error. For reading only. */
  isTolerant?: boolean;
  /** Told what is being read, for a progress line. */
  onProgress?: (step: string) => void;
  /** Stops between two components. */
  signal?: AbortSignal;
}

/**
 * Analyses the application in `directory`.
 * @throws DorguError PathMissing, PathNotFolder (usage); NoApplication, DockerfileInvalid, Compose… (invalid)
 */
export async function analyseApplication(
  directory: string,
  options: AnalyseOptions = {},
): Promise<Application> {
  checkFolder(directory);
  options.onProgress?.('listing files');
  const tree = openSourceTree(directory);
  const { compose, notes } = readCompose(tree, options);
  const name = options.name ?? compose?.name ?? basename(tree.root);
  const candidates = findCandidates(tree, options.name ?? basename(tree.root), compose);
  const images = readImageServices(compose, candidates);
  if (candidates.length === 0 && images.services.length === 0) throw noApplication(directory, tree);
  const resolutions = await analyseCandidates(tree, candidates, options);
  return toApplication({ name, tree, compose, images }, resolutions, notes);
}

interface ComposeReading {
  compose: ComposeProject | undefined;
  notes: Note[];
}

// A folder of a repository often has a compose file that builds its neighbours too: what it is by itself can still be read.
function readCompose(tree: SourceTree, options: AnalyseOptions): ComposeReading {
  try {
    return { compose: readComposeProject(tree, toComposeOptions(options)), notes: [] };
  } catch (error) {
    const isOutside = error instanceof DorguError && error.code === 'PathOutsideApplication';
    if (!isOutside || options.isTolerant !== true) throw error;
    // Messages about compose files begin with file, line and column.
    const [, file = '.', line = '1'] = /^([^:\n]{1,400}):(\d{1,7}):/.exec(error.message) ?? [];
    const evidence = [{ file, line: Number(line), reason: 'names what lies outside of the folder' }];
    return { compose: undefined, notes: [{ kind: 'missing', message: error.message, evidence }] };
  }
}

function toComposeOptions({ composeFiles }: AnalyseOptions): ComposeOptions {
  return composeFiles === undefined ? {} : { files: composeFiles };
}

interface Found {
  name: string;
  tree: SourceTree;
  compose: ComposeProject | undefined;
  images: ImageServices;
}

function toApplication(
  { name, tree, compose, images }: Found,
  resolutions: readonly Resolution[],
  notes: readonly Note[],
): Application {
  const git = readGit(tree.root);
  const components = resolutions.map(({ component }) => component);
  return {
    name,
    components,
    externalServices: images.services,
    conflicts: [...resolutions.flatMap(({ conflicts }) => conflicts), ...images.conflicts],
    notes: [
      ...notes,
      ...(compose?.notes ?? []),
      ...resolutions.flatMap(({ notes }) => notes),
      ...images.notes,
      ...skippedNotes(tree),
    ],
    ...(git && { git }),
    fileCount: tree.files.length,
  };
}

function findCandidates(
  tree: SourceTree,
  applicationName: string,
  compose: ComposeProject | undefined,
): Candidate[] {
  const sources = {
    applicationName,
    compose,
    dockerfiles: findDockerfiles(tree),
    reachOf: (source: ImageSource) => readImageReach(tree, source),
  };
  const all = rootFinders.flatMap((finder) =>
    finder.find(tree).map((root) => ({ ...root, ecosystem: finder.name })),
  );
  const firm = all.filter(({ isLast }) => isLast !== true);
  const roots = firm.length > 0 ? firm : all;
  const found = discoverComponents({ ...sources, roots });
  if (found.length > 0 || compose) return found;
  const fallback = findFallbackRoot(tree);
  return fallback ? discoverComponents({ ...sources, roots: [fallback] }) : found;
}

async function analyseCandidates(
  tree: SourceTree,
  candidates: Candidate[],
  options: AnalyseOptions,
): Promise<Resolution[]> {
  const belongs = createFileFilter(tree, candidates);
  const resolutions: Resolution[] = [];
  for (const candidate of candidates) {
    options.onProgress?.(`reading ${candidate.name}`);
    // Reading is synchronous, which is fastest; between two components an interrupt and the progress line get their turn.
    await nextTurn();
    options.signal?.throwIfAborted();
    resolutions.push(analyseCandidate(tree, candidate, belongs(candidate), options.target));
  }
  return resolutions;
}

function checkFolder(directory: string): void {
  const stat = statSync(directory, { throwIfNoEntry: false });
  if (!stat)
    throw new DorguError('PathMissing', `${directory} does not exist`, {
      hint: `name the folder of an application; ${resolve(directory)} was looked for`,
    });
  if (!stat.isDirectory())
    throw new DorguError('PathNotFolder', `${directory} is not a folder`, {
      hint: 'name the folder that holds the application, not a file in it',
    });
}

function noApplication(directory: string, tree: SourceTree): DorguError {
  return new DorguError(
    'NoApplication',
    `no application found in ${directory}, which has ${tree.files.length === 1 ? '1 file' : `${tree.files.length} files`}`,
    {
      details: tree.skipped.slice(0, 5).map(({ file, reason }) => `${file} was not read: ${reason}`),
      hint: 'expected a Dockerfile, a compose file, or a manifest such as package.json, pyproject.toml, go.mod or pom.xml',
    },
  );
}

function analyseCandidate(
  tree: SourceTree,
  candidate: Candidate,
  files: string[],
  target?: string,
): Resolution {
  const { service } = candidate;
  const build = readBuild(tree, candidate, target);
  const scope: Scope = {
    tree,
    dir: candidate.dir,
    files,
    ...(build && { build }),
    ...(service && { service }),
  };
  const claims = analysers.map((analyser) => analyser.analyse(scope));
  const worker = findWorkerCommand(scope);
  return resolveComponent(candidate.name, candidate.dir, worker ? toWorkerClaims(claims, worker) : claims);
}

// The stage that a person names counts before the one that compose names.
function readBuild(tree: SourceTree, { dockerfile }: Candidate, named?: string): DockerBuild | undefined {
  if (!dockerfile) return undefined;
  const { path, context, args } = dockerfile;
  const target = named ?? dockerfile.target;
  return readDockerfile(tree, {
    dockerfile: path,
    context,
    ...(target !== undefined && { target }),
    ...(args && { args }),
  });
}

function skippedNotes(tree: SourceTree): Note[] {
  return tree.skipped.map(({ file, reason }) => ({
    kind: 'skipped',
    message: `${file} was not read: ${reason}`,
    evidence: [{ file, reason }],
  }));
}
