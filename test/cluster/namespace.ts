// Namespaces for tests: each fresh, each with a name that says which test it belongs to.
import { randomBytes } from 'node:crypto';
import { stringify } from 'yaml';
import { kubectlOrThrow, type KubectlTarget } from './kubectl.ts';

/**
 * Creates a namespace with labels and sees to its default ServiceAccount, without which no pod is admitted: waits until the
 * controllers have made it, or makes it where there are none.
 */
export async function createNamespace(
  target: KubectlTarget,
  labels: Readonly<Record<string, string>>,
  hasControllers: boolean,
): Promise<string> {
  const name = `test-${randomBytes(5).toString('hex')}`;
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
  await kubectlOrThrow(target, ['create', '-f', '-'], { input: stringify(namespace) });
  const within = ['--namespace', name];
  const account = hasControllers
    ? ['wait', '--for=create', 'serviceaccount/default', '--timeout=30s']
    : ['create', 'serviceaccount', 'default'];
  await kubectlOrThrow(target, [...account, ...within]);
  return name;
}

/** Starts the deletion of a namespace; the cluster goes on with it in the background. */
export async function removeNamespace(target: KubectlTarget, name: string): Promise<void> {
  await kubectlOrThrow(target, ['delete', 'namespace', name, '--wait=false', '--ignore-not-found']);
}
