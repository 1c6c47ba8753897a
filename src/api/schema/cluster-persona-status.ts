// The status of a ClusterPersona: what the operator has discovered of the cluster.
import { maxStatusAddons, maxStatusNodes } from '../limits.ts';
import { addonTypes, clusterPhases } from '../vocabulary.ts';
import { measuredQuantity } from './amounts.ts';
import { choice, flag, integer, list, listMap, map, object, required } from './builders.ts';
import { conditions, observedGeneration } from './conditions.ts';
import { labelValue, line, nonEmptyLine, percentage, timestamp } from './text.ts';

const maxCount = 2_147_483_647;

const nodeResources = (description: string) =>
  object('NodeResources', description, {
    cpu: measuredQuantity('CPU in cores.'),
    memory: measuredQuantity('Memory in bytes.'),
    pods: measuredQuantity('Pods.'),
    ephemeralStorage: measuredQuantity('Local storage in bytes.'),
  });

const node = object('NodeInfo', 'One node.', {
  name: required(nonEmptyLine('Its name.')),
  role: line('What it is for: `control-plane`, `worker`.'),
  ready: required(flag('Whether it is ready.')),
  capacity: nodeResources('What it has.'),
  allocatable: nodeResources('What it has for pods.'),
  taints: list('Its taints, as `key=value:Effect`.', nonEmptyLine('A taint.'), 20),
  labels: map('Those of its labels that say where and what it is.', labelValue('The value.'), 20),
  kubeletVersion: line("Its kubelet's version."),
  containerRuntime: line("Its container runtime's name and version."),
});

const resourceSummary = object('ResourceSummary', 'What the nodes have together, and what of it is used.', {
  totalCPU: measuredQuantity('CPU of all nodes, in cores.'),
  totalMemory: measuredQuantity('Memory of all nodes, in bytes.'),
  allocatableCPU: measuredQuantity('CPU for pods, in cores.'),
  allocatableMemory: measuredQuantity('Memory for pods, in bytes.'),
  usedCPU: measuredQuantity('CPU in use, in cores; absent where nothing measures it.'),
  usedMemory: measuredQuantity('Memory in use, in bytes; absent where nothing measures it.'),
  cpuUtilization: percentage('CPU in use, in percent of what is allocatable.'),
  memoryUtilization: percentage('Memory in use, in percent of what is allocatable.'),
  totalPods: integer('How many pods the nodes can hold.', 0, maxCount),
  runningPods: integer('How many pods run.', 0, maxCount),
});

const addon = object('Addon', 'One add-on.', {
  name: required(nonEmptyLine('Its name.')),
  type: choice('What it does.', addonTypes),
  installed: required(flag('Whether it is installed.')),
  version: line('Its version.'),
  namespace: line('Where it runs.'),
  healthy: flag('Whether its pods are ready.'),
});

const namespaces = object('NamespaceCounts', 'How many namespaces there are.', {
  total: required(integer('All of them.', 0, maxCount)),
  active: integer('Those that are not being deleted.', 0, maxCount),
  withPersonas: integer('Those that hold an ApplicationPersona.', 0, maxCount),
});

/** The status of a ClusterPersona. */
export const clusterPersonaStatus = object(
  'ClusterPersonaStatus',
  'What the operator has discovered. Belongs to the operator; nobody else writes it.',
  {
    observedGeneration,
    phase: choice('How the cluster is.', clusterPhases),
    lastDiscovery: timestamp('When discovery last changed something here.'),
    nodes: listMap(
      `The nodes, by name; of more than ${maxStatusNodes} those that are not ready come first, the rest are counted only.`,
      ['name'],
      node,
      maxStatusNodes,
    ),
    nodeCount: integer('How many nodes there are.', 0, maxCount),
    readyNodes: integer('How many nodes are ready.', 0, maxCount),
    resourceSummary,
    addons: listMap('Add-ons that were found.', ['name'], addon, maxStatusAddons),
    namespaces,
    kubernetesVersion: line("The API server's version."),
    platform: line('Who runs the cluster, such as `EKS`, `GKE`, `Kind`.'),
    applicationCount: integer('How many ApplicationPersonas there are.', 0, maxCount),
    conditions: conditions('Ready, Discovered, Healthy'),
  },
);
