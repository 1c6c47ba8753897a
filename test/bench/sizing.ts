// `node --expose-gc test/bench/sizing.ts [WORKLOADS] [DAYS]`: recording windows of so many workloads (two containers, two pods each) and
// advising on them, beside a bare loop over the same samples. Time as ratio, memory as what stays. Nothing is asserted.
import { advise } from '../../src/sizing/advise.ts';
import type { SizingSubject } from '../../src/sizing/advice.ts';
import { createUsageHistory } from '../../src/sizing/usage-history.ts';
import { sampleWindowMs } from '../../src/sizing/usage.ts';
import type { UsageSample, WorkloadKey } from '../../src/sizing/usage.ts';
import { readWorkload } from '../../src/workload/read-workload.ts';
import type { Workload } from '../../src/workload/workload.ts';

const count = Number(process.argv[2] ?? 10_000);
const days = Number(process.argv[3] ?? 1);
const startMs = Date.UTC(2026, 10, 16);
const windows = days * 288;
const nowMs = startMs + windows * sampleWindowMs;

const keys: WorkloadKey[] = Array.from({ length: count }, (_, index) => ({
  namespace: `team-${index % 50}`,
  kind: 'Deployment',
  name: `application-${index}`,
}));

/** What one workload used in one window. */
function toSamples({ namespace, name }: WorkloadKey, index: number, window: number): UsageSample[] {
  const atMs = startMs + (window + 1) * sampleWindowMs;
  const wave = 1 + Math.sin((window + index * 17) / 45);
  return ['app', 'proxy'].flatMap((container, place) =>
    [0, 1].map((pod) => ({
      namespace,
      pod: `${name}-7d9f8c6b5-${pod}`,
      container,
      atMs,
      cpuMillicores: (100 + (((index * 31 + window * 7 + pod) % 40) + 150) * wave) / (1 + place * 9),
      memoryPeakBytes:
        Math.round((200 + 50 * wave) / (1 + place)) * 1_048_576 + ((index + window) % 256) * 4096,
      memoryAverageBytes: 200 * 1_048_576,
    })),
  );
}

function toWorkload({ namespace, name }: WorkloadKey): Workload {
  const resources = { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '2Gi' } };
  const containers = ['app', 'proxy'].map((container) => ({ name: container, resources }));
  const spec = { replicas: 2, template: { spec: { containers } } };
  const workload = readWorkload({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace, name },
    spec,
  });
  if (workload === undefined) throw new Error('no workload');
  return workload;
}

const settle = (): number => {
  for (let turn = 0; turn < 3; turn++) globalThis.gc?.();
  return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
};
const toMegabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(1);

const unbounded = { cpuMillicores: undefined, memoryBytes: undefined };
const before = settle();
const rssBefore = process.memoryUsage().rss;
const history = createUsageHistory();
let [bareMs, recordMs, sum] = [0, 0, 0];
for (let window = 0; window < windows; window++) {
  const batch = keys.map((key, index) => toSamples(key, index, window));
  let started = performance.now();
  for (const samples of batch)
    for (const { cpuMillicores = 0, memoryPeakBytes = 0 } of samples) sum += cpuMillicores + memoryPeakBytes;
  bareMs += performance.now() - started;
  started = performance.now();
  keys.forEach((key, index) => history.record(key, batch[index] ?? [], 'prometheus'));
  recordMs += performance.now() - started;
}
const samples = windows * count * 4;
const kept = settle() - before;
console.log(
  `record  ${samples} samples: ${((recordMs * 1e6) / samples).toFixed(0)} ns each, ${(recordMs / bareMs).toFixed(1)} times a bare loop, ` +
    `${(recordMs / windows).toFixed(0)} ms for each window of the cluster`,
);
console.log(
  `keep    ${toMegabytes(kept)} MB for ${count} workloads over ${days} days, ${Math.round(kept / count / 2)} bytes a container; ` +
    `RSS ${toMegabytes(rssBefore)} -> ${toMegabytes(process.memoryUsage().rss)} MB`,
);

const workloads = keys.map(toWorkload);
let advised = 0;
const adviseStarted = performance.now();
workloads.forEach((workload, index) => {
  const subject: SizingSubject = {
    workload,
    tier: 'standard',
    autoscaler: undefined,
    usage: history.usageOf(keys[index] ?? { namespace: '', kind: '', name: '' }, nowMs),
    kills: [],
    min: unbounded,
    max: unbounded,
    standing: new Set(),
    nowMs,
  };
  advised += advise(subject).length;
});
const adviseMs = performance.now() - adviseStarted;
console.log(
  `advise  ${advised} pieces on ${count} workloads: ${adviseMs.toFixed(0)} ms, ${(adviseMs / count).toFixed(3)} ms a workload, ` +
    `${(adviseMs / (bareMs / windows)).toFixed(0)} times a bare loop over one window`,
);

const encodeStarted = performance.now();
const chunks = history.encode();
const encodeMs = performance.now() - encodeStarted;
const bytes = chunks.reduce((total, chunk) => total + chunk.length, 0);
console.log(
  `encode  ${chunks.length} chunks, ${toMegabytes(bytes)} MB, ${Math.round(bytes / count / 2)} bytes a container: ${encodeMs.toFixed(0)} ms (sum ${sum.toExponential(1)})`,
);
