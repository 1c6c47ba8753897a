// Resolves `extends`: a service on top of one of the same file, of a file before it, or of another file.
import { posix } from 'node:path';
import { createComposeError, showText } from './compose-error.ts';
import type { Variables } from './interpolate.ts';
import { readComposeText, registerFile, resolvePath, type LoadContext } from './load-context.ts';
import { mergeNodes } from './merge.ts';
import { createMapping, entriesOf, entryOf, textOf, type ComposeNode, type Place } from './node.ts';
import { readDocuments } from './read-file.ts';

/** More services that extend one another are refused. */
const MAX_CHAIN = 50;

/** Where a service to be extended is looked for. */
interface Source {
  file: string;
  services: ComposeNode | undefined;
  /** Services of the files before it. */
  earlier?: ComposeNode | undefined;
}

interface Resolver {
  context: LoadContext;
  variables: Variables;
  files: Map<string, Source>;
}

/** The document with every service complete. Throws {@link DorguError} on a cycle, a service or a file that is not there. */
export function applyExtends(
  context: LoadContext,
  document: ComposeNode,
  file: string,
  earlier: ComposeNode | undefined,
  variables: Variables,
): ComposeNode {
  const services = entryOf(document, 'services');
  if (document.kind !== 'mapping' || services?.kind !== 'mapping') return document;
  const source: Source = { file, services, earlier: entryOf(earlier, 'services') };
  const resolver: Resolver = { context, variables, files: new Map([[file, source]]) };
  const complete = createMapping(
    entriesOf(services).map(
      ([name, service]) => [name, extendService(resolver, source, name, service, [])] as const,
    ),
    services,
    services.keyPlaces,
  );
  const entries = new Map(document.entries);
  entries.set('services', complete);
  return createMapping(entries, document, document.keyPlaces);
}

function extendService(
  resolver: Resolver,
  source: Source,
  name: string,
  service: ComposeNode,
  chain: readonly string[],
): ComposeNode {
  const extension = entryOf(service, 'extends');
  if (service.kind !== 'mapping' || extension === undefined || extension.tag === 'reset') return service;
  const link = `${source.file}: ${name}`;
  if (chain.includes(link)) throw cycle(extension.place, [...chain.slice(chain.indexOf(link)), link]);
  if (chain.length >= MAX_CHAIN)
    throw createComposeError(
      'ComposeTooLarge',
      extension.place,
      `more than ${MAX_CHAIN} services extend each other`,
    );
  const entries = new Map(service.entries);
  entries.delete('extends');
  const base = findBase(resolver, source, extension, [...chain, link]);
  return mergeNodes(base, createMapping(entries, service, service.keyPlaces));
}

function findBase(
  resolver: Resolver,
  source: Source,
  extension: ComposeNode,
  chain: readonly string[],
): ComposeNode {
  const wanted = textOf(extension) ?? textOf(entryOf(extension, 'service')) ?? '';
  const fileNode = entryOf(extension, 'file');
  const target = fileNode === undefined ? source : openSource(resolver, fileNode);
  const own = entryOf(target.services, wanted);
  if (own !== undefined) return extendService(resolver, target, wanted, own, chain);
  // Services of the files before it are complete already.
  const earlier = entryOf(target.earlier, wanted);
  if (earlier !== undefined) return earlier;
  throw createComposeError(
    'ComposeInvalid',
    extension.place,
    `extends: expected a service ${showText(wanted)} in ${target.file}, found none`,
  );
}

function openSource(resolver: Resolver, fileNode: ComposeNode): Source {
  const { context, variables, files } = resolver;
  const file = resolvePath(context, fileNode, textOf(fileNode) ?? '', 'extends.file');
  const known = files.get(file);
  if (known !== undefined) return known;
  registerFile(context, file, posix.dirname(file), fileNode.place);
  const text = readComposeText(context, file, 'extends.file', fileNode.place);
  const documents = readDocuments(context, text, file, variables);
  const merged = documents.reduce<ComposeNode | undefined>(
    (model, document) => (model === undefined ? document : mergeNodes(model, document)),
    undefined,
  );
  const source: Source = { file, services: entryOf(merged, 'services') };
  files.set(file, source);
  return source;
}

function cycle(place: Place, links: readonly string[]): Error {
  return createComposeError(
    'ComposeCycle',
    place,
    `extends runs in a circle: ${links.join(' -> ')}`,
    'Remove one of these extends.',
  );
}
