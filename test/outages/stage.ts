// A control plane for the operator to lose: an API server and etcd that are killed and stopped, with a record of all that was asked.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { KubeClient } from '../../src/kube/client.ts';
import { connect } from '../../src/kube/connect.ts';
import { readAudit, writeAuditPolicy, type AuditEntry } from '../cluster/audit.ts';
import { isClusterRequired } from '../cluster/connection.ts';
import { startControlPlane, type ControlledProgram, type ControlPlane } from '../cluster/control-plane.ts';
import { kubectlOrThrow } from '../cluster/kubectl.ts';
import { grantOperator, operatorAccount as account, operatorNamespace } from '../cluster/operator-account.ts';
import { findPrograms } from '../cluster/programs.ts';
import { waitUntil } from '../cluster/wait-until.ts';
import { startOperator, type OperatorChild } from './operator-child.ts';

/** The control plane, and how the operator and the test meet it. There are no controllers: the test says itself how Deployments fare. */
export interface Stage {
  plane: ControlPlane;
  /** An administrator's. Its answers are not tried again for long: it meets outages as well. */
  client: KubeClient;
  apiServer: ControlledProgram;
  etcd: ControlledProgram;
  readonly kubectl: (args: readonly string[], input?: object) => Promise<string>;
  /** Resolves with the time of the first /readyz with 200, in milliseconds since the epoch. */
  untilApiServerReady(): Promise<number>;
  audit(): Promise<AuditEntry[]>;
  /** A kubeconfig of the operator's ServiceAccount with a token of its own in a file; of a door in front of the server where one is given. */
  issueAccount(name: string, door?: Door): Promise<Account>;
  /** Starts an operator; it is stopped with the stage at the latest. */
  startOperator(account: Account, flags?: readonly string[], clockOffsetMs?: number): Promise<OperatorChild>;
  /** What the operators have written down so far. */
  logs(): (() => Promise<string>)[];
  stop(): Promise<void>;
}

/** Where to knock instead, and whose certificate to expect there: the API server's own where it is left out. */
export interface Door {
  url: string;
  authority?: string | undefined;
}

/** One replica's identity. */
export interface Account {
  kubeconfig: string;
  tokenFile: string;
  /** Whose signature it expects, where a door has another than the API server. */
  authorityFile: string;
  /** As the audit log names it: every token has an id. */
  tokenId: string;
  /** The Secret with which the token ends. */
  boundTo: string;
}

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
  await grantOperator(plane.kubectl);
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
    issueAccount: (name, door) => writeAccount(plane, kubectl, join(folder, name), door),
    startOperator: async (who, flags = [], clockOffsetMs = 0) => {
      const child = await startOperator({ kubeconfig: who.kubeconfig, folder, flags, clockOffsetMs });
      children.push(child);
      return child;
    },
    logs: () => children.map(({ log }) => log),
    stop: async () => {
      for (const child of children) await child.kill();
      client.close();
      await plane.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A fresh token of the operator's ServiceAccount, which ends with a Secret of this name. */
export async function issueToken(
  kubectl: Stage['kubectl'],
  boundTo: string,
): Promise<{ token: string; id: string }> {
  const inside = ['-n', operatorNamespace];
  await kubectl(['create', 'secret', 'generic', boundTo, ...inside]);
  const bound = ['--bound-object-kind=Secret', `--bound-object-name=${boundTo}`];
  const token = (await kubectl(['create', 'token', account, ...inside, ...bound])).trim();
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  return { token, id: (JSON.parse(payload) as { jti: string }).jti };
}

async function writeAccount(
  plane: ControlPlane,
  kubectl: Stage['kubectl'],
  path: string,
  door?: Door,
): Promise<Account> {
  const boundTo = `token-of-${basename(path)}`;
  const { token, id } = await issueToken(kubectl, boundTo);
  const tokenFile = `${path}.token`;
  const authorityFile = `${path}.ca.crt`;
  const kubeconfig = `${path}.kubeconfig`;
  const config = parse(await readFile(plane.kubectl.kubeconfig, 'utf8')) as {
    clusters: { cluster: Record<string, string> }[];
    users: { user: unknown }[];
  };
  for (const entry of config.users) entry.user = { tokenFile };
  for (const { cluster } of config.clusters) {
    if (door === undefined) continue;
    cluster['server'] = door.url;
    if (door.authority === undefined) continue;
    delete cluster['certificate-authority-data'];
    cluster['certificate-authority'] = authorityFile;
    await writeFile(authorityFile, door.authority);
  }
  await writeFile(tokenFile, token, { mode: 0o600 });
  await writeFile(kubeconfig, stringify(config), { mode: 0o600 });
  return { kubeconfig, tokenFile, authorityFile, tokenId: id, boundTo };
}
