// Workloads and generated loads that sizing is asked about: each case says only what is different about it.
import { createUsageHistory } from '../../src/sizing/usage-history.ts';
import type { SizingSubject } from '../../src/sizing/advice.ts';
import type { ContainerUsage, UsageSample, WorkloadKey } from '../../src/sizing/usage.ts';
import { readWorkload } from '../../src/workload/read-workload.ts';
import type { Workload } from '../../src/workload/workload.ts';
import { createRandom } from '../random.ts';

export const mebibyte = 1024 * 1024;
const windowMs = 300_000;

/** A Monday, at midnight UTC. */
export const mondayMs = Date.UTC(2026, 10, 16);

export const shopKey: WorkloadKey = { namespace: 'store', kind: 'Deployment', name: 'shop' };

/** Use of one pod in one window: `at` counts windows from 0. */
export type Load = (at: number, pod: number) => { cpu: number; memory: number };

/** What is different from two pods of one container `shop` over seven days from Monday. */
export interface LoadParts {
  container?: string;
  pods?: number;
  windows?: number;
  fromMs?: number;
}

/** The samples of a load, oldest first. */
export function toSamples(
  load: Load,
  { container = 'shop', pods = 2, windows = 7 * 288, fromMs = mondayMs }: LoadParts = {},
): UsageSample[] {
  const samples: UsageSample[] = [];
  for (let at = 0; at < windows; at++)
    for (let pod = 0; pod < pods; pod++) {
      const { cpu, memory } = load(at, pod);
      samples.push({
        namespace: 'store',
        pod: `shop-${pod}`,
        container,
        atMs: fromMs + (at + 1) * windowMs,
        cpuMillicores: cpu,
        memoryPeakBytes: memory,
        memoryAverageBytes: memory * 0.9,
      });
    }
  return samples;
}

/** What a history says of samples, asked when the last of them ended. */
export function toUsage(samples: readonly UsageSample[]): ContainerUsage[] {
  const history = createUsageHistory();
  history.record(shopKey, samples, 'prometheus');
  return history.usageOf(
    shopKey,
    samples.reduce((last, { atMs }) => Math.max(last, atMs), 0),
  );
}

/** Use that never changes. */
export function steady(cpu: number, memory: number): Load {
  return () => ({ cpu, memory });
}

/** Loads as they are met, each the same in each run. */
export function loads(seed: number): Record<'bursty' | 'diurnal' | 'leaking' | 'batch', Load> {
  const random = createRandom(seed);
  const noise = Array.from({ length: 4096 }, () => random());
  const noiseAt = (at: number, pod: number) => noise[(at * 7 + pod * 131) % noise.length] ?? 0;
  const day = (at: number) => (1 - Math.cos((2 * Math.PI * at) / 288)) / 2;
  return {
    bursty: (at, pod) => {
      const isBurst = noiseAt(at, pod) > 0.97;
      return {
        cpu: isBurst ? 900 : 80 + 20 * noiseAt(at + 1, pod),
        memory: (isBurst ? 300 : 200) * mebibyte,
      };
    },
    diurnal: (at, pod) => ({
      cpu: 100 + 400 * day(at) + 20 * noiseAt(at, pod),
      memory: Math.round((256 + 128 * day(at)) * mebibyte),
    }),
    leaking: (at, pod) => ({
      cpu: 150 + 10 * noiseAt(at, pod),
      memory: Math.round((128 + ((at % 576) / 576) * 512) * mebibyte),
    }),
    batch: (at) => ({
      cpu: at % 288 < 24 ? 1900 : 5,
      memory: (at % 288 < 24 ? 1500 : 100) * mebibyte,
    }),
  };
}

/** Fields of a container. */
export type ContainerFields = Readonly<Record<string, unknown>>;

/** A Deployment `shop`, or another kind, as an API server would give it. */
export function shopObject(
  containers: readonly ContainerFields[],
  { kind = 'Deployment', sidecars = [] as readonly ContainerFields[], replicas = 2 } = {},
) {
  return {
    apiVersion: kind === 'Rollout' ? 'argoproj.io/v1alpha1' : 'apps/v1',
    kind,
    metadata: { name: 'shop', namespace: 'store' },
    spec: {
      replicas,
      template: {
        metadata: { labels: { app: 'shop' } },
        spec: {
          containers: containers.map((fields) => ({ name: 'shop', image: 'shop:1', ...fields })),
          ...(sidecars.length === 0
            ? {}
            : {
                initContainers: [
                  { name: 'migrate', image: 'shop:1' },
                  ...sidecars.map((fields) => ({ image: 'proxy:1', restartPolicy: 'Always', ...fields })),
                ],
              }),
        },
      },
    },
  };
}

/** The workload that an object is. */
export function toWorkload(object: unknown): Workload {
  const workload = readWorkload(object);
  if (workload === undefined) throw new Error('no workload');
  return workload;
}

/** Amounts as the resources of a container. */
export function resourcesOf(amounts: Record<string, unknown>): { resources: unknown } {
  const side = (name: string) =>
    Object.fromEntries(
      (['cpu', 'memory'] as const)
        .filter((resource) => amounts[`${resource}-${name}`] !== undefined)
        .map((resource) => [resource, amounts[`${resource}-${name}`]]),
    );
  return { resources: { requests: side('request'), limits: side('limit') } };
}

/** A subject of tier standard: nothing scales it, bounds it or killed it. */
export function toSubject(workload: Workload, parts: Partial<SizingSubject> = {}): SizingSubject {
  const unbounded = { cpuMillicores: undefined, memoryBytes: undefined };
  return {
    workload,
    tier: 'standard',
    autoscaler: undefined,
    usage: [],
    kills: [],
    min: unbounded,
    max: unbounded,
    standing: new Set(),
    nowMs: mondayMs + 7 * 86_400_000,
    ...parts,
  };
}

/** How many runs properties take; the same seed each time. */
export const propertyRuns = { numRuns: Number(process.env['DORGU_SIZING_RUNS'] ?? 60), seed: 20_261_123 };
