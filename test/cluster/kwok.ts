// kwok's configuration and the nodes that it plays: nodes become Ready and pods Running without a kubelet.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { compareText } from '../../src/api/compare-text.ts';

/** Where kwok sends what `kubectl port-forward` brings to a pod: a port of a program on this machine. */
export interface ForwardTarget {
  address: string;
  port: number;
}

/** Where it sends what is meant for one pod, `namespace/name`, which may not be there yet. */
export interface PodForward extends ForwardTarget {
  pod: string;
}

/** One target of all pods, or those that have any. */
export type PodForwards = ForwardTarget | readonly PodForward[];

/** Writes kwok's configuration: the stages of `stagesFolder`, and the targets of port-forwards, if there are any. */
export async function writeKwokConfig(
  path: string,
  stagesFolder: string,
  forwardPodsTo: PodForwards = [],
): Promise<string> {
  const stages = (await readdir(stagesFolder)).filter((name) => name.endsWith('.yaml')).sort(compareText);
  const documents = await Promise.all(stages.map((name) => readFile(join(stagesFolder, name), 'utf8')));
  documents.push(...formatPortForwards(forwardPodsTo).map((forward) => stringify(forward)));
  await writeFile(path, documents.join('\n---\n'));
  return path;
}

function formatPortForwards(forwards: PodForwards): object[] {
  const apiVersion = 'kwok.x-k8s.io/v1alpha1';
  const to = ({ address, port }: ForwardTarget) => ({ forwards: [{ target: { address, port } }] });
  if ('port' in forwards)
    return [
      { apiVersion, kind: 'ClusterPortForward', metadata: { name: 'to-this-machine' }, spec: to(forwards) },
    ];
  return forwards.map((forward) => {
    const [namespace, name] = forward.pod.split('/');
    return { apiVersion, kind: 'PortForward', metadata: { namespace, name }, spec: to(forward) };
  });
}

/** kwok's flags. It serves as the kubelet of every node on `port`. */
export function listKwokFlags(options: {
  kubeconfig: string;
  config: string;
  port: number;
  certificate: string;
  key: string;
}): string[] {
  return [
    `--kubeconfig=${options.kubeconfig}`,
    `--config=${options.config}`,
    '--manage-all-nodes=true',
    '--node-ip=127.0.0.1',
    `--node-port=${options.port}`,
    `--server-address=127.0.0.1:${options.port}`,
    `--tls-cert-file=${options.certificate}`,
    `--tls-private-key-file=${options.key}`,
  ];
}

/** The YAML of `count` nodes named node-1, node-2 …, as large as a usual machine so that the scheduler has something to count. */
export function formatNodes(count: number): string {
  const nodes = Array.from({ length: count }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: `node-${index + 1}`,
      labels: {
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': `node-${index + 1}`,
        'kubernetes.io/os': 'linux',
        'topology.kubernetes.io/zone': `zone-${(index % 3) + 1}`,
      },
    },
    status: {
      allocatable: { cpu: '16', memory: '64Gi', 'ephemeral-storage': '100Gi', pods: '110' },
      capacity: { cpu: '16', memory: '64Gi', 'ephemeral-storage': '100Gi', pods: '110' },
    },
  }));
  return nodes.map((node) => stringify(node)).join('---\n');
}
