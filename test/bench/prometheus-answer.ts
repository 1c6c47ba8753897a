// `node --expose-gc test/bench/prometheus-answer.ts [SERIES]`: an answer of Prometheus read into samples while it comes, beside JSON.parse of the whole text, each in
// a process of its own for its memory. Nothing is asserted.
import { execFileSync } from 'node:child_process';
import { createSampleCollector } from '../../src/prometheus/collect-samples.ts';
import { AnswerCutter } from '../../src/prometheus/cut-answer.ts';
import { NoAnswerOfPrometheus } from '../../src/prometheus/cut-elements.ts';
import { parseSeries } from '../../src/prometheus/parse-answer.ts';

const series = Number(process.argv[2] ?? 30_000);
const way = process.argv[3];
const ROUNDS = 9;
const chunkBytes = 64 * 1024;

/** Of three measures of each container, as usageQuery's answer is. The pieces are made as they are asked for, so that nobody holds the text. */
function* pieces(): Generator<Buffer> {
  let held = '{"status":"success","data":{"resultType":"vector","result":[';
  for (let index = 0; index < series; index += 1) {
    const container = Math.floor(index / 3);
    const metric = {
      container: container % 2 === 0 ? 'app' : 'proxy',
      dorgu_measure: ['cpu', 'memory_peak', 'memory_average'][index % 3],
      namespace: `team-${container % 100}`,
      pod: `application-${container}-5d4f7c9b8-x7k2p`,
    };
    held += `${index === 0 ? '' : ','}${JSON.stringify({ metric, value: [1_795_435_200, String(index * 1.37)] })}`;
    while (held.length > chunkBytes) {
      yield Buffer.from(held.slice(0, chunkBytes));
      held = held.slice(chunkBytes);
    }
  }
  yield Buffer.from(`${held}],"stats":{"samples":{"totalQueryableSamples":1}}}}`);
}

function readInPieces(chunks: Iterable<Buffer>): unknown {
  const collector = createSampleCollector();
  const cutter = new AnswerCutter((elements) => {
    for (const element of elements) {
      const parsed = parseSeries(element);
      if (parsed === undefined) throw new NoAnswerOfPrometheus('no series');
      collector.add(parsed);
    }
  });
  for (const chunk of chunks) cutter.push(chunk);
  cutter.end();
  return collector.samples();
}

const parseWhole = (chunks: Iterable<Buffer>): unknown =>
  JSON.parse(Buffer.concat([...chunks]).toString('utf8'));

/** Median of the milliseconds that `work` takes, after one warm-up. */
function measure(work: () => unknown): number {
  work();
  const times = Array.from({ length: ROUNDS }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return times.sort((one, other) => one - other)[Math.floor(ROUNDS / 2)] ?? 0;
}

if (way !== undefined) {
  const before = process.memoryUsage().rss;
  const kept = (way === 'pieces' ? readInPieces : parseWhole)(pieces());
  const peak = process.resourceUsage().maxRSS * 1024 - before;
  console.log(JSON.stringify({ peak, kept: Array.isArray(kept) }));
} else {
  const chunks = [...pieces()];
  const bytes = chunks.reduce((sum, { length }) => sum + length, 0);
  const ours = measure(() => readInPieces(chunks));
  const whole = measure(() => parseWhole(chunks));
  const peakOf = (which: string) => {
    const text = execFileSync(
      process.execPath,
      ['--expose-gc', import.meta.filename, String(series), which],
      { encoding: 'utf8' },
    );
    return (JSON.parse(text) as { peak: number }).peak / 2 ** 20;
  };
  const [oursPeak, wholePeak] = [peakOf('pieces'), peakOf('whole')];
  console.log(`an answer of ${series} series, ${(bytes / 2 ** 20).toFixed(1)} MiB`);
  console.log(
    `  read into samples         ${ours.toFixed(0)} ms, ${(bytes / 2 ** 20 / (ours / 1000)).toFixed(0)} MiB/s`,
  );
  console.log(`  ... to JSON.parse of all  ${(ours / whole).toFixed(2)} (${whole.toFixed(0)} ms)`);
  console.log(
    `  memory at most            ${oursPeak.toFixed(0)} MiB more than at rest, the samples included`,
  );
  console.log(
    `  ... to JSON.parse of all  ${(oursPeak / wholePeak).toFixed(2)} (${wholePeak.toFixed(0)} MiB)`,
  );
}
