// Loads the files of a compose project into one model: each file read and extended, all merged, then what they include.
import { posix } from 'node:path';
import { createComposeError } from './compose-error.ts';
import { parseDotenv } from './dotenv.ts';
import { applyExtends } from './extends.ts';
import type { Variables } from './interpolate.ts';
import { readComposeText, registerFile, resolvePath, type LoadContext } from './load-context.ts';
import { mergeNodes } from './merge.ts';
import {
  createMapping,
  entriesOf,
  entryOf,
  itemsOf,
  textOf,
  type ComposeNode,
  type MappingNode,
  type Place,
} from './node.ts';
import { readDocuments } from './read-file.ts';

/** Files that are merged into one model, and the folder that their paths start from. */
export interface ModelFiles {
  files: readonly string[];
  base: string;
  variables: Variables;
  /** Where they are named, for errors. */
  place: Place;
}

/** Loads files and everything they include. `chain` holds the files that are being included. */
export function loadModel(
  context: LoadContext,
  source: ModelFiles,
  chain: readonly string[] = [],
): MappingNode {
  let model: ComposeNode | undefined;
  for (const file of source.files) {
    if (chain.includes(file)) throw includeCycle(source.place, [...chain.slice(chain.indexOf(file)), file]);
    registerFile(context, file, source.base, source.place);
    const text = readComposeText(context, file, 'compose file', source.place);
    for (const document of readDocuments(context, text, file, source.variables)) {
      const extended = applyExtends(context, document, file, model, source.variables);
      model = model === undefined ? extended : mergeNodes(model, extended);
    }
  }
  const place: Place = { file: source.files[0] ?? '', line: 1, column: 1 };
  const whole: MappingNode =
    model?.kind === 'mapping' ? model : { kind: 'mapping', entries: new Map(), keyPlaces: new Map(), place };
  return includeFiles(context, whole, source.variables, [...chain, ...source.files]);
}

/** Variables of .env files, overruled by `over`; later files win. */
export function readVariables(context: LoadContext, files: readonly string[], over: Variables): Variables {
  const variables = new Map<string, string>();
  for (const file of files) {
    const text = context.tree.read(file);
    if (text === undefined) continue;
    for (const { name, value } of parseDotenv(text, new Map([...variables, ...over])))
      if (value !== undefined) variables.set(name, value);
  }
  return new Map([...variables, ...over]);
}

function includeFiles(
  context: LoadContext,
  model: MappingNode,
  variables: Variables,
  chain: readonly string[],
): MappingNode {
  let whole = model;
  for (const entry of itemsOf(entryOf(model, 'include'))) {
    const source = toModelFiles(context, entry, variables);
    if (source !== undefined) whole = addIncluded(context, whole, loadModel(context, source, chain));
  }
  return whole;
}

function toModelFiles(
  context: LoadContext,
  entry: ComposeNode,
  variables: Variables,
): ModelFiles | undefined {
  const paths = entry.kind === 'mapping' ? itemsOf(entryOf(entry, 'path')) : [entry];
  const remote = paths.find((path) => /^(?:https?|ssh|git|oci):\/\/|^git@/.test(textOf(path) ?? ''));
  if (remote !== undefined) {
    noteRemote(context, remote.place);
    return undefined;
  }
  const files = paths.map((path) => resolvePath(context, path, textOf(path) ?? '', 'include'));
  const [first] = files;
  if (first === undefined) return undefined;
  const directory = entryOf(entry, 'project_directory');
  const base =
    directory === undefined
      ? posix.dirname(first)
      : resolvePath(context, directory, textOf(directory) ?? '.', 'include.project_directory');
  const envFiles = itemsOf(entryOf(entry, 'env_file')).map((file) =>
    resolvePath(context, file, textOf(file) ?? '', 'include.env_file'),
  );
  const dotenv = envFiles.length > 0 ? envFiles : [posix.join(base, '.env')];
  return { files, base, variables: readVariables(context, dotenv, variables), place: entry.place };
}

function noteRemote(context: LoadContext, place: Place): void {
  const reason = 'include names something that is not in this application';
  context.notes.push({
    kind: 'missing',
    message: `include: it is not in this application and nothing is fetched, so its services are unknown`,
    evidence: [{ file: place.file, line: place.line, reason }],
  });
}

// What both say stays as the including file says it.
function addIncluded(context: LoadContext, model: MappingNode, included: MappingNode): MappingNode {
  const entries = new Map(model.entries);
  for (const section of ['services', 'volumes', 'networks', 'secrets', 'configs', 'models']) {
    const added = included.entries.get(section);
    if (added?.kind !== 'mapping') continue;
    const own = entries.get(section);
    for (const [name, node] of entriesOf(own)) {
      if (!added.entries.has(name) || section !== 'services') continue;
      context.notes.push({
        component: name,
        kind: 'advice',
        message: `services.${name} stands in ${node.place.file} and in the included ${added.place.file}: the first is used`,
        evidence: [{ file: node.place.file, line: node.place.line, reason: 'the service that is used' }],
      });
    }
    entries.set(
      section,
      own?.kind === 'mapping'
        ? createMapping(
            [...added.entries, ...own.entries],
            own,
            new Map([...added.keyPlaces, ...own.keyPlaces]),
          )
        : added,
    );
  }
  return createMapping(entries, model, model.keyPlaces);
}

function includeCycle(place: Place, links: readonly string[]): Error {
  return createComposeError(
    'ComposeCycle',
    place,
    `include runs in a circle: ${links.join(' -> ')}`,
    'Remove one of these includes.',
  );
}
