// What a run took from the cluster's ClusterPersona, said once, so that a person knows who decided.
import type { Decision } from '../manifests/generated-file.ts';
import type { ManifestOptions } from '../manifests/options.ts';
import { describeClusterPersona } from '../settings/cluster-layer.ts';
import type { Settings } from '../settings/settings.ts';

/** One line for what was taken, one for a namespace that is not named as the cluster's are; nothing without a ClusterPersona. */
export function listClusterDecisions(
  settings: Settings,
  { namespace }: Pick<ManifestOptions, 'namespace'>,
): Decision[] {
  const { clusterPersona } = settings;
  if (clusterPersona === undefined) return [];
  const who = describeClusterPersona(clusterPersona);
  const taken = listTaken(settings);
  const prefix = clusterPersona.spec.conventions?.namespacePrefix ?? '';
  return [
    {
      topic: 'cluster',
      message: taken.length === 0 ? `${who} has nothing to add` : `${taken.join(', ')}: from ${who}`,
    },
    ...(namespace.value.startsWith(prefix)
      ? []
      : [
          {
            topic: 'cluster' as const,
            message: `namespace ${namespace.value} does not begin with ${prefix}, as ${who} has it`,
            command: `kubectl dorgu generate -n ${prefix}${namespace.value}`,
          },
        ]),
  ];
}

function listTaken({ origins, values, clusterPersona, defaults }: Settings): string[] {
  const named = (['namespace', 'registry'] as const).filter((name) => origins.get(name)?.layer === 'cluster');
  const prefix = clusterPersona?.spec.conventions?.namespacePrefix;
  const isPrefixed = prefix !== undefined && values.namespace === undefined;
  return [
    ...named.map((name) => `${name} ${values[name] ?? ''}`),
    ...(isPrefixed ? [`namespace prefix ${prefix}`] : []),
    ...(defaults.fallback?.resources === undefined ? [] : ['resources where the source says none']),
    ...(defaults.fallback?.scaling === undefined ? [] : ['scaling where the source says none']),
  ];
}
