// The operator's own identity in a test cluster: a ServiceAccount with the rights that config/rbac gives it, and nothing else.
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parse, stringify } from 'yaml';
import { kubectlOrThrow, type KubectlOptions, type KubectlTarget } from './kubectl.ts';

const root = resolve(import.meta.dirname, '../..');

/** Where config/rbac puts it. */
export const operatorNamespace = 'dorgu-system';
/** The name of the account, and of its roles. */
export const operatorAccount = 'dorgu-operator';

/** Creates the account with its rights. */
export async function grantOperator(kubectl: KubectlTarget, options: KubectlOptions = {}): Promise<void> {
  await kubectlOrThrow(kubectl, ['create', 'namespace', operatorNamespace], options);
  await kubectlOrThrow(kubectl, ['apply', '--server-side', '-k', join(root, 'config/rbac')], options);
}

/** Creates the account with its rights, and a kubeconfig that holds nothing but its token. Returns its path. */
export async function createOperatorAccount(
  kubectl: KubectlTarget,
  folder: string,
  options: KubectlOptions = {},
): Promise<string> {
  await grantOperator(kubectl, options);
  const create = ['create', 'token', operatorAccount, '-n', operatorNamespace, '--duration=24h'];
  const token = await kubectlOrThrow(kubectl, create, options);
  const kubeconfig = parse(await readFile(kubectl.kubeconfig, 'utf8')) as { users: { user: unknown }[] };
  for (const entry of kubeconfig.users) entry.user = { token: token.trim() };
  const path = join(folder, 'operator.kubeconfig');
  await writeFile(path, stringify(kubeconfig), { mode: 0o600 });
  return path;
}
