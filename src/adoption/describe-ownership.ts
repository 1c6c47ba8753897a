// Who answers for a workload and how much it matters, where labels or annotations say so.
import { teamLabel } from '../api/group-version.ts';
import type { ApplicationPersonaSpec, Ownership } from '../api/personas.ts';
import { tiers } from '../api/vocabulary.ts';
import type { TextMap, Workload } from '../workload/workload.ts';

/** Keys that people use, the most explicit first: ours, Backstage's, those of a8r.io, bare words. */
const keys: Readonly<Record<keyof Ownership, readonly string[]>> = {
  team: [teamLabel, 'backstage.io/team', 'app.kubernetes.io/team', 'team'],
  owner: ['dorgu.io/owner', 'backstage.io/owner', 'a8r.io/owner', 'owner', 'maintainer'],
  repository: [
    'dorgu.io/repository',
    'backstage.io/source-location',
    'a8r.io/repository',
    'org.opencontainers.image.source',
    'app.openshift.io/vcs-uri',
  ],
  oncall: ['dorgu.io/oncall', 'pagerduty.com/service-id', 'a8r.io/support', 'oncall'],
  runbook: ['dorgu.io/runbook', 'a8r.io/runbook', 'runbook', 'runbook-url'],
};

const tierKeys = ['dorgu.io/tier', 'app.kubernetes.io/tier', 'tier'];

/** Undefined where nothing says so. The workload's own words come before its pods'. */
export function describeOwnership(workload: Workload): Ownership | undefined {
  const found = Object.entries(keys).flatMap(([field, names]) => {
    const text = findText(workload, names);
    return text === undefined ? [] : [[field, text] as const];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

/** Undefined unless a label says one of the three words: `tier: backend` is something else. */
export function describeTier(workload: Workload): ApplicationPersonaSpec['tier'] {
  const words = tierKeys.map((key) => findText(workload, [key]));
  return tiers.find((tier) => words.includes(tier));
}

function findText({ labels, annotations, pod }: Workload, names: readonly string[]): string | undefined {
  const places: readonly TextMap[] = [labels, annotations, pod.labels, pod.annotations];
  for (const name of names) {
    for (const place of places) {
      const text = place.get(name)?.trim();
      if (text !== undefined && text !== '') return text;
    }
  }
  return undefined;
}
