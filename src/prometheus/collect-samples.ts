// Series of an answer, put together to samples: one per container and window, with its three measures.
import type { UsageSample } from '../sizing/usage.ts';
import type { Series } from './parse-answer.ts';
import { measureLabel, measures } from './queries.ts';

/** Puts series together as they come. */
export interface SampleCollector {
  add(series: Series): void;
  /** What was put together, in the order in which containers came, windows oldest first. */
  samples(): UsageSample[];
}

/** Names of Kubernetes objects: anything else belongs to no container of a cluster. */
const nameShape = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/;

/** Whether a label's value can be the name of a namespace, pod, container or workload. */
export function isObjectName(text: string): boolean {
  return nameShape.test(text);
}

/** More than any node has, in cores; in bytes, an exbibyte. What is beyond is no measurement. */
const maxCores = 1e6;
const maxBytes = 2 ** 60;

export function createSampleCollector(): SampleCollector {
  /** By container, then by time. */
  const found = new Map<string, Map<number, UsageSample>>();
  return {
    add(series) {
      const [namespace, pod, container] = [
        series.label('namespace'),
        series.label('pod'),
        series.label('container'),
      ];
      if (![namespace, pod, container].every(isObjectName)) return;
      const measure = series.label(measureLabel);
      const key = `${namespace}/${pod}/${container}`;
      let windows = found.get(key);
      if (windows === undefined) found.set(key, (windows = new Map<number, UsageSample>()));
      for (const { atMs, value } of series.points) {
        if (value < 0) continue;
        let sample = windows.get(atMs);
        if (sample === undefined) windows.set(atMs, (sample = emptySample(namespace, pod, container, atMs)));
        setMeasure(sample, measure, value);
      }
    },
    samples: () =>
      [...found.values()].flatMap((windows) =>
        [...windows.values()].filter(isMeasured).sort((one, other) => one.atMs - other.atMs),
      ),
  };
}

function emptySample(namespace: string, pod: string, container: string, atMs: number): UsageSample {
  return {
    namespace,
    pod,
    container,
    atMs,
    cpuMillicores: undefined,
    memoryPeakBytes: undefined,
    memoryAverageBytes: undefined,
  };
}

function setMeasure(sample: UsageSample, measure: string, value: number): void {
  if (measure === measures.cpu) {
    if (value <= maxCores) sample.cpuMillicores = value * 1000;
  } else if (value > maxBytes) return;
  else if (measure === measures.memoryPeak) sample.memoryPeakBytes = value;
  else if (measure === measures.memoryAverage) sample.memoryAverageBytes = value;
}

function isMeasured({ cpuMillicores, memoryPeakBytes, memoryAverageBytes }: UsageSample): boolean {
  return (cpuMillicores ?? memoryPeakBytes ?? memoryAverageBytes) !== undefined;
}
