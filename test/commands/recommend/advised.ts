// Workloads and advice for the tests of what `recommend` prints.
import { sortAdvice } from '../../../src/cluster/recommend/order-advice.ts';
import type { AdvisedWorkload, RecommendReport } from '../../../src/cluster/recommend/recommended.ts';
import type { Advice } from '../../../src/sizing/advice.ts';
import { readWorkload } from '../../../src/workload/read-workload.ts';
import type { Workload } from '../../../src/workload/workload.ts';

const mebibyte = 2 ** 20;

/** When the window of every piece of advice ends. */
export const windowEnd = Date.parse('2026-11-23T09:40:00Z');

/** A Deployment of three replicas that asks for a core and 2Gi. */
export function createWorkload({
  name = 'shop',
  namespace = 'store',
  kind = 'Deployment',
  replicas = 3,
} = {}): Workload {
  const object = {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, namespace },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          containers: [{ name, image: `${name}:1`, resources: { requests: { cpu: '1', memory: '2Gi' } } }],
        },
      },
    },
  };
  const workload = readWorkload(object);
  if (workload === undefined) throw new Error('it is a workload');
  return workload;
}

/** CPU 1 -> 300m, unless it is said otherwise. */
export function createAdvice(workload: Workload, others: Partial<Advice> = {}): Advice {
  const resource = others.resource ?? 'cpu';
  const setting = others.setting ?? 'request';
  return {
    id: `${workload.kind.toLowerCase()}/${workload.name}/${workload.name}/${resource}-${setting}`,
    workload: { kind: workload.kind, name: workload.name },
    container: workload.name,
    resource,
    setting,
    ...(resource === 'cpu' ? cpu : memory),
    action: '',
    priority: 'high',
    fromMs: windowEnd - 6.2 * 86_400_000,
    toMs: windowEnd,
    samples: 1785,
    confidence: 0.86,
    source: 'prometheus',
    ...others,
  };
}

const cpu = {
  current: '1',
  recommended: '300m',
  message: 'CPU request 1 -> 300m: p99 260m over 6 days',
  p95: 250,
  peak: 479.2,
  trend: [10, 10, 20, 30, 50, 20, 10, 10, 20, 30, 50, 20],
};
const memory = {
  current: '2Gi',
  recommended: '528Mi',
  message: 'memory request 2Gi -> 528Mi: peak 410Mi over 6 days',
  p95: 390 * mebibyte,
  peak: 409.5 * mebibyte,
  trend: [undefined, undefined, 300, 400, 400, 400, 300, 300, 300, 400, 400, 410],
};

/** With CPU and memory advised on, unless it is said otherwise. */
export function createAdvised(
  workload = createWorkload(),
  {
    advice = [createAdvice(workload), createAdvice(workload, { resource: 'memory' })],
    ...others
  }: Partial<AdvisedWorkload> = {},
): AdvisedWorkload {
  return {
    namespace: workload.namespace,
    workload,
    personas: [workload.name],
    team: 'payments',
    replicas: Number(workload.replicas),
    replay: undefined,
    ...others,
    advice: sortAdvice(advice, workload),
  };
}

/** Of these workloads alone. */
export function createReport(
  workloads: readonly AdvisedWorkload[] = [createAdvised()],
  others: Partial<RecommendReport> = {},
): RecommendReport {
  return {
    origin: 'personas',
    workloads,
    silences: [],
    count: workloads.length,
    withoutPersona: 0,
    unseen: [],
    ...others,
  };
}
