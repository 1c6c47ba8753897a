// Who sets a fixed number of replicas again with each apply: the file itself, or what the cluster remembers of it.
import { fieldAt } from '../../api/foreign-fields.ts';
import type { RuleInput } from '../rule-input.ts';

/** What `kubectl apply` remembers of the file that was applied last. */
const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';

/** Annotations are at most 256 KiB together. */
const maxAnnotationLength = 262_144;

/** Managers that set replicas because an autoscaler or a person told them to scale. */
const scalers = /^(kube-controller-manager|horizontal-pod-autoscaler|keda|vpa|rollouts-controller)/;

/**
 * Who applies replicas, in words for a message; undefined for nobody. In a cluster that is a manager by server-side apply, or the
 * file that `kubectl apply` remembers: an owner by other requests proves nothing, because it owns defaults as well.
 */
export function whoAppliesReplicas({ workload, source }: RuleInput): string | undefined {
  if (source === 'file') return isGiven(workload.replicas) ? 'the file' : undefined;
  const manager = workload.replicasManagers.find((name) => !scalers.test(name));
  if (manager !== undefined) return manager;
  return appliedReplicas(workload.annotations.get(lastAppliedAnnotation)) ? 'kubectl apply' : undefined;
}

function appliedReplicas(text: string | undefined): boolean {
  if (text === undefined || text.length > maxAnnotationLength) return false;
  try {
    return isGiven(fieldAt(JSON.parse(text), 'spec', 'replicas'));
  } catch {
    // Somebody wrote into it: then it remembers nothing.
    return false;
  }
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
