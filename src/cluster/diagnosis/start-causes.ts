// Why a container does not start although its image is there: its configuration, its command, its hooks.
import { formatKubectl } from './kubectl-command.ts';
import { readMissingObject } from './missing-object.ts';
import { nameContainer, shorten, type ContainerEvidence, type PodCause } from './pod-evidence.ts';

const START_REASONS = new Set([
  'CreateContainerError',
  'RunContainerError',
  'StartError',
  'PreStartHookError',
  'PostStartHookError',
  'PreCreateHookError',
]);

/** Undefined where the container waits for something else than its own start. */
export function findStartCause(evidence: ContainerEvidence): PodCause | undefined {
  const { waiting } = evidence.container;
  if (waiting === undefined) return undefined;
  const message = shorten(waiting.message);
  if (waiting.reason === 'CreateContainerConfigError')
    return readMissingObject(message, evidence.namespace) ?? toMisconfigured(evidence, message);
  return START_REASONS.has(waiting.reason) ? toFailed(evidence, message || waiting.reason) : undefined;
}

function toMisconfigured({ container, namespace, pod }: ContainerEvidence, message: string): PodCause {
  return {
    code: 'ConfigurationFailed',
    subject: `container/${container.name}`,
    what: `${nameContainer(container)} cannot be configured: ${message}`,
    todo: message.includes('runAsNonRoot')
      ? 'set runAsUser to the numeric user of the image, or a numeric USER in its Dockerfile'
      : formatKubectl(namespace, 'describe', 'pod', pod.name),
  };
}

function toFailed({ container, namespace, pod }: ContainerEvidence, message: string): PodCause {
  return {
    code: 'StartFailed',
    subject: `container/${container.name}`,
    what: `${nameContainer(container)} cannot be started: ${message}`,
    todo: /executable file not found|no such file or directory/.test(message)
      ? 'its command is not in the image: mend command and args, or the image'
      : formatKubectl(namespace, 'describe', 'pod', pod.name),
  };
}
