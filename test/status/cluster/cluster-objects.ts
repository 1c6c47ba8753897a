// Nodes and workloads of a cluster as the API has them, and readings of a cluster made of them.
import type { ClusterFacts } from '../../../src/status/cluster/cluster-facts.ts';
import { findAddons, readAddonWorkload } from '../../../src/status/cluster/find-addons.ts';
import { readNode, type NodeFacts } from '../../../src/status/cluster/node-facts.ts';

type Fields = Record<string, unknown>;

/** A node with 4 cores and 16Gi; `isReady` false where the kubelet is silent. */
export function createNode(
  name: string,
  {
    labels = {},
    annotations = {},
    spec = {},
    info = {},
    isReady = true,
  }: { labels?: Fields; annotations?: Fields; spec?: Fields; info?: Fields; isReady?: boolean } = {},
): Fields {
  const capacity = { cpu: '4', memory: '16Gi', pods: '110', 'ephemeral-storage': '100Gi' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels, annotations },
    spec,
    status: {
      capacity,
      allocatable: { ...capacity, cpu: '3920m', memory: '15Gi' },
      conditions: [{ type: 'Ready', status: isReady ? 'True' : 'Unknown' }],
      nodeInfo: {
        kubeletVersion: 'v1.35.4',
        containerRuntimeVersion: 'containerd://2.1.4',
        osImage: 'Ubuntu 24.04',
        ...info,
      },
    },
  };
}

export function factsOf(nodes: readonly unknown[]): NodeFacts[] {
  return nodes.flatMap((node) => readNode(node) ?? []);
}

/** A Deployment that runs one image. */
export function createDeployment(
  name: string,
  image: string,
  { namespace = 'default', labels = {}, desired = 1, available = 1 } = {},
): Fields {
  return {
    metadata: { name, namespace, labels },
    spec: { replicas: desired, template: { spec: { containers: [{ name: 'main', image }] } } },
    status: {
      replicas: desired,
      updatedReplicas: desired,
      readyReplicas: available,
      availableReplicas: available,
    },
  };
}

export function addonsOf(deployments: readonly unknown[], served: readonly string[] = []) {
  const workloads = deployments.flatMap((object) => readAddonWorkload('Deployment', object) ?? []);
  return findAddons(workloads, new Set(served));
}

/** A reading of a cluster in which everything could be read. */
export function createFacts(parts: Partial<ClusterFacts> = {}): ClusterFacts {
  return {
    version: { value: 'v1.35.4' },
    nodes: { value: factsOf([createNode('a'), createNode('b')]) },
    usage: { value: undefined },
    runningPods: { value: 12 },
    addons: { value: [] },
    namespaces: { value: { total: 5, active: 5 } },
    personas: { value: { count: 3, namespaces: 2, phases: new Map([['Active', 3]]) } },
    groups: { value: new Set(['apps']) },
    ...parts,
  };
}
