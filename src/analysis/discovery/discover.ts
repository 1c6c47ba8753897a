// Finds the components of an application: compose services, Dockerfiles and language roots, brought to one list.
import { posix } from 'node:path';
import { compareText } from '../../api/compare-text.ts';
import type { ComposeProject, ComposeService } from '../compose/service.ts';
import type { DockerfileCandidate } from '../dockerfile/find-dockerfiles.ts';
import type { ImageReach, ImageSource } from './image-reach.ts';
import type { Root } from './root.ts';

/** One component before it is analysed. */
export interface Candidate {
  /** Unique in the application. */
  name: string;
  dir: string;
  /** Folders whose files belong to it, `[dir]` in most. */
  sourceDirs: string[];
  dockerfile?: ImageSource;
  service?: ComposeService;
}

/** What discovery starts from. */
export interface Sources {
  /** The application's own name, for a component at the root. */
  applicationName: string;
  compose?: ComposeProject | undefined;
  dockerfiles: readonly DockerfileCandidate[];
  roots: readonly Root[];
  /** What a Dockerfile brings into its image; without it, everything below its folder. */
  reachOf?: (source: ImageSource) => ImageReach;
}

/**
 * The components, sorted by folder and then name. Compose says first what there is: its built services are components.
 * Then Dockerfiles that no service uses, then roots of a language that neither covers. The outermost wins: a folder
 * inside a component is part of it, unless compose or a Dockerfile of its own says that it is built apart, or the
 * component's own image cannot hold or run it.
 */
export function discoverComponents(sources: Sources): Candidate[] {
  const services = fromCompose(sources);
  const built = [...services, ...fromDockerfiles(sources, services)];
  const covers = createCover(sources);
  const rooted = sources.roots
    .filter((root) => !built.some((one) => covers(one, root)))
    .filter((root, _, all) => !all.some((other) => other.dir !== root.dir && isBelow(root.dir, other.dir)));
  const bare = uniqueBy(rooted, (root) => root.dir).map((root) => ({
    name: root.name ?? nameOf(root.dir, sources.applicationName),
    dir: root.dir,
    sourceDirs: root.sourceDirs ?? [root.dir],
  }));
  const all = [...built, ...bare].map((one) => withSourceDirs(one, sources.roots));
  return makeNamesUnique(all).sort((a, b) => compareText(a.dir, b.dir) || compareText(a.name, b.name));
}

function fromCompose({ compose, dockerfiles, roots }: Sources): Candidate[] {
  return (compose?.services ?? []).flatMap((service) => {
    if (!service.build) return fromSource(service, roots);
    const { context, dockerfile, target, args } = service.build;
    const known = dockerfiles.find((one) => one.path === dockerfile);
    const dir = known?.dir ?? context;
    return [
      {
        name: service.name,
        dir,
        sourceDirs: [dir],
        dockerfile: { path: dockerfile, context, args, ...(target !== undefined && { target }) },
        service,
      },
    ];
  });
}

// Its source is here though no Dockerfile is: built some other way, or mounted into the image of a runtime, which
// without the source is nothing to deploy.
function fromSource(service: ComposeService, roots: readonly Root[]): Candidate[] {
  const { sourceFolder } = service;
  if (sourceFolder === undefined || !roots.some(({ dir }) => dir === sourceFolder)) return [];
  const { image: _image, ...claims } = service.claims;
  return [
    { name: service.name, dir: sourceFolder, sourceDirs: [sourceFolder], service: { ...service, claims } },
  ];
}

function fromDockerfiles(
  { dockerfiles, applicationName }: Sources,
  services: readonly Candidate[],
): Candidate[] {
  const used = new Set(services.map((service) => service.dockerfile?.path));
  const own = dockerfiles.filter((one) => !one.isAlternative && !used.has(one.path));
  return own
    .filter((one) => !services.some((service) => service.dir === one.dir))
    .map((one) => {
      const shared = own.filter((other) => other.dir === one.dir).length > 1;
      const base = nameOf(one.dir, applicationName);
      const suffix = suffixOf(one.path);
      return {
        name: shared && suffix !== undefined ? suffix : base,
        dir: one.dir,
        sourceDirs: [one.dir],
        dockerfile: { path: one.path, context: one.context },
      };
    });
}

// `api.Dockerfile` and `Dockerfile.api` both build `api`.
function suffixOf(path: string): string | undefined {
  const match = /^(?:Dockerfile|Containerfile)\.(.+)$|^(.+)\.(?:Dockerfile|Containerfile)$/i.exec(
    posix.basename(path),
  );
  return match?.[1] ?? match?.[2];
}

function nameOf(dir: string, applicationName: string): string {
  return dir === '.' ? applicationName : posix.basename(dir);
}

const isBelow = (dir: string, folder: string) =>
  dir === folder || folder === '.' || dir.startsWith(`${folder}/`);

// Below a component's folder lies what its image holds. Where that folder has no program of its own, the image must also
// have the language of one that lies below it: else it is not what the image is for.
function createCover({ roots, reachOf }: Sources): (component: Candidate, root: Root) => boolean {
  const known = new Map<string, ImageReach>();
  const readReach = ({ dockerfile }: Candidate): ImageReach | undefined => {
    if (!dockerfile || !reachOf) return undefined;
    const reach = known.get(dockerfile.path) ?? reachOf(dockerfile);
    known.set(dockerfile.path, reach);
    return reach;
  };
  return (component, root) => {
    if (!isBelow(root.dir, component.dir) || root.dir === component.dir) return root.dir === component.dir;
    const reach = readReach(component);
    if (!reach) return true;
    const below = roots.filter(({ dir }) => isBelow(dir, component.dir));
    const isForeign =
      reach.languages.size > 0 &&
      below.every(({ dir, ecosystem }) => dir !== component.dir && !reach.languages.has(ecosystem ?? ''));
    return reach.brings(root.dir) && !isForeign;
  };
}

// A Go command is built from its whole module, wherever its Dockerfile is.
function withSourceDirs(candidate: Candidate, roots: readonly Root[]): Candidate {
  const root = roots.find((one) => one.dir === candidate.dir && one.sourceDirs !== undefined);
  return root?.sourceDirs ? { ...candidate, sourceDirs: root.sourceDirs } : candidate;
}

function makeNamesUnique(candidates: readonly Candidate[]): Candidate[] {
  const taken = new Set<string>();
  return candidates.map((candidate) => {
    const options = [candidate.name, candidate.dir.replaceAll('/', '-')];
    let name = options.find((option) => !taken.has(option)) ?? candidate.name;
    for (let number = 2; taken.has(name); number++) name = `${candidate.name}-${number}`;
    taken.add(name);
    return { ...candidate, name };
  });
}

function uniqueBy<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const seen = new Set<string>();
  return items.filter((item) => !seen.has(keyOf(item)) && seen.add(keyOf(item)));
}
