// What a Dockerfile can bring into its image: the folders that it copies, and the languages that its stages speak.
import { posix } from 'node:path';
import { languageOfImage } from '../images/languages.ts';
import type { DockerBuild } from '../dockerfile/build.ts';
import { readDockerfile } from '../dockerfile/read-dockerfile.ts';
import type { SourceTree } from '../source-tree.ts';

/** How far one image reaches into the application's folder. */
export interface ImageReach {
  /** Whether something of a folder (relative to the application's root) may come into the image. */
  brings(dir: string): boolean;
  /** Languages of the stages' images; empty where none says one. */
  languages: ReadonlySet<string>;
}

/** Which Dockerfile, with which context. Paths are relative to the application's root. */
export interface ImageSource {
  path: string;
  context: string;
  target?: string;
  args?: ReadonlyMap<string, string>;
}

/** Where a Dockerfile does not say what it copies, everything may come in. */
const EVERYTHING: ImageReach = { brings: () => true, languages: new Set() };

/** Reads the reach of a Dockerfile. Never throws: what is wrong with it is said when it is read to be built. */
export function readImageReach(tree: SourceTree, { path, context, target, args }: ImageSource): ImageReach {
  try {
    const options = {
      dockerfile: path,
      context,
      ...(target !== undefined && { target }),
      ...(args && { args }),
    };
    return toReach(readDockerfile(tree, options));
  } catch {
    return EVERYTHING;
  }
}

function toReach({ context, contextSources, stageImages, baseImage }: DockerBuild): ImageReach {
  const images = [baseImage, ...stageImages];
  const languages = new Set(images.flatMap(({ value }) => languageOfImage(value)?.language ?? []));
  if (contextSources.length === 0) return { ...EVERYTHING, languages };
  const sources = contextSources.map(({ value }) => segmentsOf(posix.join(context, posix.join('/', value))));
  return { languages, brings: (dir) => sources.some((source) => isOnTheWay(source, segmentsOf(dir))) };
}

const segmentsOf = (path: string): string[] =>
  posix
    .normalize(path)
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.');

// The folder lies below what is copied, or what is copied lies below the folder.
function isOnTheWay(source: readonly string[], dir: readonly string[]): boolean {
  return source.slice(0, dir.length).every((segment, at) => isMatch(segment, dir[at] ?? ''));
}

// `*`, `packages-?`: a pattern in a segment; what a variable left open may be anything.
function isMatch(pattern: string, name: string): boolean {
  if (pattern.includes('$') || pattern.includes('**')) return true;
  if (!/[*?[]/.test(pattern)) return pattern === name;
  const [head = ''] = pattern.split(/[*?[]/, 1);
  const tail = /[^*?\]]*$/.exec(pattern)?.[0] ?? '';
  return name.startsWith(head) && name.endsWith(tail);
}
