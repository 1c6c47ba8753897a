// Reads how a workload replaces its pods: each kind says it in another place.
import { fieldAt } from '../api/foreign-fields.ts';
import { readText } from './text-map.ts';
import type { UpdateStrategy, WorkloadKind } from './workload.ts';

/** The strategy; without a type where none is written or the kind has none. */
export function readUpdateStrategy(kind: WorkloadKind, spec: unknown): UpdateStrategy {
  if (kind === 'Rollout') return readRolloutStrategy(fieldAt(spec, 'strategy'));
  const field = kind === 'StatefulSet' || kind === 'DaemonSet' ? 'updateStrategy' : 'strategy';
  const strategy = fieldAt(spec, field);
  return {
    type: readText(fieldAt(strategy, 'type')),
    maxSurge: fieldAt(strategy, 'rollingUpdate', 'maxSurge') ?? undefined,
    maxUnavailable: fieldAt(strategy, 'rollingUpdate', 'maxUnavailable') ?? undefined,
    path: `spec.${field}`,
  };
}

// Argo writes the type as the name of the one field that is there.
function readRolloutStrategy(strategy: unknown): UpdateStrategy {
  const path = 'spec.strategy';
  if (isObject(fieldAt(strategy, 'blueGreen'))) {
    return { type: 'BlueGreen', maxSurge: undefined, maxUnavailable: undefined, path };
  }
  const canary = fieldAt(strategy, 'canary');
  return {
    type: isObject(canary) ? 'Canary' : undefined,
    maxSurge: fieldAt(canary, 'maxSurge') ?? undefined,
    maxUnavailable: fieldAt(canary, 'maxUnavailable') ?? undefined,
    path,
  };
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
