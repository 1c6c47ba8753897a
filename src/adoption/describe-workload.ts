// One workload as the spec of a persona: everything that the cluster knows of it, and nothing more.
import type { ApplicationPersonaSpec } from '../api/personas.ts';
import { findMainContainer } from '../workload/main-container.ts';
import type { Workload } from '../workload/workload.ts';
import { describeHealth } from './describe-health.ts';
import { describeKind } from './describe-kind.ts';
import { describeNetworking } from './describe-networking.ts';
import { describeOwnership, describeTier } from './describe-ownership.ts';
import { describeResources } from './describe-resources.ts';
import { describeRollout } from './describe-rollout.ts';
import { describeScaling } from './describe-scaling.ts';
import { describeSecurity } from './describe-security.ts';
import { keepKnown, nothing } from './described.ts';
import type { NamespaceSnapshot } from './namespace-snapshot.ts';

/** A spec, and in a phrase each what was left out and why. */
export interface DescribedWorkload {
  spec: ApplicationPersonaSpec;
  notes: readonly string[];
}

/** The spec under the name by which the persona claims the workload. It may hold foreign text that does not fit a persona. */
export function describeWorkload(
  workload: Workload,
  name: string,
  snapshot: NamespaceSnapshot,
): DescribedWorkload {
  const main = findMainContainer(workload, name);
  const resources = main && describeResources(main);
  const scaling = describeScaling(workload, snapshot);
  const health = main ? describeHealth(workload, main) : nothing();
  const networking = describeNetworking(workload, snapshot);
  return {
    spec: keepKnown({
      name,
      type: describeKind(workload, snapshot.surroundings),
      tier: describeTier(workload),
      resources,
      scaling: scaling.part,
      health: health.part,
      networking: networking.part,
      ownership: describeOwnership(workload),
      policies: keepKnown({
        security: describeSecurity([workload]),
        deployment: describeRollout(workload),
      }),
    }),
    notes: [
      ...(snapshot.unread.has('Service') ? ['type: Services could not be read'] : []),
      ...(resources ? [] : ['resources: the container asks for nothing']),
      ...scaling.notes,
      ...health.notes,
      ...networking.notes,
    ],
  };
}
