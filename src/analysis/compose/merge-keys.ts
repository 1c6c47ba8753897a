// YAML merge keys: `<<: *base` brings in what the mapping does not say itself.
import { createComposeError, describeNode } from './compose-error.ts';
import { createMapping, itemsOf, type ComposeNode, type MappingNode } from './node.ts';

/** The mapping with its `<<` resolved: own keys win, earlier sources win over later ones. Throws DorguError where `<<` is no mapping. */
export function applyMergeKeys(mapping: MappingNode): MappingNode {
  const merged = mapping.entries.get('<<');
  if (merged === undefined) return mapping;
  const entries = new Map<string, ComposeNode>(mapping.entries);
  entries.delete('<<');
  const keyPlaces = new Map(mapping.keyPlaces);
  keyPlaces.delete('<<');
  for (const source of itemsOf(merged)) {
    if (source.kind !== 'mapping') {
      throw createComposeError(
        'ComposeSyntax',
        source.place,
        `expected a mapping to merge with <<, found ${describeNode(source)}`,
      );
    }
    for (const [key, value] of source.entries) {
      if (entries.has(key)) continue;
      entries.set(key, value);
      keyPlaces.set(key, source.keyPlaces.get(key) ?? value.place);
    }
  }
  return createMapping(entries, mapping, keyPlaces);
}
