// The identity of the operator: a ServiceAccount of its own, with a kubeconfig that holds its token.
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { kubectlOrThrow, type KubectlTarget } from '../cluster/kubectl.ts';
import { operatorNamespace } from './operator-process.ts';

const rbacFolder = join(import.meta.dirname, '../../config/rbac');
const account = 'dorgu-operator';

/** Creates account and rights as config/rbac has them, and writes the kubeconfig into the folder. Returns its path. */
export async function grantOperator(kubectl: KubectlTarget, folder: string): Promise<string> {
  await kubectlOrThrow(kubectl, ['create', 'namespace', operatorNamespace]);
  if (existsSync(join(rbacFolder, 'kustomization.yaml')))
    await kubectlOrThrow(kubectl, ['apply', '--server-side', '-k', rbacFolder]);
  else {
    await kubectlOrThrow(kubectl, ['create', 'serviceaccount', account, '-n', operatorNamespace]);
    await kubectlOrThrow(kubectl, [
      'create',
      'clusterrolebinding',
      'all',
      '--clusterrole=cluster-admin',
      `--serviceaccount=${operatorNamespace}:${account}`,
    ]);
  }
  const token = await kubectlOrThrow(kubectl, [
    'create',
    'token',
    account,
    '-n',
    operatorNamespace,
    '--duration=24h',
  ]);
  const kubeconfig = parse(await readFile(kubectl.kubeconfig, 'utf8')) as { users: { user: unknown }[] };
  for (const entry of kubeconfig.users) entry.user = { token: token.trim() };
  const path = join(folder, 'operator.kubeconfig');
  await writeFile(path, stringify(kubeconfig), { mode: 0o600 });
  return path;
}
