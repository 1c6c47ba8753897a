// The operator as its Deployment in a cluster would run it, but as a process of this machine: same account, arguments and variables.
import { readFile, writeFile } from 'node:fs/promises';
import { get } from 'node:https';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { ControlPlane } from '../cluster/control-plane.ts';
import { kubectlOrThrow } from '../cluster/kubectl.ts';
import { operatorAccount, operatorNamespace } from '../cluster/operator-account.ts';
import { waitUntil } from '../cluster/wait-until.ts';
import { spawnOperator, type LogLine, type OperatorChild } from '../operator/child.ts';
import { findOperator, readVariables, type OperatorDeployment } from './operator-container.ts';

/** One replica. */
export interface InstalledOperator extends Pick<OperatorChild, 'port' | 'said'> {
  /** Resolves once /readyz says so. */
  ready(): Promise<void>;
  /** GET /metrics with a token that may. */
  scrape(): Promise<string>;
  /** What it has logged above info, but for a kind that the API server has just been given. */
  complaints(): readonly LogLine[];
  /** The end of its log, for a test that fails. */
  lastLines(): string;
  stop(): Promise<void>;
}

/** Starts what is installed, with addresses of loopback instead of the pod's. */
export async function startInstalledOperator(plane: ControlPlane): Promise<InstalledOperator> {
  const { container } = findOperator([await readDeployment(plane)]);
  const child = spawnOperator(
    [
      `--kubeconfig=${await writeAccount(plane)}`,
      '--webhook-bind-address=127.0.0.1:0',
      '--websocket-bind-address=127.0.0.1:0',
      ...(container.args ?? []),
    ],
    readVariables(container, operatorNamespace),
  );
  return {
    port: (endpoint) => child.port(endpoint),
    said: (message, timeoutMs) => child.said(message, timeoutMs),
    ready: async () => {
      const port = await child.port('health');
      const ask = async () => {
        const response = await fetch(`http://127.0.0.1:${port}/readyz`);
        return response.ok ? true : undefined;
      };
      await waitUntil('readiness', ask, { timeoutMs: 30_000 });
    },
    scrape: async () => scrape(await child.port('metrics'), await createScraper(plane)),
    lastLines: () =>
      child.lines
        .slice(-20)
        .map((line) => JSON.stringify(line))
        .join('\n'),
    complaints: () =>
      child.lines.filter(
        (line) => (line['level'] === 'warn' || line['level'] === 'error') && !isOfNewKind(line),
      ),
    stop: async () => {
      child.kill('SIGTERM');
      await child.ended;
    },
  };
}

/** An API server serves a kind a moment before it can list its objects: 429, and the watch comes again. */
function isOfNewKind({ message, ...fields }: LogLine): boolean {
  return message === 'Watch fails' && /storage is \(re\)initializing/.test(JSON.stringify(fields));
}

async function readDeployment({ kubectl }: ControlPlane): Promise<OperatorDeployment> {
  const args = ['get', 'deployment', operatorAccount, '-n', operatorNamespace, '-o', 'json'];
  return JSON.parse(await kubectlOrThrow(kubectl, args)) as OperatorDeployment;
}

/** A kubeconfig that holds nothing but a token of the account that is installed. */
async function writeAccount({ kubectl, folder }: ControlPlane): Promise<string> {
  const token = await kubectlOrThrow(kubectl, ['create', 'token', operatorAccount, '-n', operatorNamespace]);
  const kubeconfig = parse(await readFile(kubectl.kubeconfig, 'utf8')) as { users: { user: unknown }[] };
  for (const entry of kubeconfig.users) entry.user = { token: token.trim() };
  const path = join(folder, 'installed-operator.kubeconfig');
  await writeFile(path, stringify(kubeconfig), { mode: 0o600 });
  return path;
}

/** A token as Prometheus would have it; made anew for each installation. */
async function createScraper({ kubectl }: ControlPlane): Promise<string> {
  const inside = ['-n', operatorNamespace];
  await kubectlOrThrow(kubectl, ['create', 'serviceaccount', 'prometheus', ...inside]);
  const subject = `--serviceaccount=${operatorNamespace}:prometheus`;
  const bind = ['create', 'clusterrolebinding', 'prometheus', '--clusterrole=dorgu-metrics-reader', subject];
  await kubectlOrThrow(kubectl, bind);
  return (await kubectlOrThrow(kubectl, ['create', 'token', 'prometheus', ...inside])).trim();
}

/** Trusts what the operator shows: its CA is another matter. */
function scrape(port: number, token: string): Promise<string> {
  const headers = { authorization: `Bearer ${token}` };
  return new Promise((done, fail) => {
    get({ host: '127.0.0.1', port, path: '/metrics', headers, rejectUnauthorized: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => done(text));
    }).on('error', fail);
  });
}
