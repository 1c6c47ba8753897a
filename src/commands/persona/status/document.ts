// What -o json and -o yaml of `persona status` hold: the persona with the status that the screen shows, and what the screen knows beyond it.
import type { PersonaReport } from '../../../cluster/inspect-persona.ts';
import type { KubeObject } from '../../../kube/objects.ts';

/**
 * The ApplicationPersona as kubectl would print it, with the status shown. Three fields stand beside the status, so that nobody takes
 * them for the operator's word: `judgedBy` is `operator`, or `kubectl-dorgu` where the status was judged from here; `diagnoses` says
 * why workloads are not up; `unseen` lists resources that could not be read.
 */
export function toStatusDocument(report: PersonaReport): KubeObject {
  const { persona, status, judgedBy, disagreement, diagnoses, unseen } = report;
  return {
    ...persona,
    status,
    judgedBy: judgedBy === 'operator' ? 'operator' : 'kubectl-dorgu',
    ...(disagreement === undefined ? {} : { disagreement }),
    diagnoses,
    unseen: unseen.map(({ resource, message }) => ({ resource, message })),
  };
}

/** Whether a person may rely on it: Active, Ready, and nothing live that says otherwise. */
export function isUp({ status, disagreement }: PersonaReport): boolean {
  const ready = status.conditions?.find(({ type }) => type === 'Ready');
  return status.phase === 'Active' && ready?.status === 'True' && disagreement === undefined;
}
