// What a ClusterPersona says where an application does not: the weakest source but for the defaults.
import type { EffectiveClusterPersona } from '../api/personas.ts';
import { fieldAt } from '../api/foreign-fields.ts';
import type { ComponentFallback } from '../manifests/component-options.ts';
import { fields, type FieldName } from './fields.ts';
import type { LayerValues, Setting } from './layer-values.ts';

/** Settings of the application as a whole, and where each stands below spec.defaults. */
const places: readonly (readonly [FieldName, string])[] = [
  ['namespace', 'namespace'],
  ['registry', 'registry'],
];

/** `ClusterPersona prod`, as it is shown to a person. */
export function describeClusterPersona({ metadata }: EffectiveClusterPersona): string {
  return `ClusterPersona ${metadata.name}`;
}

/** Its settings; nothing for none. */
export function readClusterLayer(persona: EffectiveClusterPersona | undefined): LayerValues {
  const values = new Map<FieldName, Setting>();
  if (persona === undefined) return values;
  for (const [name, place] of places) {
    const parsed = fields[name].kind.parse(fieldAt(persona.spec.defaults, place));
    if (!parsed.ok) continue;
    values.set(name, {
      value: parsed.value,
      origin: { layer: 'cluster', where: describeClusterPersona(persona) },
    });
  }
  return values;
}

/** What holds for components of which neither settings nor source say it; undefined for nothing. */
export function readComponentFallback(
  persona: EffectiveClusterPersona | undefined,
): ComponentFallback | undefined {
  const { resources, scaling } = persona?.spec.defaults ?? {};
  if (resources === undefined && scaling === undefined) return undefined;
  return { ...(resources === undefined ? {} : { resources }), ...(scaling === undefined ? {} : { scaling }) };
}
