// What advice says: why, what to do, and what doing so changes, in sentences with numbers.
import { formatQuantity } from '../../quantity/index.ts';
import type { ContainerUsage } from '../usage.ts';
import { formatAmount, formatMeasured, toAmount } from './amounts.ts';
import type { SizedResource } from './amounts.ts';
import type { ContainerCase } from './container-case.ts';
import type { Judged } from './verdict.ts';

const names = { cpu: 'CPU', memory: 'memory' } as const;

/** Why, in one or two sentences. */
export function messageOf(one: ContainerCase, { resource, setting, current, target }: Judged): string {
  const now = `The ${names[resource]} ${setting} is ${current === undefined ? 'unset' : formatQuantity(current)}`;
  const kill = one.kills.at(-1);
  const killed =
    kill === undefined || resource === 'cpu' ? '' : `Killed for its memory at ${formatTime(kill.atMs)}. `;
  if (target.kind === 'amount') {
    const { usage } = one;
    const peak = usage === undefined ? '' : `; its peak is ${peakOf(usage, resource)}`;
    return `${killed}${now}; ${target.why}${usage === undefined ? '' : ` over ${formatSpan(usage)}`} makes ${formatAmount(resource, target.amount)}${peak}.`;
  }
  const peak =
    one.usage === undefined ? '' : `, and its busiest five minutes took ${peakOf(one.usage, 'cpu')}`;
  return `${now}${peak}. CPU is shared by requests where it is short: a limit slows the container down while the node has CPU to spare.`;
}

function peakOf(usage: ContainerUsage, resource: SizedResource): string {
  return formatMeasured(resource, resource === 'cpu' ? usage.cpuPeakMillicores : usage.memoryPeakBytes);
}

function formatTime(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19)}Z`;
}

/** `6 days`, `14 hours`, `40 minutes`: time with measurements. */
export function formatSpan({ days }: ContainerUsage): string {
  if (days >= 1) return count(Math.floor(days), 'day');
  const minutes = Math.round(days * 1440);
  return minutes >= 60 ? count(Math.floor(minutes / 60), 'hour') : count(minutes, 'minute');
}

const count = (number: number, unit: string) => `${number} ${unit}${number === 1 ? '' : 's'}`;

/** What to do, and what doing so changes. */
export function actionOf(one: ContainerCase, judged: Judged, classChange: string): string {
  const { resource, setting, current, target } = judged;
  const field = `resources.${setting}s.${resource} of container ${one.container.name}`;
  const step =
    target.kind === 'amount'
      ? `Set ${field} to ${formatAmount(resource, target.amount)}${effectOf(one, judged)}.`
      : `Remove ${field}${current === undefined ? '' : `, now ${formatQuantity(current)}`}.`;
  const aware =
    target.kind === 'unset'
      ? 'Runtimes that size thread pools by the CPU limit (Java, Go) then count the CPUs of the node: -XX:ActiveProcessorCount or GOMAXPROCS says otherwise.'
      : '';
  const heap = resource === 'memory' && setting === 'limit' ? (one.heap?.remark ?? '') : '';
  return [step, heap, aware, classChange].filter((sentence) => sentence !== '').join(' ');
}

function effectOf({ replicas }: ContainerCase, { resource, setting, current, target }: Judged): string {
  if (setting === 'limit' || current === undefined || target.kind !== 'amount') return '';
  const apart = toAmount(resource, current) - target.amount;
  const [each, all] = [Math.abs(apart), Math.abs(apart) * replicas].map((amount) =>
    formatMeasured(resource, amount),
  );
  const verb = apart > 0 ? 'sets free' : 'sets aside';
  const more = apart > 0 ? '' : ' more';
  return replicas === 1
    ? `: ${verb} ${each ?? ''}${more}`
    : `: ${verb} ${each ?? ''}${more} a pod, ${all ?? ''} over ${replicas} replicas`;
}
