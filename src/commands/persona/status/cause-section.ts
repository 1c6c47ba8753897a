// WHY: what keeps a workload from being up, root causes first, each with what to do.
import type { Cause } from '../../../cluster/diagnosis/cause.ts';
import type { PersonaReport, WorkloadDiagnosis } from '../../../cluster/inspect-persona.ts';
import type { Entry, Section } from './screen-model.ts';

/** One section a workload that is not up and tells why. */
export function listCauses({ diagnoses }: PersonaReport): Section[] {
  return diagnoses.map(toSection);
}

function toSection({ kind, name, causes }: WorkloadDiagnosis): Section {
  return { title: 'WHY', summary: `${kind} ${name} is not up`, entries: causes.map(toEntry) };
}

function toEntry({ code, what, todo, pods }: Cause): Entry {
  return {
    label: nameExtent(code, pods),
    ...(code === 'ReferenceUnseen' ? {} : { tone: code === 'RolloutPaused' ? 'warning' : 'failing' }),
    topic: code,
    text: what,
    below: todo === undefined ? [] : [todo],
  };
}

/** How much of the workload it holds up. */
function nameExtent(code: Cause['code'], pods: number): string {
  if (pods > 0) return pods === 1 ? '1 pod' : `${pods} pods`;
  if (code === 'RolloutPaused' || code === 'DeadlineExceeded') return 'rollout';
  return code === 'ReferenceUnseen' ? 'unseen' : 'all pods';
}
