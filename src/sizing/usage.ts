// What is measured of containers: samples as they come from a source, and the summary of a container that advice is made of.

/** How long a sample's window is. Windows end at whole multiples of it (UTC), so that every source and every replica cuts the day alike. */
export const sampleWindowMs = 300_000;

/** What one container of one pod used in one window. Duplicates of a scrape are already collapsed. */
export interface UsageSample {
  namespace: string;
  pod: string;
  container: string;
  /** End of the window, in milliseconds since 1970. */
  atMs: number;
  /** Mean over the window; undefined where it was not measured. Never negative, never NaN. */
  cpuMillicores: number | undefined;
  /** Highest working set within the window. */
  memoryPeakBytes: number | undefined;
  /** Mean working set over the window. */
  memoryAverageBytes: number | undefined;
}

/** Where samples came from. */
export type UsageSource = 'prometheus' | 'metrics-api';

/** What a pod belongs to. */
export interface WorkloadKey {
  namespace: string;
  /** Deployment, StatefulSet, DaemonSet … */
  kind: string;
  name: string;
}

/** One container of a workload over everything that is known of it: at most eight days. */
export interface ContainerUsage {
  container: string;
  source: UsageSource;
  /** First and last window's end, in milliseconds since 1970. */
  fromMs: number;
  toMs: number;
  /** Days covered, as a fraction: the time between, without gaps. */
  days: number;
  /** Windows with a measurement, all pods together. */
  samples: number;
  /** Percentile of CPU over all windows of all pods, `share` from 0 to 1; in millicores, within 2% of the truth. */
  cpuPercentile(share: number): number;
  /** The highest window, exactly. */
  cpuPeakMillicores: number;
  /** Percentile over the peaks of each pod and day. */
  memoryPercentile(share: number): number;
  /** The highest working set, exactly, in bytes. */
  memoryPeakBytes: number;
  /** Peaks of each two hours of the last 24, oldest first; undefined where nothing was measured. Always 12. */
  cpuTrend: readonly (number | undefined)[];
  memoryTrend: readonly (number | undefined)[];
}
