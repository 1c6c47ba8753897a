// Imported personas as text: YAML with what was left out above each, JSON, or names.
import { neverKnown } from '../../../adoption/adopt.ts';
import type { ImportedPersona } from '../../../cluster/import/import-personas.ts';
import type { KubeObject } from '../../../kube/objects.ts';
import { formatYaml } from '../../../manifests/yaml-text.ts';
import { formatObjectList, formatObjectName } from '../../printers/format-objects.ts';

/** One YAML document. Foreign text is escaped by the YAML. */
export function formatPersonaYaml({ persona, sources, notes }: ImportedPersona): string {
  return formatYaml(persona, {
    header: `# Imported by \`kubectl dorgu persona import\` from ${sources.join(', ')}: what runs, not what was meant.`,
    comments: [`Not known: ${neverKnown}.`, ...notes.map((note) => `Left out, ${note}.`)],
  });
}

/** All of them: YAML documents with `---` between them, a List in JSON, or a line each. */
export function formatPersonas(
  personas: readonly ImportedPersona[],
  format: 'yaml' | 'json' | 'name',
): string {
  if (format === 'yaml') return personas.map(formatPersonaYaml).join('---\n');
  const objects = personas.map(({ persona }): KubeObject => ({ ...persona }));
  return formatObjectList(objects, { kind: format });
}

/** `applicationpersona.dorgu.io/shop`, with its namespace where there may be several. */
export function formatPersonaName({ persona }: ImportedPersona, hasNamespace: boolean): string {
  const name = formatObjectName({ ...persona });
  return hasNamespace ? `${name} in ${persona.metadata.namespace ?? ''}` : name;
}
