// Where this process runs: its namespace and its name among the replicas.
import { randomUUID } from 'node:crypto';
import { caName } from './certificates/ca-secret.ts';
import type { InvolvedObject } from './manager/events.ts';

/** What the process around it says. */
export interface Surroundings {
  env: Readonly<Record<string, string | undefined>>;
  home: string;
  cwd: string;
  hostname: string;
  /** A file's text; undefined where it cannot be read. */
  readText: (path: string) => string | undefined;
}

const namespaceFile = '/var/run/secrets/kubernetes.io/serviceaccount/namespace';

/** POD_NAMESPACE, else what the ServiceAccount's file says, else dorgu-system. */
export function findOwnNamespace({ env, readText }: Pick<Surroundings, 'env' | 'readText'>): string {
  return env['POD_NAMESPACE'] || readText(namespaceFile)?.trim() || 'dorgu-system';
}

/** What people look at when the operator itself has something to tell: its pod, or, outside of one, the Secret of its CA. */
export function findOwnObject(
  { env, hostname }: Pick<Surroundings, 'env' | 'hostname'>,
  namespace: string,
): InvolvedObject {
  const uid = env['POD_UID'] ?? '';
  return uid === ''
    ? { apiVersion: 'v1', kind: 'Secret', namespace, name: caName, uid }
    : { apiVersion: 'v1', kind: 'Pod', namespace, name: hostname, uid };
}

/** Of this process alone, also where a pod of the same name comes back. */
export function createIdentity({ hostname }: Pick<Surroundings, 'hostname'>): string {
  return `${hostname}_${randomUUID()}`;
}
