// From a directory to an application: list, find the components, let every analyser speak, settle the facts.
import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DorguError } from '../api/errors.ts';
import type { Application, ExternalService, Note } from '../application/application.ts';
import type { Component } from '../application/component.ts';
import { resolveComponent, type Resolution } from '../application/resolve.ts';
import type { Scope } from './analyser.ts';
import { toExternalServices } from './compose/external-services.ts';
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
  if (candidates.length === 0) throw noApplication(directory, tree, compose);
  return toApplication(name, tree, compose, await analyseCandidates(tree, candidates, options), notes);
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

function toApplication(
  name: string,
  tree: SourceTree,
  compose: ComposeProject | undefined,
  resolutions: readonly Resolution[],
  notes: readonly Note[],
): Application {
  const git = readGit(tree.root);
  const components = resolutions.map(({ component }) => component);
  const externalServices = compose ? toExternalServices(compose) : [];
  return {
    name,
    components,
    externalServices,
    conflicts: resolutions.flatMap(({ conflicts }) => conflicts),
    notes: [
      ...notes,
      ...(compose?.notes ?? []),
      ...resolutions.flatMap(({ notes }) => notes),
      ...unreachedNotes(externalServices, components),
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
  const roots = rootFinders.flatMap((finder) =>
    finder.find(tree).map((root) => ({ ...root, ecosystem: finder.name })),
  );
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

function noApplication(directory: string, tree: SourceTree, compose?: ComposeProject): DorguError {
  const images = (compose ? toExternalServices(compose) : []).map(
    ({ name, image }) => `${name} runs ${image}`,
  );
  if (images.length > 0)
    return new DorguError('NoApplication', `${directory} has only services that are somebody's image`, {
      details: images,
      hint: 'there is no source to generate from: these images have charts or operators of their own',
    });
  return new DorguError(
    'NoApplication',
    `no application found in ${directory}, which has ${tree.files.length === 1 ? '1 file' : `${tree.files.length} files`}`,
    {
      details: tree.skipped.slice(0, 5).map(({ file, reason }) => `${file} was not read: ${reason}`),
      hint: 'expected a Dockerfile, a compose file, or a manifest such as package.json, pyproject.toml, go.mod or pom.xml',
    },
  );
}

// One that a component needs is said with that component; one that nobody names would otherwise vanish.
function unreachedNotes(services: readonly ExternalService[], components: readonly Component[]): Note[] {
  const reached = new Set(components.flatMap(({ dependencies }) => dependencies.map(({ host }) => host)));
  return services
    .filter(({ name }) => !reached.has(name))
    .map(({ name, image, evidence }) => ({
      kind: 'dependency',
      message: `${name} is only an image, ${image}, and is not generated`,
      evidence,
    }));
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
  return resolveComponent(
    candidate.name,
    candidate.dir,
    analysers.map((analyser) => analyser.analyse(scope)),
  );
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
