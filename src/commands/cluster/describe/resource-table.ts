// What the nodes have, what pods may have of it and what is used, with bars.
import type { ClusterPersonaStatus } from '../../../api/personas.ts';
import type { Symbols } from '../../../ui/symbols.ts';
import { measureWidth, padEnd, padStart } from '../../../ui/width.ts';
import type { Tone, Window } from '../../persona/status/screen-model.ts';
import { colourText } from '../../persona/status/place-text.ts';
import { formatBytes, formatCores, sharePercent } from './amounts.ts';

/** A line; texts undefined where unknown. */
interface Usage {
  label: string;
  total: string | undefined;
  allocatable: string | undefined;
  used: string | undefined;
  percent: number | undefined;
}

const barWidth = 20;
const columns = { label: 22, total: 7, allocatable: 11, used: 6, percent: 4 };
/** From here on a person should look. */
const highPercent = 90;

/** The table with its heading; empty where the nodes are unknown, or there are none. */
export function formatResourceTable(
  status: ClusterPersonaStatus,
  window: Window,
  symbols: Symbols,
): string[] {
  if (status.resourceSummary === undefined || (status.nodeCount ?? 0) === 0) return [];
  const heading = formatCells(['', 'TOTAL', 'ALLOCATABLE', 'USED', '']).trimEnd();
  return [heading, ...toUsages(status).map((usage) => formatUsage(usage, window, symbols))];
}

function toUsages({ resourceSummary = {}, nodes = [], nodeCount }: ClusterPersonaStatus): Usage[] {
  const { totalCPU, allocatableCPU, usedCPU, totalMemory, allocatableMemory, usedMemory } = resourceSummary;
  const { totalPods, runningPods } = resourceSummary;
  const [pods, running] = [toText(totalPods), toText(runningPods)];
  return [
    {
      label: 'CPU',
      total: formatCores(totalCPU),
      allocatable: formatCores(allocatableCPU),
      used: formatCores(usedCPU),
      percent: sharePercent(usedCPU, allocatableCPU),
    },
    {
      label: 'Memory',
      total: formatBytes(totalMemory),
      allocatable: formatBytes(allocatableMemory),
      used: formatBytes(usedMemory),
      percent: sharePercent(usedMemory, allocatableMemory),
    },
    {
      label: 'Pods',
      total: nodes.length === nodeCount ? sumPods(nodes) : pods,
      allocatable: pods,
      used: running,
      percent: sharePercent(running, pods),
    },
  ];
}

function toText(count: number | undefined): string | undefined {
  return count === undefined ? undefined : `${count}`;
}

function sumPods(nodes: NonNullable<ClusterPersonaStatus['nodes']>): string {
  return `${nodes.reduce((sum, { capacity }) => sum + (Number(capacity?.pods) || 0), 0)}`;
}

function formatUsage(
  { label, total, allocatable, used, percent }: Usage,
  window: Window,
  symbols: Symbols,
): string {
  const cells = [label, total ?? '-', allocatable ?? '-', used ?? '-'];
  if (percent === undefined) return formatCells([...cells, '']).trimEnd();
  const line = formatCells([...cells, `${percent}%`]);
  const filled = Math.min(barWidth, Math.max(0, Math.round((percent * barWidth) / 100)));
  const bar = symbols.full.repeat(filled) + symbols.empty.repeat(barWidth - filled);
  const tone: Tone = percent >= 100 ? 'failing' : percent >= highPercent ? 'warning' : undefined;
  return measureWidth(line) + 2 + barWidth > window.width
    ? line
    : `${line}  ${colourText(bar, tone, window)}`;
}

function formatCells([label = '', total = '', allocatable = '', used = '', percent = '']: string[]): string {
  return [
    padEnd(label, columns.label) + padStart(total, columns.total),
    padStart(allocatable, columns.allocatable),
    padStart(used, columns.used),
    padStart(percent, columns.percent),
  ].join('  ');
}
