// Where this process runs: its namespace and its name among the replicas.
import { randomUUID } from 'node:crypto';

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

/** Of this process alone, also where a pod of the same name comes back. */
export function createIdentity({ hostname }: Pick<Surroundings, 'hostname'>): string {
  return `${hostname}_${randomUUID()}`;
}
