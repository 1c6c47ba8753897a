// Why an image cannot be pulled: the kubelet's words, and what they usually mean.
import { formatKubectl } from './kubectl-command.ts';
import {
  findContainerEvent,
  nameContainer,
  shorten,
  type ContainerEvidence,
  type PodCause,
} from './pod-evidence.ts';

const IMAGE_REASONS = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'ImageInspectError',
  'RegistryUnavailable',
  'SignatureValidationFailed',
]);

/** Undefined where the container does not wait for its image. */
export function findImageCause(evidence: ContainerEvidence): PodCause | undefined {
  const { container } = evidence;
  if (container.waiting === undefined || !IMAGE_REASONS.has(container.waiting.reason)) return undefined;
  const message = explain(evidence, container.waiting.message);
  return {
    code: 'ImageUnavailable',
    subject: `image/${container.image}`,
    what: `${nameContainer(container)}: image ${container.image} cannot be pulled: ${shorten(message) || container.waiting.reason}`,
    todo: advise(evidence, container.waiting.reason, message),
  };
}

/** While the kubelet backs off it says only that it does so; the reason stands in the Event of the attempt. */
function explain(evidence: ContainerEvidence, message: string): string {
  const isEmptyTalk =
    message === '' || (message.startsWith('Back-off pulling image') && !/:\s.+:\s/.test(message));
  return isEmptyTalk
    ? (findContainerEvent(evidence, ['Failed'], 'Failed to pull')?.message ?? message)
    : message;
}

function advise(
  { namespace, pod, target, container }: ContainerEvidence,
  reason: string,
  message: string,
): string {
  const change = formatKubectl(namespace, 'set', 'image', target, `${container.name}=…`);
  if (reason === 'InvalidImageName') return `an image is registry/name:tag: ${change}`;
  if (reason === 'ErrImageNeverPull')
    return 'imagePullPolicy is Never, and the node does not have the image: IfNotPresent pulls it';
  if (/unauthori[sz]ed|denied|forbidden|\b40[13]\b|authentication/i.test(message))
    return `${formatKubectl(namespace, 'create', 'secret', 'docker-registry', '…', '--docker-server=…', '--docker-username=…', '--docker-password=…')}, and name it in imagePullSecrets`;
  if (/not found|manifest unknown|does not exist|\b404\b/i.test(message))
    return `push the image, or name one that exists: ${change}`;
  if (/no such host|timeout|timed out|connection refused|unreachable|lookup /i.test(message))
    return `the node does not reach the registry: ${formatKubectl(namespace, 'describe', 'pod', pod.name)}`;
  return formatKubectl(namespace, 'describe', 'pod', pod.name);
}
