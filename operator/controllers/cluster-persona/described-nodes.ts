// What is watched of the nodes: the facts that a status is made of.
import { resources } from '../../../src/kube/resources.ts';
import { readNode, type NodeFacts } from '../../../src/status/cluster/node-facts.ts';
import type { CacheOptions } from '../../manager/cache.ts';

/** Readiness, capacity, labels, taints and versions of every node; what a heartbeat changes is not among them. */
export const describedNodes: CacheOptions<NodeFacts> = { resource: resources.nodes, project: readNode };
