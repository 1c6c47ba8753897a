// One spec for several workloads that no name tells apart: what holds for all of them.
import type { ApplicationPersonaSpec, Scaling } from '../api/personas.ts';
import { hasReplicas } from '../rules/scaling/replica-count.ts';
import type { Workload } from '../workload/workload.ts';
import { isAdopted } from './claim-names.ts';
import { describeSecurity } from './describe-security.ts';
import { keepKnown } from './described.ts';
import type { DescribedWorkload } from './describe-workload.ts';

/** A workload with what is known of it. */
export interface Member extends DescribedWorkload {
  workload: Workload;
}

/** The first one's identity; security and replicas so that all keep to them; of the rest what all say alike. `members` is not empty. */
export function mergeSpecs(members: readonly [Member, ...Member[]]): DescribedWorkload {
  const [first, ...others] = members;
  if (others.length === 0) return first;
  const lasting = members.filter(({ workload }) => isAdopted(workload));
  const main = lasting[0] ?? first;
  // Of a critical application even a Job must keep to the limits.
  const bound = main.spec.tier === 'critical' ? members : lasting;
  return {
    spec: keepKnown({
      name: main.spec.name,
      type: main.spec.type,
      tier: main.spec.tier,
      resources: agreed(bound, (one) => one.resources),
      scaling: mergeScaling(members),
      health: agreed(lasting, (one) => one.health),
      networking: agreed(lasting, (one) => one.networking),
      ownership: main.spec.ownership,
      policies: keepKnown({
        security: describeSecurity(members.map(({ workload }) => workload)),
        deployment: agreed(lasting, (one) => one.policies?.deployment),
      }),
    }),
    notes: lasting.length > 1 ? [explainGroup(lasting)] : [...main.notes, explainGuests(members)],
  };
}

function explainGroup(lasting: readonly Member[]): string {
  return `what ${listNames(lasting)} do not share: no name tells them apart, so the persona claims them all`;
}

function explainGuests(members: readonly Member[]): string {
  const guests = members.filter(({ workload }) => !isAdopted(workload));
  return `what ${listNames(guests)} would say: the persona claims it too, by the same name`;
}

function listNames(members: readonly Member[]): string {
  return members.map(({ workload }) => `${workload.kind}/${workload.name}`).join(', ');
}

function agreed<Part>(
  members: readonly Member[],
  pick: (spec: ApplicationPersonaSpec) => Part | undefined,
): Part | undefined {
  const [first, ...others] = members.map(({ spec }) => pick(spec));
  const text = JSON.stringify(first);
  return others.every((other) => JSON.stringify(other) === text) ? first : undefined;
}

/** From the fewest of any to the most of any; nothing where one does not say. */
function mergeScaling(members: readonly Member[]): Scaling | undefined {
  const counted = members.filter(({ workload }) => hasReplicas(workload));
  const all = counted.flatMap(({ spec }) => (spec.scaling === undefined ? [] : [spec.scaling]));
  if (all.length === 0 || all.length < counted.length) return undefined;
  return {
    minReplicas: Math.min(...all.map(({ minReplicas = 0 }) => minReplicas)),
    maxReplicas: Math.max(...all.map(({ maxReplicas = 1 }) => maxReplicas)),
  };
}
