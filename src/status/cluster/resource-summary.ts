// What the nodes have together and what of it is used, added up exactly.
import { fieldAt } from '../../api/foreign-fields.ts';
import type { NodeInfo, NodeResources, ResourceSummary } from '../../api/personas.ts';
import { addQuantities, quantityOf, toWholeUnits, type Quantity } from '../../quantity/index.ts';
import { formatMeasured, parseMeasured } from './measured-quantity.ts';

/** CPU and memory in use, over all nodes that are measured. */
export interface Usage {
  cpu: Quantity;
  memory: Quantity;
}

const nothing = quantityOf(0);

/** Adds what one NodeMetrics of metrics.k8s.io reports. */
export function addUsage(usage: Usage | undefined, nodeMetrics: unknown): Usage {
  const { cpu, memory } = usage ?? { cpu: nothing, memory: nothing };
  return {
    cpu: addQuantities(cpu, quantityAt(fieldAt(nodeMetrics, 'usage', 'cpu'))),
    memory: addQuantities(memory, quantityAt(fieldAt(nodeMetrics, 'usage', 'memory'))),
  };
}

/** Adds up the nodes. `usage` is undefined where nothing measures it. */
export function summariseResources(
  nodes: readonly NodeInfo[],
  usage: Usage | undefined,
  runningPods: number | undefined,
): ResourceSummary {
  const sum = (part: 'capacity' | 'allocatable', field: keyof NodeResources) =>
    nodes.reduce((total, node) => addQuantities(total, quantityAt(node[part]?.[field])), nothing);
  const allocatableCPU = sum('allocatable', 'cpu');
  const allocatableMemory = sum('allocatable', 'memory');
  return {
    ...present('totalCPU', formatMeasured(sum('capacity', 'cpu'))),
    ...present('totalMemory', formatMeasured(sum('capacity', 'memory'))),
    ...present('allocatableCPU', formatMeasured(allocatableCPU)),
    ...present('allocatableMemory', formatMeasured(allocatableMemory)),
    ...(usage === undefined ? {} : describeUsage(usage, allocatableCPU, allocatableMemory)),
    totalPods: toCount(sum('allocatable', 'pods')),
    ...(runningPods === undefined ? {} : { runningPods }),
  };
}

function describeUsage({ cpu, memory }: Usage, ofCPU: Quantity, ofMemory: Quantity): ResourceSummary {
  return {
    ...present('usedCPU', formatMeasured(cpu)),
    ...present('usedMemory', formatMeasured(memory)),
    ...present('cpuUtilization', formatShare(cpu, ofCPU)),
    ...present('memoryUtilization', formatShare(memory, ofMemory)),
  };
}

function present(field: keyof ResourceSummary, text: string | undefined): ResourceSummary {
  return text === undefined ? {} : { [field]: text };
}

/** Whole percent, rounded half up; undefined of nothing. */
function formatShare(used: Quantity, of: Quantity): string | undefined {
  if (of.nano <= 0n) return undefined;
  const percent = (used.nano * 200n + of.nano) / (of.nano * 2n);
  return `${percent > 99_999n ? 99_999n : percent}%`;
}

function toCount(quantity: Quantity): number {
  const units = toWholeUnits(quantity);
  return Number(units > 2_147_483_647n ? 2_147_483_647n : units);
}

/** A foreign amount; nothing for what is none. */
function quantityAt(value: unknown): Quantity {
  return parseMeasured(value) ?? nothing;
}
