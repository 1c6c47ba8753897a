// Why a running container does not count as ready: which probe fails, what it answers, and how to ask the same.
import { fieldAt, textOf } from '../../api/foreign-fields.ts';
import type { CauseCode } from './cause.ts';
import { formatKubectl } from './kubectl-command.ts';
import {
  findContainerEvent,
  nameContainer,
  shorten,
  type ContainerEvidence,
  type PodCause,
} from './pod-evidence.ts';

type ProbeName = 'startup' | 'liveness' | 'readiness';

const CODES: Record<ProbeName, CauseCode> = {
  startup: 'StartupFailing',
  liveness: 'LivenessFailing',
  readiness: 'ReadinessFailing',
};

/** In the order in which the kubelet asks them. */
const PROBES: readonly ProbeName[] = ['startup', 'liveness', 'readiness'];

/** Undefined where the container is ready or does not run. */
export function findProbeCause(evidence: ContainerEvidence): PodCause | undefined {
  const { container } = evidence;
  if (container.isReady || (!container.isRunning && container.waiting?.reason !== 'CrashLoopBackOff'))
    return undefined;
  for (const probe of PROBES) {
    if (container.probes[probe] === undefined) continue;
    const event = findContainerEvent(
      evidence,
      ['Unhealthy'],
      `${probe.charAt(0).toUpperCase()}${probe.slice(1)} probe`,
    );
    if (event !== undefined) return toCause(evidence, probe, shorten(event.message));
  }
  if (!container.isRunning || container.probes.readiness === undefined) return undefined;
  return toCause(evidence, 'readiness', 'its readiness probe has not passed yet');
}

function toCause(evidence: ContainerEvidence, probe: ProbeName, message: string): PodCause {
  const { container } = evidence;
  return {
    code: CODES[probe],
    subject: `container/${container.name}/${probe}`,
    what: `${nameContainer(container)}: ${message}`,
    todo: formatQuestion(evidence, container.probes[probe]),
  };
}

/** The same question through the API server, where it is one over HTTP with a numbered port; else the logs. */
function formatQuestion({ namespace, pod, container }: ContainerEvidence, probe: unknown): string {
  const port = fieldAt(probe, 'httpGet', 'port');
  const path = textOf(fieldAt(probe, 'httpGet', 'path')) || '/';
  if (typeof port !== 'number') return formatKubectl(namespace, 'logs', pod.name, '-c', container.name);
  const scheme = fieldAt(probe, 'httpGet', 'scheme') === 'HTTPS' ? 'https:' : '';
  return formatKubectl(
    undefined,
    'get',
    '--raw',
    `/api/v1/namespaces/${namespace}/pods/${scheme}${pod.name}:${port}/proxy${path.startsWith('/') ? path : `/${path}`}`,
  );
}
