// Reads which object is missing from what the kubelet and the scheduler say, so that their words and our own look become one cause.
import type { CauseCode } from './cause.ts';
import { formatKubectl } from './kubectl-command.ts';
import type { PodCause } from './pod-evidence.ts';
import { subjectOf } from './reference-causes.ts';

/** By the word that messages use. */
const KINDS = new Map<
  string,
  { kind: string; code: CauseCode; todo: (namespace: string, name: string) => string }
>([
  [
    'secret',
    {
      kind: 'Secret',
      code: 'SecretMissing',
      todo: (namespace, name) =>
        formatKubectl(namespace, 'create', 'secret', 'generic', name, '--from-literal=…'),
    },
  ],
  [
    'configmap',
    {
      kind: 'ConfigMap',
      code: 'ConfigMapMissing',
      todo: (namespace, name) => formatKubectl(namespace, 'create', 'configmap', name, '--from-literal=…'),
    },
  ],
  [
    'persistentvolumeclaim',
    {
      kind: 'PersistentVolumeClaim',
      code: 'VolumeClaimMissing',
      todo: (_, name) => `apply a PersistentVolumeClaim ${name}, or name another`,
    },
  ],
]);

/** Undefined where the message is about something else. */
export function readMissingObject(message: string, namespace: string): PodCause | undefined {
  return readMissingKey(message, namespace) ?? readMissing(message, namespace);
}

function readMissingKey(message: string, namespace: string): PodCause | undefined {
  const match = /^couldn't find key (\S+) in (Secret|ConfigMap) (\S+)/.exec(message);
  if (match === null) return undefined;
  const [, key = '', kind = '', path = ''] = match;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return {
    code: kind === 'Secret' ? 'SecretKeyMissing' : 'ConfigMapKeyMissing',
    subject: `${subjectOf(kind, name)}/${key}`,
    what: `${kind} ${name} has no key ${key}`,
    todo: formatKubectl(namespace, 'describe', kind.toLowerCase(), name),
  };
}

function readMissing(message: string, namespace: string): PodCause | undefined {
  const match = /\b(secret|configmap|persistentvolumeclaim) "([^"\s]+)" not found/.exec(message);
  const known = KINDS.get(match?.[1] ?? '');
  const name = match?.[2];
  if (known === undefined || name === undefined) return undefined;
  const { kind, code, todo } = known;
  return {
    code,
    subject: subjectOf(kind, name),
    what: `${kind} ${name} does not exist`,
    todo: todo(namespace, name),
  };
}
