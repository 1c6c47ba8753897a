// A control plane for the operator to lose: an API server and etcd that are killed and stopped, with a record of all that was asked.
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { KubeClient } from '../../src/kube/client.ts';
import { connect } from '../../src/kube/connect.ts';
import { readAudit, writeAuditPolicy, type AuditEntry } from '../cluster/audit.ts';
import { isClusterRequired } from '../cluster/connection.ts';
import { startControlPlane, type ControlledProgram, type ControlPlane } from '../cluster/control-plane.ts';
import { kubectlOrThrow } from '../cluster/kubectl.ts';
import { findPrograms } from '../cluster/programs.ts';
import { waitUntil } from '../cluster/wait-until.ts';
import { operatorNamespace, startOperator, type OperatorChild } from './operator-child.ts';

/** The control plane, and how the operator and the test meet it. There are no controllers: the test says itself how Deployments fare. */
export interface Stage {
  plane: ControlPlane;
  /** An administrator's. Its answers are not tried again for long: it meets outages as well. */
  client: KubeClient;
  apiServer: ControlledProgram;
  etcd: ControlledProgram;
  kubectl(args: readonly string[], input?: object): Promise<string>;
  /** Resolves with the time of the first /readyz with 200, in milliseconds since the epoch. */
  untilApiServerReady(): Promise<number>;
  audit(): Promise<AuditEntry[]>;
  /** A kubeconfig of the operator's ServiceAccount with a token of its own in a file; of another server where one is given. */
  issueAccount(name: string, server?: string): Promise<Account>;
  /** Starts an operator; it is stopped with the stage at the latest. */
  startOperator(account: Account, flags?: readonly string[]): Promise<OperatorChild>;
  stop(): Promise<void>;
}

/** One replica's identity. */
export interface Account {
  kubeconfig: string;
  tokenFile: string;
  /** As the audit log names it: every token has an id. */
  tokenId: string;
}

const account = 'dorgu-operator';
const rbacFolder = join(import.meta.dirname, '../../config/rbac');

/** All writes with what was sent and what came of it; reads of the operator without bodies. */
const auditRules = [
  {
    level: 'RequestResponse',
    verbs: ['create', 'update', 'patch', 'delete'],
    resources: [
      { group: 'dorgu.io' },
      { group: 'coordination.k8s.io', resources: ['leases'] },
      { group: 'events.k8s.io' },
      { group: '', resources: ['events'] },
    ],
  },
  { level: 'Metadata', userGroups: [`system:serviceaccounts:${operatorNamespace}`] },
];

/** Starts it, without CRDs. Undefined where the programs are missing; then the tests are skipped. */
export async function startStage(): Promise<Stage | undefined> {
  const search = await findPrograms({ environment: process.env, report: () => undefined });
  if ('missing' in search) {
    if (isClusterRequired(process.env)) throw new Error(search.missing);
    return undefined;
  }
  const folder = await mkdtemp(join(tmpdir(), 'dorgu-outages-'));
  const { workloads: _, ...programs } = search.programs;
  const apiServerFlags = await writeAuditPolicy(folder, auditRules);
  const plane = await startControlPlane({ programs, nodes: 0, apiServerFlags });
  try {
    return await furnish(plane, folder);
  } catch (error) {
    await plane.stop();
    throw error;
  }
}

async function furnish(plane: ControlPlane, folder: string): Promise<Stage> {
  const kubectl: Stage['kubectl'] = (args, input) =>
    kubectlOrThrow(plane.kubectl, args, input === undefined ? {} : { input: JSON.stringify(input) });
  await grantOperator(kubectl);
  const env = { KUBECONFIG: plane.kubectl.kubeconfig, LANG: 'C.UTF-8' };
  const client = await connect({ env, home: '', cwd: '/', userAgent: 'test' });
  const children: OperatorChild[] = [];
  const program = (name: string): ControlledProgram => {
    const found = plane.programs.find((one) => one.name === name);
    if (found === undefined) throw new Error(`the control plane has no ${name}`);
    return found;
  };
  return {
    plane,
    client,
    kubectl,
    apiServer: program('kube-apiserver'),
    etcd: program('etcd'),
    untilApiServerReady: () =>
      waitUntil('the API server', async () => ((await plane.isReady()) ? Date.now() : undefined), {
        timeoutMs: 60_000,
      }),
    audit: () => readAudit(folder),
    issueAccount: (name, server) => writeAccount(plane, kubectl, join(folder, name), server),
    startOperator: async (who, flags = []) => {
      const child = await startOperator({ kubeconfig: who.kubeconfig, folder, flags });
      children.push(child);
      return child;
    },
    stop: async () => {
      for (const child of children) await child.kill();
      client.close();
      await plane.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The rights that config/rbac gives; all of them as long as there is none. */
async function grantOperator(kubectl: Stage['kubectl']): Promise<void> {
  await kubectl(['create', 'namespace', operatorNamespace]);
  if (existsSync(join(rbacFolder, 'kustomization.yaml'))) {
    await kubectl(['apply', '--server-side', '-k', rbacFolder]);
    return;
  }
  await kubectl(['create', 'serviceaccount', account, '-n', operatorNamespace]);
  const subject = `--serviceaccount=${operatorNamespace}:${account}`;
  await kubectl(['create', 'clusterrolebinding', account, '--clusterrole=cluster-admin', subject]);
}

/** A fresh token of the operator's ServiceAccount. */
export async function issueToken(kubectl: Stage['kubectl']): Promise<{ token: string; id: string }> {
  const token = (await kubectl(['create', 'token', account, '-n', operatorNamespace])).trim();
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
    jti: string;
  };
  return { token, id: claims.jti };
}

async function writeAccount(
  plane: ControlPlane,
  kubectl: Stage['kubectl'],
  path: string,
  server = plane.server,
): Promise<Account> {
  const { token, id } = await issueToken(kubectl);
  const tokenFile = `${path}.token`;
  const kubeconfig = `${path}.kubeconfig`;
  const config = parse(await readFile(plane.kubectl.kubeconfig, 'utf8')) as {
    clusters: { cluster: Record<string, string> }[];
    users: { user: unknown }[];
  };
  for (const entry of config.users) entry.user = { tokenFile };
  for (const entry of config.clusters) {
    entry.cluster['server'] = server;
    if (server.startsWith('http:')) delete entry.cluster['certificate-authority-data'];
  }
  await writeFile(tokenFile, token, { mode: 0o600 });
  await writeFile(kubeconfig, stringify(config), { mode: 0o600 });
  return { kubeconfig, tokenFile, tokenId: id };
}
