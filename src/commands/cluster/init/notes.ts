// What `cluster init` tells people beside the outcome: what was found, what was guessed, what to look at.
import { fieldAt, textOf } from '../../../api/foreign-fields.ts';
import type { PlannedClusterPersona } from '../../../cluster/discover-cluster-persona.ts';
import { listFailures } from '../../../status/cluster/cluster-facts.ts';
import { valueOf } from '../../../status/cluster/part.ts';
import { detectPlatform } from '../../../status/cluster/platform.ts';
import { escapeText } from '../../../ui/escape.ts';

/** Lines for stderr. */
export function formatInitNotes(plan: PlannedClusterPersona): string[] {
  const { facts, others, notes } = plan;
  const version = valueOf(facts.version, '');
  const nodes = valueOf(facts.nodes, []);
  const platform = detectPlatform({ version, nodes, groups: valueOf(facts.groups, new Set<string>()) });
  const addons = valueOf(facts.addons, []).map(({ addon }) => addon.name);
  const found = [
    `found ${version}${platform === undefined ? '' : ` on ${platform}`}`,
    `${nodes.length} ${nodes.length === 1 ? 'node' : 'nodes'}`,
    ...(addons.length === 0 ? [] : [addons.join(', ')]),
  ].join('; ');
  const lines = [
    found,
    describeEnvironment(plan),
    ...notes.map((note) => `note: ${note}`),
    ...listFailures(facts).map(({ part, reason }) => `warning: could not read ${part}: ${reason}`),
    ...(others.length === 0
      ? []
      : [
          `warning: there is ClusterPersona ${others.join(', ')} already, and only the oldest counts: kubectl delete clusterpersona NAME removes one`,
        ]),
  ];
  return lines.map(escapeText);
}

function describeEnvironment({ object, isEnvironmentGuessed }: PlannedClusterPersona): string {
  const environment = textOf(fieldAt(object, 'spec', 'environment'));
  if (environment === '')
    return 'environment development, because its name tells none: --environment says another';
  if (!isEnvironmentGuessed) return `environment ${environment}`;
  return `environment ${environment}, by its name: --environment says another`;
}
