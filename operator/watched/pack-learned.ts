// What was learnt of a persona as the cache keeps it: word for word, since what is not applied again is taken away, and deflated, since it is long.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { readLearned, type SeenLearned } from './learned.ts';

/** What nearly every piece of advice says, what is said most often last; it is not stored with each of them. */
const words = Buffer.from(
  [
    '"type":"resource","priority":"medium","message":"Killed for its memory at 2026-the limit that it was killed at, ',
    '"action":"Remove resources.limits.cpu of container ","message":"The CPU limit is m, and its busiest five minutes took ',
    'CPU is shared by requests where it is short: a limit slows the container down while the node has CPU to spare.',
    'With all of the advice the pod is no longer Guaranteed but Burstable: under pressure on a node it is evicted earlier.',
    '"workload":"StatefulSet/"workload":"DaemonSet/"source":"metrics-api"}"source":"pod-status"}',
    '{"resourceBaseline":{"avgCPU":"m","avgMemory":"Mi","peakCPU":"m","peakMemory":"Mi","windowEnd":"2026-',
    '"recommendations":[{"id":"deployment/"statefulset/"daemonset/-request",',
    '/memory-limit","type":"resource","priority":"low","message":"The memory limit is ',
    'Mi; peak Mi x 1.38 over 7 days makes Mi; its peak is Mi.","action":"Set resources.limits.memory of container ',
    '/memory-request","type":"resource","priority":"high","message":"The memory request is ',
    'Mi; peak Mi x 1.15 over 7 days makes Mi; its peak is Mi.","action":"Set resources.requests.memory of container ',
    ' to Mi: sets free Mi a pod, Mi over 2 replicas.","workload":"Deployment/',
    '","container":"","resource":"memory","setting":"limit","current":"Mi","recommended":"Mi","p95":"Mi","peak":"Mi","trend":["Mi","',
    '/cpu-request","type":"resource","priority":"high","message":"The CPU request is ',
    'm; p95 m x 1.15 over 7 days makes m; its peak is m.","action":"Set resources.requests.cpu of container ',
    ' to m: sets aside m more a pod, m over 2 replicas.","workload":"Deployment/',
    '","container":"","resource":"cpu","setting":"request","current":"m","recommended":"m","p95":"m","peak":"m","trend":["m","',
    '"],"windowStart":"2026-T00:05:00Z","windowEnd":"2026-T00:00:00Z","samples":4032,"confidence":"1","source":"prometheus"},{"id":"',
  ].join(''),
);

/** Small: most texts are of two thousand characters. */
const options = { dictionary: words, windowBits: 14, memLevel: 6 };

/** What was learnt, of a foreign status; empty where nothing was. One byte a character. */
export function packLearned(status: unknown): string {
  const learned = readLearned(status);
  if (Object.keys(learned).length === 0) return '';
  return deflateRawSync(JSON.stringify(learned), options).toString('latin1');
}

/** What {@link packLearned} was given. */
export function unpackLearned(packed: string): SeenLearned {
  if (packed === '') return {};
  const { dictionary, windowBits } = options;
  return JSON.parse(
    inflateRawSync(Buffer.from(packed, 'latin1'), { dictionary, windowBits, chunkSize: 8192 }).toString(),
  ) as SeenLearned;
}
