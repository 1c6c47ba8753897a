// The report of keys that no manifest carries: one note for each that is used, with its reason from the table.
import type { Note } from '../../application/application.ts';
import { composeFile } from './file-keys.ts';
import { entriesOf, isNull, textOf, type ComposeNode } from './node.ts';
import type { KeyTable, Shape } from './shape.ts';

/** Notes of kind `unmapped` for the whole model, except services that are left out. */
export function reportUnmapped(model: ComposeNode, services: ReadonlySet<string>): Note[] {
  const notes = new Map<string, Note>();
  walk(model, composeFile, '', notes, services);
  return [...notes.values()];
}

function walk(
  node: ComposeNode,
  shape: Shape,
  path: string,
  notes: Map<string, Note>,
  services: ReadonlySet<string>,
): void {
  if (node.kind === 'list') {
    for (const item of node.items)
      if (shape.items !== undefined) walk(item, shape.items, path, notes, services);
    return;
  }
  for (const [key, value] of entriesOf(node)) {
    if (path === 'services' && !services.has(key)) continue;
    const at = path === '' ? key : `${path}.${key}`;
    if (shape.keys !== undefined) walkKey(value, shape.keys, key, at, notes, services);
    else if (shape.each !== undefined) walk(value, shape.each, at, notes, services);
  }
}

function walkKey(
  value: ComposeNode,
  keys: KeyTable,
  key: string,
  path: string,
  notes: Map<string, Note>,
  services: ReadonlySet<string>,
): void {
  const rule = Object.hasOwn(keys, key) ? keys[key] : undefined;
  if (rule === undefined || isNull(value)) return;
  if (rule.unmapped === undefined) {
    walk(value, rule.shape, path, notes, services);
    return;
  }
  const [section, component] = path.split('.');
  const reason = explain(key, value) ?? rule.unmapped;
  const message = `${path}: ${reason}`;
  const { file, line } = value.place;
  if (notes.has(message)) return;
  notes.set(message, {
    ...(section === 'services' && component !== undefined && { component }),
    kind: 'unmapped',
    message,
    evidence: [{ file, line, reason }],
  });
}

// What a key's value says more than the key.
function explain(key: string, value: ComposeNode): string | undefined {
  if (key === 'labels') {
    const isRouted = entriesOf(value).some(([name]) => name.startsWith('traefik.'));
    return isRouted
      ? 'routes for Traefik; ask for an Ingress (--expose ingress --host NAME) to reach it from outside'
      : undefined;
  }
  if (key === 'network_mode' && textOf(value) === 'host')
    return "shares the host's network, which Pod Security's baseline forbids";
  return undefined;
}
