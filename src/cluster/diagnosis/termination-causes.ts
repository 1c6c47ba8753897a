// Why a container does not keep running: how it ended, and what it said before it did.
import { formatKubectl } from './kubectl-command.ts';
import {
  findContainerEvent,
  nameContainer,
  shorten,
  type ContainerEvidence,
  type PodCause,
} from './pod-evidence.ts';
import type { ContainerState, Termination } from './pod-state.ts';

/** What shells and the kernel mean by an exit code. */
const EXIT_CODES = new Map([
  [126, 'the command is not executable'],
  [127, 'the command was not found'],
  [134, 'it aborted'],
  [137, 'it was killed'],
  [139, 'it crashed with a segmentation fault'],
  [143, 'it was asked to stop'],
]);

/** Undefined where the container did not end, or ended as it should. */
export function findTerminationCause(evidence: ContainerEvidence): PodCause | undefined {
  const { container, isMeantToEnd } = evidence;
  const { ended } = container;
  if (ended === undefined || container.isReady) return undefined;
  if (ended.reason === 'OOMKilled') return toOutOfMemory(evidence);
  if (ended.exitCode === 0 && (container.isInit || isMeantToEnd || container.isRunning)) return undefined;
  // The probe is the cause then, and its own reader tells of it.
  if (isKilledByProbe(evidence, ended)) return undefined;
  return toCrash(evidence, ended);
}

/** Whether the kubelet ended it because its liveness or startup probe failed. */
function isKilledByProbe(evidence: ContainerEvidence, ended: Termination): boolean {
  if (ended.exitCode !== 137 && ended.exitCode !== 143 && ended.exitCode !== 0) return false;
  return (
    findContainerEvent(evidence, ['Killing', 'Unhealthy'], 'Liveness probe failed') !== undefined ||
    findContainerEvent(evidence, ['Killing', 'Unhealthy'], 'Startup probe failed') !== undefined ||
    findContainerEvent(evidence, ['Killing'], `Container ${evidence.container.name} failed`) !== undefined
  );
}

function toOutOfMemory({ container, namespace, target }: ContainerEvidence): PodCause {
  const limit =
    container.memoryLimit === '' ? 'the memory of its node' : `its memory limit of ${container.memoryLimit}`;
  return {
    code: 'OutOfMemory',
    subject: `container/${container.name}`,
    what: `${nameContainer(container)} was killed because it went over ${limit}${countRestarts(container)}`,
    todo: formatKubectl(namespace, 'set', 'resources', target, '-c', container.name, '--limits=memory=…'),
  };
}

function toCrash({ container, namespace, pod }: ContainerEvidence, ended: Termination): PodCause {
  const code =
    ended.signal === undefined || ended.signal === 0
      ? `exit code ${ended.exitCode}`
      : `signal ${ended.signal}`;
  const meaning =
    ended.exitCode === 0 ? 'it ends by itself, and should stay' : EXIT_CODES.get(ended.exitCode);
  const last = shorten(ended.message);
  return {
    code: 'Crashed',
    subject: `container/${container.name}`,
    what: `${nameContainer(container)} ended with ${code}${meaning === undefined ? '' : ` (${meaning})`}${countRestarts(container)}${last === '' ? '' : `: ${last}`}`,
    todo: formatLogs(namespace, pod.name, container),
  };
}

function countRestarts({ restarts }: ContainerState): string {
  if (restarts === 0) return '';
  return restarts === 1 ? ', 1 restart' : `, ${restarts} restarts`;
}

/** The logs of the run that ended. */
function formatLogs(namespace: string, pod: string, { name, restarts }: ContainerState): string {
  return formatKubectl(namespace, 'logs', pod, '-c', name, ...(restarts > 0 ? ['--previous'] : []));
}
