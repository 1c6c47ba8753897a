// The rows of what runs: workloads with their replicas, rollout and image, and what scales them.
import type { PersonaReport } from '../../../cluster/inspect-persona.ts';
import type { KubeObject } from '../../../kube/objects.ts';
import { fieldAt, listOf, textOf } from '../../../api/foreign-fields.ts';
import { judgeRollout } from '../../../status/rollout.ts';
import type { Rollout } from '../../../status/rollout-verdict.ts';
import { readAutoscaler } from '../../../workload/autoscaler.ts';
import { findMainContainer } from '../../../workload/main-container.ts';
import type { Workload } from '../../../workload/workload.ts';
import type { Row, Tone } from './screen-model.ts';

/** More of a kind are counted, not shown. */
const MAX_ROWS = 5;

/** One row a workload and one an autoscaler. */
export function listWorkloadRows(report: PersonaReport, { isWide }: { isWide: boolean }): Row[] {
  const { persona, workloads, autoscalers } = report;
  const rows = workloads.map((workload) => toWorkloadRow(workload, persona.spec.name, isWide));
  return [
    ...cap('Workload', rows, isWide ? Infinity : MAX_ROWS),
    ...cap('Scaling', autoscalers.flatMap(toScalingRow), isWide ? Infinity : MAX_ROWS),
  ];
}

function cap(label: string, rows: readonly Row[], most: number): Row[] {
  const more = rows.length - most;
  return more <= 0 ? [...rows] : [...rows.slice(0, most), { label, main: `and ${more} more: -o wide` }];
}

function toWorkloadRow(workload: Workload, personaName: string, isWide: boolean): Row {
  const rollout = judgeRollout(workload);
  const main = findMainContainer(workload, personaName);
  const images = workload.pod.containers
    .filter(({ role }) => role === 'container' || role === 'sidecar')
    .map(({ image }) => image)
    .filter((image) => image !== '' && image !== main?.image);
  return {
    label: 'Workload',
    main: `${workload.kind} ${workload.name}, ${describeRollout(workload, rollout)}`,
    tone: toneOf(rollout),
    side: [main?.image ?? '', ...(isWide ? images : [])].filter((image) => image !== '').join(', '),
  };
}

function describeRollout({ kind, spec }: Workload, rollout: Rollout): string {
  const { state, message, counts } = rollout;
  if (kind === 'CronJob') return `${textOf(spec['schedule'])}, ${message}`;
  if (kind === 'Job' || kind === 'Pod' || state === 'idle') return message;
  return `${counts.available} of ${counts.desired} available${describeState(rollout)}`;
}

function describeState({ state, counts }: Rollout): string {
  switch (state) {
    case 'complete':
      return ', rolled out';
    case 'progressing':
      return `, rolling out: ${counts.updated} of ${counts.desired} updated`;
    case 'stalled':
      return ', rollout stalled';
    case 'paused':
      return `, rollout paused at ${counts.updated} of ${counts.desired}`;
    case 'idle':
    case 'short':
    case 'failed':
      return '';
  }
}

function toneOf({ state, counts }: Rollout): Tone {
  if (state === 'complete' || state === 'idle' || state === 'progressing') return undefined;
  return state === 'failed' || (counts.desired > 0 && counts.available === 0) ? 'failing' : 'warning';
}

function toScalingRow(object: KubeObject): Row[] {
  const scaler = readAutoscaler(object);
  if (scaler === undefined) return [];
  const { kind, minReplicas, maxReplicas, targetCPU, targetMemory } = scaler;
  const targets = [
    targetCPU === undefined ? '' : `${targetCPU}% CPU`,
    targetMemory === undefined ? '' : `${targetMemory}% memory`,
  ].filter((target) => target !== '');
  // What it has set last; its own count of what is there is up to 15 s old, and stands in the row of the workload.
  const current = formatCount(fieldAt(object, 'status', 'desiredReplicas'), '');
  const problem = findProblem(object);
  return [
    {
      label: 'Scaling',
      main: [
        `${kind === 'ScaledObject' ? 'KEDA' : 'HPA'} ${formatCount(minReplicas, '1')} to ${formatCount(maxReplicas, '?')}`,
        targets.length === 0 ? '' : ` at ${targets.join(', ')}`,
        current === '' ? '' : `, now ${current}`,
      ].join(''),
      ...(problem === undefined ? {} : { tone: 'warning', side: problem }),
    },
  ];
}

const formatCount = (count: unknown, absent: string) =>
  typeof count === 'number' || typeof count === 'string' ? String(count) : absent;

/** Conditions that keep it from scaling, and the ceiling where it is reached. */
function findProblem(object: KubeObject): string | undefined {
  for (const condition of listOf(fieldAt(object, 'status', 'conditions'))) {
    const [type, status] = [fieldAt(condition, 'type'), fieldAt(condition, 'status')];
    const reason = textOf(fieldAt(condition, 'reason'));
    if ((type === 'AbleToScale' || type === 'ScalingActive' || type === 'Ready') && status === 'False')
      return reason === 'ScalingDisabled' ? undefined : `${reason}: ${textOf(fieldAt(condition, 'message'))}`;
    if (type === 'ScalingLimited' && status === 'True' && reason === 'TooManyReplicas')
      return 'wants more than its maximum';
  }
  return undefined;
}
