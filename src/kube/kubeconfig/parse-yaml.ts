// A kubeconfig's text as entries; what is wrong with it is said with file and line.
import { LineCounter, parseDocument, type Document } from 'yaml';
import { DorguError } from '../../api/errors.ts';
import { WrongValue, type ValuePath } from './decode-fields.ts';
import { decodeKubeconfig } from './decode.ts';
import type { Kubeconfig } from './kubeconfig.ts';
import { isTooDeep } from './nesting.ts';

/** Go's YAML, which kubectl reads with, takes these of YAML 1.1 as text. */
const notOfGo = new Set(['tag:yaml.org,2002:timestamp']);

/** The entries of a kubeconfig's text. `path` names it in errors. @throws DorguError KubeconfigInvalid */
export function parseYaml(text: string, path: string): Kubeconfig {
  if (isTooDeep(text)) throw invalid(path, undefined, 'expected a kubeconfig, found nesting without end');
  try {
    return decodeKubeconfig(parseJson(text) ?? unfold(text, path));
  } catch (cause) {
    if (!(cause instanceof WrongValue)) throw cause;
    throw invalid(path, lineOf(text, cause.path), describeWrong(cause));
  }
}

/** Many are written by programs: JSON is read ten times as fast. Undefined for anything but an object. */
function parseJson(text: string): unknown {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unfold(text: string, path: string): unknown {
  try {
    const document = parse(text, new LineCounter());
    // As kubectl: of several documents the first is read.
    const problem = document.errors.find(({ code }) => code !== 'MULTIPLE_DOCS');
    if (problem !== undefined)
      throw invalid(path, problem.linePos?.[0].line, problem.message.split('\n')[0] ?? '');
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    if (cause instanceof DorguError) throw cause;
    // Aliases that multiply, merges of what cannot be merged.
    throw invalid(path, undefined, 'expected a kubeconfig, found YAML that cannot be unfolded', cause);
  }
}

function parse(text: string, lineCounter: LineCounter): Document.Parsed {
  return parseDocument(text, {
    version: '1.1',
    uniqueKeys: false,
    logLevel: 'error',
    lineCounter,
    customTags: (tags) => tags.filter((tag) => !isForeignToGo(tag)),
  });
}

function isForeignToGo(tag: unknown): boolean {
  if (typeof tag !== 'object' || tag === null) return false;
  const { tag: name, format } = tag as { tag?: string; format?: string };
  return (name !== undefined && notOfGo.has(name)) || format === 'TIME';
}

function describeWrong({ path, message }: WrongValue): string {
  return path.length === 0 ? message : `${formatPath(path)}: ${message}`;
}

function formatPath(path: ValuePath): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${step}`))
    .join('');
}

/** The line of the deepest part of the path that stands in the file. */
function lineOf(text: string, path: ValuePath): number | undefined {
  const lineCounter = new LineCounter();
  const document = parse(text, lineCounter);
  for (let length = path.length; length >= 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true) as
      { range?: [number, number, number] } | undefined;
    if (node?.range !== undefined) return lineCounter.linePos(node.range[0]).line;
  }
  return undefined;
}

function invalid(path: string, line: number | undefined, why: string, cause?: unknown): DorguError {
  const place = line === undefined ? path : `${path}:${line}`;
  return new DorguError('KubeconfigInvalid', `${place}: ${why}`, {
    cause,
    hint: `mend the kubeconfig; kubectl config view --kubeconfig ${path} says whether kubectl can read it`,
  });
}
