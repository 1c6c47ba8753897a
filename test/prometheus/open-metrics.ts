// Series of a test as OpenMetrics text, cut at the two hours that a block of Prometheus spans: promtool reads its input once for each block.
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** One series of a test. A function gives its samples anew each time, so that large ones need not be held. */
export interface TestSeries {
  metric: string;
  labels: Readonly<Record<string, string>>;
  /** Time in milliseconds since 1970, and value; oldest first. */
  samples: Iterable<readonly [atMs: number, value: number]>;
}

const blockMs = 2 * 3600 * 1000;
const flushAt = 1 << 20;

/** Samples of a series at a fixed pace: `value` is asked for each time from `fromMs` to `toMs`, both included; undefined leaves a gap. */
export function* sampled(
  { fromMs, toMs, everyMs }: { fromMs: number; toMs: number; everyMs: number },
  value: (atMs: number) => number | undefined,
): Generator<readonly [number, number]> {
  for (let atMs = fromMs; atMs <= toMs; atMs += everyMs) {
    const each = value(atMs);
    if (each !== undefined) yield [atMs, each];
  }
}

/** Writes one file per block into a folder. Returns their paths, oldest first. */
export function writeOpenMetrics(folder: string, series: Iterable<TestSeries>): string[] {
  const files = new Map<number, BlockFile>();
  for (const { metric, labels, samples } of series) {
    const name = formatSeries(metric, labels);
    for (const [atMs, value] of samples) {
      const block = Math.floor(atMs / blockMs);
      let file = files.get(block);
      if (file === undefined) files.set(block, (file = openBlock(join(folder, `${block}.txt`))));
      file.add(`${name} ${formatValue(value)} ${atMs / 1000}\n`);
    }
  }
  const sorted = [...files].sort(([a], [b]) => a - b).map(([, file]) => file);
  return sorted.map((file) => file.close());
}

interface BlockFile {
  add(line: string): void;
  close(): string;
}

function openBlock(path: string): BlockFile {
  const file = openSync(path, 'w');
  let held: string[] = [];
  let length = 0;
  const flush = () => {
    writeSync(file, held.join(''));
    [held, length] = [[], 0];
  };
  return {
    add(line) {
      held.push(line);
      length += line.length;
      if (length > flushAt) flush();
    },
    close() {
      held.push('# EOF\n');
      flush();
      closeSync(file);
      return path;
    },
  };
}

function formatSeries(metric: string, labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeValue(value)}"`);
  return `${metric}{${pairs.join(',')}}`;
}

const escapeValue = (value: string) =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

function formatValue(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  return String(value);
}
