// Whether a discovery is worth a write, and the status to write: one that differs in nothing but time and noise is not.
import { clusterConditions, clusterReadyReasons } from '../../api/conditions.ts';
import type { ClusterPersonaStatus } from '../../api/personas.ts';
import { isSameButTimes, setConditions } from '../set-conditions.ts';
import { observeCluster, type ClusterObservation } from './observe-cluster.ts';
import { valueOf } from './part.ts';
import { hasHardlyMoved, readUsed } from './used-resources.ts';

/** The status to write for the ClusterPersona that counts; undefined where the one that it has says the same. */
export function decideCluster(
  observation: Omit<ClusterObservation, 'supersededBy'>,
): ClusterPersonaStatus | undefined {
  const { previous, facts } = observation;
  const status = observeCluster(observation);
  if (previous === undefined) return status;
  const usage = valueOf(facts.usage, undefined);
  const held = usage !== undefined && hasHardlyMoved(usage, previous) ? readUsed(previous) : usage;
  const compared =
    held === usage ? status : observeCluster({ ...observation, facts: { ...facts, usage: { value: held } } });
  return isSameButTimes(compared, previous) ? undefined : status;
}

/** The status to write for one that an older one takes the place of; undefined where it says so already. It describes nothing. */
export function decideSuperseded({
  generation,
  by,
  previous,
  now,
}: {
  generation: number | undefined;
  /** The one that counts. */
  by: string;
  previous: ClusterPersonaStatus | undefined;
  now: Date;
}): ClusterPersonaStatus | undefined {
  const ready = {
    type: clusterConditions.ready,
    status: 'False' as const,
    reason: clusterReadyReasons.superseded,
    message: `ClusterPersona ${by} is older and counts`,
  };
  const status: ClusterPersonaStatus = {
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    phase: 'Unknown',
    conditions: setConditions([ready], previous?.conditions, { generation, now }),
  };
  return isSameButTimes(status, previous) ? undefined : status;
}
