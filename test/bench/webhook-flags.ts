// `node test/bench/webhook-flags.ts [SECONDS] [ROUNDS]`: the webhook with 10,000 personas under sets of Node's flags, in turns, so that what else the
// machine does falls on all of them alike. The image's flags (operator/Dockerfile) are chosen by it. Nothing is asserted.
import { loadavg } from 'node:os';
import { measureServer, type Measured } from './webhook/measure.ts';

const [seconds, rounds] = [Number(process.argv[2] ?? 5), Number(process.argv[3] ?? 3)];

const noCompilers = ['--no-maglev', '--no-sparkplug'];
const sets: Readonly<Record<string, readonly string[]>> = {
  none: [],
  'semi 2, growing 20': ['--max-semi-space-size=2', '--heap-growing-percent=20', ...noCompilers],
  'semi 2': ['--max-semi-space-size=2', ...noCompilers],
  'semi 4, growing 20': ['--max-semi-space-size=4', '--heap-growing-percent=20', ...noCompilers],
  'semi 8, growing 20': ['--max-semi-space-size=8', '--heap-growing-percent=20', ...noCompilers],
  'semi 4, growing 20, all compilers': ['--max-semi-space-size=4', '--heap-growing-percent=20'],
};

const found = new Map<string, [few: Measured, many: Measured, steady: Measured][]>();
for (let round = 0; round < rounds; round += 1)
  for (const [name, flags] of Object.entries(sets)) {
    const measured = await measureServer({ name, personas: 10_000, seconds, flags });
    found.set(name, [...(found.get(name) ?? []), measured]);
  }

const middle = (values: number[]) => values.sort((left, right) => left - right)[values.length >> 1] ?? NaN;
console.log(`medians of ${rounds} rounds; load of the machine ${loadavg()[0]?.toFixed(1) ?? ''}`);
for (const [name, all] of found) {
  const [perCore, p99, rss] = [
    middle(all.map(([few]) => few.perCore)),
    middle(all.map(([, , steady]) => steady.p99Ms)),
    middle(all.map(([, many]) => many.rssMiB)),
  ];
  console.log(`${name.padEnd(36)} ${perCore.toFixed(0)}/s a core, p99 ${p99.toFixed(1)} ms at 1000/s, ${rss.toFixed(0)} MiB`); // prettier-ignore
}
