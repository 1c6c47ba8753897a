// What a service asks for and how many of it run: deploy.resources, the older cpus and mem_limit, replicas and scale.
import type { ResourcesValue } from '../../application/component.ts';
import type { Fact } from '../../application/fact.ts';
import { formatByteQuantity, parseByteSize, parseCpuQuantity } from './amounts.ts';
import { isIncomplete, textOf, type ComposeNode } from './node.ts';
import {
  createComposeFact,
  createEvidence,
  refuseValue,
  valueAt,
  type ServiceReader,
} from './service-reader.ts';

type Amount = { cpu?: string; memory?: string };

interface Source {
  into: 'limits' | 'requests';
  resource: 'cpu' | 'memory';
  path: readonly string[];
}

/** The first that is there wins: deploy before the older keys. */
const SOURCES: readonly Source[] = [
  { into: 'limits', resource: 'cpu', path: ['deploy', 'resources', 'limits', 'cpus'] },
  { into: 'limits', resource: 'memory', path: ['deploy', 'resources', 'limits', 'memory'] },
  { into: 'requests', resource: 'cpu', path: ['deploy', 'resources', 'reservations', 'cpus'] },
  { into: 'requests', resource: 'memory', path: ['deploy', 'resources', 'reservations', 'memory'] },
  { into: 'limits', resource: 'cpu', path: ['cpus'] },
  { into: 'limits', resource: 'memory', path: ['mem_limit'] },
  { into: 'requests', resource: 'memory', path: ['mem_reservation'] },
];

/** Requests (reservations) and limits as one fact, or none. */
export function readResources(reader: ServiceReader): Fact<ResourcesValue>[] | undefined {
  const amounts: Record<'limits' | 'requests', Amount> = { limits: {}, requests: {} };
  const nodes: ComposeNode[] = [];
  for (const { into, resource, path } of SOURCES) {
    const node = valueAt(reader, ...path);
    if (node === undefined || amounts[into][resource] !== undefined) continue;
    const amount = resource === 'cpu' ? readCpu(reader, node, path) : readMemory(reader, node, path);
    if (amount === undefined) continue;
    amounts[into][resource] = amount;
    nodes.push(node);
  }
  const [first] = nodes;
  if (first === undefined) return undefined;
  const value: ResourcesValue = {
    ...(Object.keys(amounts.requests).length > 0 && { requests: amounts.requests }),
    ...(Object.keys(amounts.limits).length > 0 && { limits: amounts.limits }),
  };
  const fact = createComposeFact(value, first, 'compose sets resources');
  return [{ ...fact, evidence: nodes.map((node) => createEvidence(node, 'compose sets resources')) }];
}

function readCpu(reader: ServiceReader, node: ComposeNode, path: readonly string[]): string | undefined {
  const text = textOf(node);
  if (text === undefined || Number(text) === 0) return undefined;
  const cpu = parseCpuQuantity(text);
  if (cpu === undefined) refuseValue(reader, node, path.join('.'), 'a number of processors such as 0.5');
  return cpu;
}

function readMemory(reader: ServiceReader, node: ComposeNode, path: readonly string[]): string | undefined {
  const text = textOf(node);
  if (text === undefined || text === '0') return undefined;
  const bytes = parseByteSize(text);
  if (bytes === undefined || isIncomplete(node)) {
    refuseValue(reader, node, path.join('.'), 'a size such as 512M');
    return undefined;
  }
  return formatByteQuantity(bytes);
}

/** `deploy.replicas`, else `scale`. */
export function readReplicas(reader: ServiceReader): Fact<number>[] | undefined {
  for (const path of [['deploy', 'replicas'], ['scale']]) {
    const node = valueAt(reader, ...path);
    const text = textOf(node);
    if (node === undefined || text === undefined) continue;
    const count = /^\d{1,6}$/.test(text) ? Number(text) : undefined;
    if (count === undefined) {
      refuseValue(reader, node, path.join('.'), 'a number of containers');
      return undefined;
    }
    return [createComposeFact(count, node, `compose runs ${count}`)];
  }
  return undefined;
}
