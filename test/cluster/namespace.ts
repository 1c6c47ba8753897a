// Namespaces for tests: each fresh, each with a name that says which test it belongs to.
import { randomBytes } from 'node:crypto';
import { stringify } from 'yaml';
import { kubectlOrThrow, type KubectlTarget } from './kubectl.ts';

/** Creates a namespace with labels and, where controllers run, waits for its default ServiceAccount, without which no pod starts. */
export async function createNamespace(
  target: KubectlTarget,
  labels: Readonly<Record<string, string>>,
  hasControllers: boolean,
): Promise<string> {
  const name = `test-${randomBytes(5).toString('hex')}`;
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
  await kubectlOrThrow(target, ['create', '-f', '-'], { input: stringify(namespace) });
  if (hasControllers) {
    await kubectlOrThrow(target, [
      'wait',
      '--for=create',
      'serviceaccount/default',
      '--namespace',
      name,
      '--timeout=30s',
    ]);
  }
  return name;
}

/** Starts the deletion of a namespace; the cluster goes on with it in the background. */
export async function removeNamespace(target: KubectlTarget, name: string): Promise<void> {
  await kubectlOrThrow(target, ['delete', 'namespace', name, '--wait=false', '--ignore-not-found']);
}
