// `node test/long/prometheus-scale.ts [APPLICATIONS…]`: what measuring a cluster costs a real Prometheus, by its size. Prints a table.
import { maxSamplesTouched } from '../../src/prometheus/slicing.ts';
import { measureRounds } from '../prometheus/count-requests.ts';

const named = process.argv.slice(2).map(Number);
const toMebibytes = (bytes: number) => Math.round(bytes / 2 ** 20);
const sizes = named.length > 0 ? named : [10, 1000, 10_000];

console.log(
  `two pods of two containers each, scraped every 15 s; no query may touch more than ${maxSamplesTouched} samples`,
);
for (const applications of sizes) {
  const found = await measureRounds({ applications, pods: 2 }, 3, 15_000);
  console.log(
    [
      `${applications} applications`,
      `requests of three rounds ${found.requests.join(', ')}`,
      `at most ${found.mostSamplesTouched} samples touched`,
      `answers up to ${(found.mostBytes / 2 ** 20).toFixed(1)} MiB`,
      `${found.samples} containers, ${found.owners} owners`,
      `rounds took ${found.roundsMs.join(', ')} ms, the slowest request ${found.slowestMs} ms`,
      `RSS of Prometheus ${toMebibytes(found.idleBytes)} MiB before, at most ${toMebibytes(found.peakBytes)} MiB`,
      `RSS of the asker ${toMebibytes(process.memoryUsage().rss)} MiB, its peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`,
    ].join('; '),
  );
}
