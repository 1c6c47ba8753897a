// What is wrong with the objects that a pod needs: not there, lacking a key, not bound, or not ours to see.
import type { Cause, CauseCode } from './cause.ts';
import { formatKubectl } from './kubectl-command.ts';
import type { Reference, ReferenceKind } from './references.ts';

/** What was found of a referenced object. Of a Secret only the names of its keys are ever known. */
export type Lookup =
  | { state: 'present'; keys: ReadonlySet<string>; claimPhase?: string }
  | { state: 'missing' }
  | { state: 'forbidden' }
  | { state: 'unknown'; message: string };

/** A reference with what was found. */
export interface CheckedReference extends Reference {
  lookup: Lookup;
}

const MISSING: Record<ReferenceKind, CauseCode> = {
  Secret: 'SecretMissing',
  ConfigMap: 'ConfigMapMissing',
  PersistentVolumeClaim: 'VolumeClaimMissing',
  ServiceAccount: 'ServiceAccountMissing',
};

/** The name that all reports about an object share: what the kubelet says of a Secret and what we see are one cause. */
export function subjectOf(kind: string, name: string): string {
  return `${kind}/${name}`;
}

/** The causes that references explain by themselves. */
export function findReferenceCauses(references: readonly CheckedReference[], namespace: string): Cause[] {
  return references.flatMap((reference) => {
    const { lookup } = reference;
    switch (lookup.state) {
      case 'missing':
        return [toMissingCause(reference, namespace)];
      case 'forbidden':
        return reference.isPullSecret ? [] : [toUnseenCause(reference, namespace)];
      case 'unknown':
        return [];
      case 'present':
        return [
          ...findMissingKeys(reference, lookup.keys, namespace),
          ...findPendingClaim(reference, lookup.claimPhase, namespace),
        ];
    }
  });
}

function toMissingCause(reference: CheckedReference, namespace: string): Cause {
  const { kind, name, use, isPullSecret } = reference;
  return {
    code: isPullSecret ? 'PullSecretMissing' : MISSING[kind],
    subject: subjectOf(kind, name),
    what: `${kind} ${name} does not exist: ${use}`,
    todo: formatCreation(reference, namespace),
    pods: 0,
  };
}

function formatCreation({ kind, name, keys, isPullSecret }: CheckedReference, namespace: string): string {
  const literals = [...keys.keys()].slice(0, 5).map((key) => `--from-literal=${key}=…`);
  const values = literals.length === 0 ? ['--from-literal=…'] : literals;
  switch (kind) {
    case 'Secret':
      return isPullSecret
        ? formatKubectl(
            namespace,
            'create',
            'secret',
            'docker-registry',
            name,
            '--docker-server=…',
            '--docker-username=…',
            '--docker-password=…',
          )
        : formatKubectl(namespace, 'create', 'secret', 'generic', name, ...values);
    case 'ConfigMap':
      return formatKubectl(namespace, 'create', 'configmap', name, ...values);
    case 'ServiceAccount':
      return formatKubectl(namespace, 'create', 'serviceaccount', name);
    case 'PersistentVolumeClaim':
      return `apply a PersistentVolumeClaim ${name}, or name another; ${formatKubectl(namespace, 'get', 'persistentvolumeclaims')} lists those there are`;
  }
}

function findMissingKeys(
  { kind, name, keys }: CheckedReference,
  present: ReadonlySet<string>,
  namespace: string,
): Cause[] {
  if (kind !== 'Secret' && kind !== 'ConfigMap') return [];
  return [...keys]
    .filter(([key]) => !present.has(key))
    .map(([key, use]) => ({
      code: kind === 'Secret' ? 'SecretKeyMissing' : 'ConfigMapKeyMissing',
      subject: `${subjectOf(kind, name)}/${key}`,
      what: `${kind} ${name} has no key ${key}: ${use}`,
      todo: formatKeyAddition(kind, name, key, namespace),
      pods: 0,
    }));
}

/** `stringData` takes plain text, so that nobody has to encode anything. */
function formatKeyAddition(
  kind: 'Secret' | 'ConfigMap',
  name: string,
  key: string,
  namespace: string,
): string {
  const field = kind === 'Secret' ? 'stringData' : 'data';
  const patch = JSON.stringify({ [field]: { [key]: '…' } });
  return formatKubectl(namespace, 'patch', kind.toLowerCase(), name, '--type=merge', '-p', patch);
}

function findPendingClaim(
  { kind, name, use }: CheckedReference,
  phase: string | undefined,
  namespace: string,
): Cause[] {
  if (kind !== 'PersistentVolumeClaim' || phase === undefined || phase === 'Bound') return [];
  return [
    {
      code: 'VolumeClaimPending',
      subject: subjectOf(kind, name),
      what: `PersistentVolumeClaim ${name} is ${phase}, not Bound: ${use}`,
      todo: formatKubectl(namespace, 'describe', 'persistentvolumeclaim', name),
      pods: 0,
    },
  ];
}

function toUnseenCause({ kind, name, use }: CheckedReference, namespace: string): Cause {
  return {
    code: 'ReferenceUnseen',
    subject: subjectOf(kind, name),
    what: `${kind} ${name} cannot be seen with your rights: ${use}`,
    todo: `${formatKubectl(namespace, 'auth', 'can-i', 'get', `${kind.toLowerCase()}/${name}`)}; ask someone who may whether it exists`,
    pods: 0,
  };
}
