// Brings short syntax into one form before files are merged: lists of NAME=value and of names become mappings, one becomes a list.
import {
  createList,
  createMapping,
  createText,
  entriesOf,
  itemsOf,
  textOf,
  type ComposeNode,
  type MappingNode,
} from './node.ts';

type Rewrite = (node: ComposeNode) => ComposeNode;

const toList: Rewrite = (node) => (node.kind === 'scalar' ? createList(itemsOf(node), node) : node);

/** `[A=1, B]` becomes `{A: 1, B: null}`; the last one of a name wins. */
const toPairs: Rewrite = (node) => {
  if (node.kind !== 'list') return node;
  const entries = new Map<string, ComposeNode>();
  for (const item of node.items) {
    const text = textOf(item) ?? '';
    const at = text.indexOf('=');
    if (at === -1) entries.set(text, { kind: 'scalar', value: null, place: item.place });
    else entries.set(text.slice(0, at), createText(text.slice(at + 1), item));
  }
  return createMapping(entries, node);
};

/** `[a, b]` becomes `{a: null, b: null}`. */
const toNames: Rewrite = (node) => {
  if (node.kind !== 'list') return node;
  return createMapping(
    node.items.map(
      (item) => [textOf(item) ?? '', { kind: 'scalar', value: null, place: item.place }] as const,
    ),
    node,
  );
};

const toBuild: Rewrite = (node) => {
  if (node.kind === 'scalar' && node.value !== null) return createMapping([['context', { ...node }]], node);
  return rewriteKeys(node, BUILD);
};

const BUILD: ReadonlyMap<string, Rewrite> = new Map([
  ['args', toPairs],
  ['labels', toPairs],
  ['additional_contexts', toPairs],
]);

const DEPLOY: ReadonlyMap<string, Rewrite> = new Map([['labels', toPairs]]);

const SERVICE: ReadonlyMap<string, Rewrite> = new Map([
  ['build', toBuild],
  ['deploy', (node) => rewriteKeys(node, DEPLOY)],
  ['environment', toPairs],
  ['labels', toPairs],
  ['annotations', toPairs],
  ['sysctls', toPairs],
  ['depends_on', toNames],
  ['networks', toNames],
  ['models', toNames],
  ['env_file', toList],
  ['label_file', toList],
  ['dns', toList],
  ['dns_search', toList],
  ['tmpfs', toList],
]);

/** A compose file whose services are in one form. */
export function canonicalise(file: ComposeNode): ComposeNode {
  return rewriteKeys(
    file,
    new Map<string, Rewrite>([
      [
        'services',
        (services) =>
          services.kind === 'mapping'
            ? createMapping(
                entriesOf(services).map(([name, service]) => [name, rewriteKeys(service, SERVICE)] as const),
                services,
                services.keyPlaces,
              )
            : services,
      ],
    ]),
  );
}

function rewriteKeys(node: ComposeNode, rewrites: ReadonlyMap<string, Rewrite>): ComposeNode {
  if (node.kind !== 'mapping') return node;
  const entries = entriesOf(node).map(([key, value]) => [key, rewrites.get(key)?.(value) ?? value] as const);
  const rewritten: MappingNode = createMapping(entries, node, node.keyPlaces);
  return rewritten;
}
