// Why a pod has no node, no volume, no network, or was sent away.
import { formatKubectl } from './kubectl-command.ts';
import { shorten, type PodCause, type PodEvidence } from './pod-evidence.ts';
import { readMissingObject } from './missing-object.ts';

/** What is wrong with the pod as a whole; empty where its containers have to say. */
export function findPodCauses(evidence: PodEvidence): PodCause[] {
  const { pod, namespace } = evidence;
  const unscheduled = pod.unmet.get('PodScheduled');
  if (unscheduled !== undefined)
    return [toUnschedulable(evidence, unscheduled.message || unscheduled.reason)];
  if (pod.phase === 'Failed' && pod.reason !== '') {
    return [
      {
        code: 'Evicted',
        subject: `pod/${pod.reason}`,
        what: `the pod was ended (${pod.reason})${pod.message === '' ? '' : `: ${shorten(pod.message)}`}`,
        todo: formatKubectl(namespace, 'describe', 'pod', pod.name),
      },
    ];
  }
  return [...findVolumeCauses(evidence), ...findGateCauses(evidence)];
}

function toUnschedulable(evidence: PodEvidence, message: string): PodCause {
  return (
    readMissingObject(message, evidence.namespace) ?? {
      code: 'Unschedulable',
      subject: 'pod/scheduling',
      what: `no node takes the pod: ${shorten(message)}`,
      todo: adviseScheduling(evidence, message),
    }
  );
}

function adviseScheduling({ namespace, pod, target }: PodEvidence, message: string): string {
  const resource = /Insufficient (cpu|memory)\b/.exec(message)?.[1];
  if (resource !== undefined)
    return `${formatKubectl(namespace, 'set', 'resources', target, `--requests=${resource}=…`)}, or add nodes: kubectl describe nodes`;
  if (message.includes('unbound immediate PersistentVolumeClaims'))
    return formatKubectl(namespace, 'get', 'persistentvolumeclaims');
  if (/node affinity|node selector|didn't match Pod's node/.test(message))
    return 'no node has the labels that nodeSelector or affinity ask for: kubectl get nodes --show-labels';
  if (message.includes('untolerated taint'))
    return 'tolerate the taint, or add nodes without it: kubectl describe nodes';
  return formatKubectl(namespace, 'describe', 'pod', pod.name);
}

/** What a pod waits for between its node and its containers; told only while nothing of it runs. */
function findVolumeCauses(evidence: PodEvidence): PodCause[] {
  const { pod, events, namespace } = evidence;
  const isCreating = pod.containers.some(
    ({ waiting }) => waiting?.reason === 'ContainerCreating' || waiting?.reason === 'PodInitializing',
  );
  if (!isCreating || pod.containers.some(({ isRunning, waiting }) => isRunning || isTelling(waiting?.reason)))
    return [];
  const event = events.find(
    ({ reason, isWarning }) =>
      isWarning && /^Failed(Mount|AttachVolume|MapVolume|CreatePodSandBox)/.test(reason),
  );
  if (event === undefined) return [];
  const missing = readMissingObject(event.message, evidence.namespace);
  if (missing !== undefined) return [missing];
  const isSandbox = event.reason.startsWith('FailedCreatePodSandBox');
  return [
    {
      code: isSandbox ? 'SandboxFailed' : 'VolumeFailed',
      subject: isSandbox ? 'pod/sandbox' : 'pod/volumes',
      what: `${isSandbox ? 'the node cannot set up the pod' : 'a volume cannot be mounted'}: ${shorten(event.message)}`,
      todo: formatKubectl(namespace, 'describe', 'pod', pod.name),
    },
  ];
}

/** Whether a reason to wait names a fault of the container itself. */
const isTelling = (reason: string | undefined) =>
  reason !== undefined && reason !== 'ContainerCreating' && reason !== 'PodInitializing';

/** All containers are ready and the pod is not: a readiness gate that something else has to open. */
function findGateCauses({ pod, namespace }: PodEvidence): PodCause[] {
  const running = pod.containers.filter(({ isInit }) => !isInit);
  if (pod.isReady || running.length === 0 || !running.every(({ isReady }) => isReady)) return [];
  const ready = pod.unmet.get('Ready');
  return [
    {
      code: 'NotReady',
      subject: `pod/${ready?.reason ?? 'Ready'}`,
      what: `the containers are ready, the pod is not${ready === undefined || ready.message === '' ? '' : `: ${shorten(ready.message)}`}`,
      todo: formatKubectl(namespace, 'describe', 'pod', pod.name),
    },
  ];
}
