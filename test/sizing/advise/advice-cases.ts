// A table of loads and settings, and what is advised in each case.
import type { OutOfMemoryKill, SizingSubject } from '../../../src/sizing/advice.ts';
import type { Autoscaler } from '../../../src/workload/surroundings.ts';
import { mebibyte, mondayMs, steady, toSamples, toUsage } from '../measured.ts';
import type { ContainerFields } from '../measured.ts';

/** How long the loads are measured. */
export const weekMs = 7 * 86_400_000;

/** A week at 260m with a peak of 480m, and 400Mi of memory. */
export const week = toUsage(toSamples((at) => ({ cpu: at === 100 ? 480 : 260, memory: 400 * mebibyte })));

const autoscaler: Autoscaler = {
  kind: 'HorizontalPodAutoscaler',
  name: 'shop',
  target: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' },
  minReplicas: 2,
  maxReplicas: 10,
  targetCPU: undefined,
  targetMemory: undefined,
  measuredResources: [],
};

/** A kill of a minute ago. */
export const killed: OutOfMemoryKill = {
  container: 'shop',
  atMs: mondayMs + weekMs - 60_000,
  limitBytes: 256 * mebibyte,
};

/** One case: what is different in it, and what comes of it. */
export interface Case {
  now: Record<string, unknown>;
  container?: ContainerFields;
  kind?: string;
  subject?: Partial<SizingSubject>;
  /** `resource-setting` to what is recommended; null: to be unset. */
  expected: Record<string, string | null>;
  /** `resource-setting` to why nothing is said of it. */
  silent?: Record<string, string>;
  says?: RegExp;
}

const asAdvised = { 'cpu-request': '305m', 'memory-request': '464Mi', 'memory-limit': '560Mi' };
const bounds = (cpuMillicores?: number, memoryMebibytes?: number) => ({
  cpuMillicores,
  memoryBytes: memoryMebibytes === undefined ? undefined : memoryMebibytes * mebibyte,
});
const usageOfWindows = (windows: number, cpu = 260, memory = 400) =>
  toUsage(toSamples(steady(cpu, memory * mebibyte), { windows }));
const java = (...options: string[]) => ({ env: [{ name: 'JAVA_TOOL_OPTIONS', value: options.join(' ') }] });

/** By what happens. */
export const cases: Record<string, Case> = {
  'far too much is brought down to use and a margin': {
    now: { 'cpu-request': '1', 'memory-request': '2Gi', 'memory-limit': '2Gi' },
    expected: { 'cpu-request': '305m', 'memory-request': '464Mi', 'memory-limit': '560Mi' },
    says: /^The CPU request is 1; p95 264m x 1\.15 over 7 days makes 305m; its peak is 480m\.$/m,
  },
  'far too little is brought up': {
    now: { 'cpu-request': '50m', 'memory-request': '64Mi', 'memory-limit': '410Mi' },
    expected: asAdvised,
  },
  'what is nearly right is left alone': {
    now: { 'cpu-request': '280m', 'memory-request': '480Mi', 'memory-limit': '576Mi' },
    expected: {},
    silent: {
      'cpu-request': 'within-difference',
      'memory-limit': 'within-difference',
      'cpu-limit': 'as-advised',
    },
  },
  'a tenth that is less than 25m is left alone': {
    now: { 'cpu-request': '20m', 'memory-request': '464Mi', 'memory-limit': '560Mi' },
    subject: { usage: toUsage(toSamples(steady(30, 400 * mebibyte))) },
    expected: {},
  },
  'standing advice is withdrawn later than it is given': {
    now: { 'cpu-request': '325m', 'memory-request': '464Mi', 'memory-limit': '560Mi' },
    subject: { standing: new Set(['deployment/shop/shop/cpu-request']) },
    expected: { 'cpu-request': '305m' },
  },
  'what is unset is asked for': {
    now: {},
    expected: asAdvised,
    says: /The memory limit is unset/,
  },
  'amounts that nobody can read count as unset': {
    now: { 'cpu-request': 'abc', 'memory-request': '-1', 'memory-limit': '1e999' },
    expected: asAdvised,
  },
  'a request that is left out is the limit': {
    now: { 'cpu-limit': '2', 'memory-limit': '464Mi' },
    expected: { 'cpu-request': '305m', 'memory-request': '464Mi', 'memory-limit': '560Mi' },
  },
  'a critical application gets p99, and its memory limit is its request': {
    now: { 'cpu-request': '1', 'memory-request': '2Gi', 'memory-limit': '2Gi' },
    subject: { tier: 'critical' },
    expected: { 'cpu-request': '305m', 'memory-request': '512Mi', 'memory-limit': '512Mi' },
  },
  'a best-effort application gets what it mostly uses, and a CPU limit': {
    now: { 'cpu-request': '1', 'memory-request': '2Gi', 'memory-limit': '2Gi' },
    subject: { tier: 'best-effort' },
    expected: {
      'cpu-request': '265m',
      'cpu-limit': '270m',
      'memory-request': '464Mi',
      'memory-limit': '608Mi',
    },
  },
  'a CPU limit that is reached is better left unset': {
    now: { 'cpu-request': '305m', 'cpu-limit': '500m', 'memory-request': '464Mi', 'memory-limit': '560Mi' },
    expected: { 'cpu-limit': null },
    says: /busiest five minutes took 480m.*slows the container down/,
  },
  'a CPU limit far above use is left alone': {
    now: { 'cpu-request': '305m', 'cpu-limit': '2', 'memory-request': '464Mi', 'memory-limit': '560Mi' },
    expected: {},
  },
  'a request that has to rise above its limit takes the limit along': {
    now: { 'cpu-request': '100m', 'cpu-limit': '100m', 'memory-request': '464Mi', 'memory-limit': '560Mi' },
    expected: { 'cpu-request': '305m', 'cpu-limit': null },
  },
  'under a day nothing is lowered': {
    now: { 'cpu-request': '1', 'memory-request': '2Gi', 'memory-limit': '2Gi' },
    subject: { usage: usageOfWindows(287) },
    expected: {},
    silent: { 'cpu-request': 'under-a-day', 'memory-request': 'under-a-day', 'memory-limit': 'under-a-day' },
  },
  'after half an hour things are raised': {
    now: { 'cpu-request': '50m', 'memory-request': '64Mi', 'memory-limit': '410Mi' },
    subject: { usage: usageOfWindows(6) },
    expected: { ...asAdvised, 'cpu-request': '300m' },
    says: /over 30 minutes/,
  },
  'before half an hour nothing is said': {
    now: { 'cpu-request': '50m', 'memory-request': '64Mi', 'memory-limit': '410Mi' },
    subject: { usage: usageOfWindows(5) },
    expected: {},
    silent: { 'cpu-request': 'under-30-minutes' },
  },
  'without a measurement nothing is said': {
    now: { 'cpu-request': '50m' },
    subject: { usage: [] },
    expected: {},
    silent: { 'cpu-request': 'no-samples', 'memory-limit': 'no-samples' },
  },
  'next to no use leaves the floor': {
    now: { 'cpu-request': '500m', 'memory-request': '512Mi', 'memory-limit': '1Gi' },
    subject: { usage: toUsage(toSamples(steady(1, mebibyte))) },
    expected: { 'cpu-request': '10m', 'memory-request': '32Mi', 'memory-limit': '32Mi' },
  },
  'a kill raises the limit at once, without any sample': {
    now: { 'cpu-request': '100m', 'memory-request': '256Mi', 'memory-limit': '256Mi' },
    subject: { usage: [], kills: [killed] },
    expected: { 'memory-request': '304Mi', 'memory-limit': '368Mi' },
    says: /^Killed for its memory at 2026-11-22T23:59:00Z\. The memory limit is 256Mi; the limit that it was killed at, 256Mi \+ 100Mi makes 368Mi\.$/m,
  },
  'a kill raises request and limit of a critical application': {
    now: { 'memory-request': '256Mi', 'memory-limit': '256Mi' },
    subject: { tier: 'critical', usage: [], kills: [killed] },
    expected: { 'memory-request': '368Mi', 'memory-limit': '368Mi' },
  },
  'a large container gets a fifth more after a kill': {
    now: { 'memory-request': '4Gi', 'memory-limit': '4Gi' },
    subject: { tier: 'critical', usage: [], kills: [{ ...killed, limitBytes: 4096 * mebibyte }] },
    expected: { 'memory-request': '5Gi', 'memory-limit': '5Gi' },
  },
  'a kill of another container says nothing of this one': {
    kind: 'StatefulSet',
    now: { 'memory-request': '256Mi', 'memory-limit': '256Mi' },
    subject: { usage: [], kills: [{ ...killed, container: 'other' }] },
    expected: {},
  },
  'nothing is lowered after a kill': {
    now: { 'cpu-request': '305m', 'memory-request': '2Gi', 'memory-limit': '2Gi' },
    subject: { kills: [killed] },
    expected: {},
    silent: { 'memory-limit': 'killed-lately' },
  },
  'a kill of long ago counts no longer': {
    now: { 'cpu-request': '305m', 'memory-request': '464Mi', 'memory-limit': '560Mi' },
    subject: { kills: [{ ...killed, atMs: mondayMs - 2 * 86_400_000, limitBytes: 2 ** 40 }] },
    expected: {},
  },
  'with an autoscaler at 50% of CPU the request is twice the use': {
    now: { 'cpu-request': '1', 'memory-request': '464Mi', 'memory-limit': '560Mi' },
    subject: { autoscaler: { ...autoscaler, targetCPU: 50, measuredResources: ['cpu'] } },
    expected: { 'cpu-request': '530m' },
    says: /p95 264m \/ 50% that the autoscaler aims at/,
  },
  'an autoscaler that holds its target is left alone': {
    now: { 'cpu-request': '500m', 'memory-request': '464Mi', 'memory-limit': '560Mi' },
    subject: { autoscaler: { ...autoscaler, targetCPU: 60, measuredResources: ['cpu'] } },
    expected: {},
  },
  'an autoscaler by other metrics counts as none': {
    now: { 'cpu-request': '1', 'memory-request': '464Mi', 'memory-limit': '560Mi' },
    subject: { autoscaler },
    expected: { 'cpu-request': '305m' },
  },
  'an autoscaler whose target cannot be read leaves CPU to people': {
    now: { 'cpu-request': '1', 'memory-request': '464Mi', 'memory-limit': '560Mi' },
    subject: { autoscaler: { ...autoscaler, measuredResources: ['cpu'] } },
    expected: {},
    silent: { 'cpu-request': 'autoscaled-by-unknown-target' },
  },
  'an autoscaler of this container counts': {
    now: { 'cpu-request': '1', 'memory-request': '464Mi', 'memory-limit': '560Mi' },
    subject: {
      autoscaler: {
        ...autoscaler,
        measuredResources: ['cpu'],
        containerTargets: [{ container: 'shop', resource: 'cpu', utilization: 50 }],
      },
    },
    expected: { 'cpu-request': '530m' },
  },
  'an autoscaler of another container does not': {
    now: { 'cpu-request': '1', 'memory-request': '464Mi', 'memory-limit': '560Mi' },
    subject: {
      autoscaler: {
        ...autoscaler,
        measuredResources: ['cpu'],
        containerTargets: [{ container: 'proxy', resource: 'cpu', utilization: 50 }],
      },
    },
    expected: { 'cpu-request': '305m' },
  },
  'with an autoscaler by memory the request is at least what holds its target': {
    now: { 'cpu-request': '305m', 'memory-request': '464Mi', 'memory-limit': '560Mi' },
    subject: { autoscaler: { ...autoscaler, targetMemory: 50, measuredResources: ['memory'] } },
    expected: { 'memory-request': '800Mi', 'memory-limit': '800Mi' },
  },
  'spec.sizing bounds advice': {
    now: { 'cpu-request': '1', 'memory-request': '2Gi', 'memory-limit': '2Gi' },
    subject: { min: bounds(402, 600), max: bounds(undefined, 700) },
    expected: { 'cpu-request': '402m', 'memory-request': '600Mi', 'memory-limit': '600Mi' },
    says: /raised to spec\.sizing\.min/,
  },
  'a bound below what memory needs leaves memory alone': {
    now: { 'cpu-request': '1', 'memory-request': '2Gi', 'memory-limit': '2Gi' },
    subject: { max: bounds(200, 300) },
    expected: { 'cpu-request': '200m' },
    silent: { 'memory-limit': 'bounded' },
  },
  'a heap that follows the limit leaves the limit alone': {
    now: { 'cpu-request': '305m', 'memory-request': '2Gi', 'memory-limit': '2Gi' },
    container: java('-XX:MaxRAMPercentage=75'),
    expected: { 'memory-request': '464Mi' },
    silent: { 'memory-limit': 'heap-follows-limit' },
  },
  'a heap that follows the limit keeps a critical request at the limit': {
    now: { 'cpu-request': '305m', 'memory-request': '1Gi', 'memory-limit': '2Gi' },
    subject: { tier: 'critical' },
    container: { command: ['/usr/bin/java', '-jar', 'app.jar'] },
    expected: { 'memory-request': '2Gi' },
  },
  'a kill moves a heap that follows the limit, by the kill alone': {
    now: { 'cpu-request': '305m', 'memory-request': '256Mi', 'memory-limit': '256Mi' },
    container: java('-XX:MaxRAMPercentage=75'),
    subject: { kills: [killed], usage: usageOfWindows(2016, 260, 250) },
    expected: { 'memory-request': '304Mi', 'memory-limit': '368Mi' },
    says: /follows the memory limit \(75% of it; -XX:MaxRAMPercentage\)/,
  },
  'a fixed heap is spoken of': {
    now: { 'cpu-request': '305m', 'memory-request': '464Mi', 'memory-limit': '2Gi' },
    container: java('-Xmx1500m'),
    expected: { 'memory-limit': '560Mi' },
    says: /fixed at 1500m by -Xmx.*75% of the limit/,
  },
  'GOMEMLIMIT is spoken of': {
    now: { 'cpu-request': '305m', 'memory-request': '464Mi', 'memory-limit': '2Gi' },
    container: { env: [{ name: 'GOMEMLIMIT', value: '1800MiB' }] },
    expected: { 'memory-limit': '560Mi' },
    says: /GOMEMLIMIT is 1800MiB whatever the limit is/,
  },
  'the heap of Node.js is spoken of': {
    now: { 'cpu-request': '305m', 'memory-request': '464Mi', 'memory-limit': '2Gi' },
    container: { command: ['node', '--max-old-space-size=1536', 'main.js'] },
    expected: { 'memory-limit': '560Mi' },
    says: /may grow to 1536Mi/,
  },
  'a Guaranteed pod that no longer is one is told so': {
    now: { 'cpu-request': '1', 'cpu-limit': '1', 'memory-request': '2Gi', 'memory-limit': '2Gi' },
    expected: { 'cpu-request': '305m', 'memory-request': '464Mi', 'memory-limit': '560Mi' },
    says: /no longer Guaranteed but Burstable/,
  },
  'other kinds of workload are advised alike': {
    kind: 'Rollout',
    now: { 'cpu-request': '1', 'memory-request': '464Mi', 'memory-limit': '560Mi' },
    expected: { 'cpu-request': '305m' },
  },
};
