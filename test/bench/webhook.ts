// `node test/bench/webhook.ts [SECONDS]`: the webhook under load, beside a bare HTTPS server that only parses, in one run, and what it adds to a
// creation through a real API server. Nothing is asserted.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { formatReview, toRequest } from '../operator/webhook/world.ts';
import { createLiveDeployment } from './live-objects.ts';
import { measureCreations } from './webhook/creations.ts';
import { callForAWhile, percentile, toRequestBytes, type LoadOptions } from './webhook/load.ts';

const SECONDS = Number(process.argv[2] ?? 5);
const serve = resolve(import.meta.dirname, 'webhook/serve.ts');

interface Report {
  port: number;
  cpuMs: number;
  lagP99Ms: number;
  rssMiB: number;
}

/** An update of a Deployment, of 8 KB. */
function createReview(index: number): Buffer {
  const { metadata, ...rest } = createLiveDeployment(index) as { metadata: Record<string, unknown> };
  const object = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    ...rest,
    metadata: { ...metadata, annotations: {} },
  };
  return toRequestBytes(formatReview(toRequest(object, object)));
}

async function ask(child: ChildProcess, what?: string): Promise<Report> {
  if (what !== undefined) child.send(what);
  const [report] = (await once(child, 'message')) as [Report];
  return report;
}

/** Prints one line; gives the reviews that one core answers in a second, by the processor time they took. */
async function measure(child: ChildProcess, name: string, options: LoadOptions): Promise<number> {
  await ask(child, 'begin');
  const result = await callForAWhile(options);
  const { cpuMs, lagP99Ms, rssMiB } = await ask(child, 'end');
  const perCore = (result.calls * 1000) / cpuMs;
  const figures = [50, 99, 99.9].map((percent) => `p${percent} ${percentile(result, percent).toFixed(2)}`);
  const failures = [...result.failures].map(([status, count]) => ` ${count} times ${status}`).join();
  console.log(
    `${name.padEnd(46)} ${(result.calls / result.seconds).toFixed(0).padStart(6)}/s ${perCore.toFixed(0).padStart(6)}/s a core  ${figures.join('  ')} ms  lag p99 ${lagP99Ms.toFixed(1)} ms  ${rssMiB.toFixed(0)} MiB${failures}`,
  );
  return perCore;
}

async function measureServer(name: string, personas: number): Promise<number> {
  const child = fork(serve, [String(personas)]);
  const { port } = await ask(child);
  const many = Math.max(1, Math.min(personas, 2500));
  const requests = Array.from({ length: many }, (_, index) =>
    createReview(Math.floor((index * personas) / many)),
  );
  const options = { port, requests, seconds: SECONDS };
  await callForAWhile({ ...options, connections: 50, seconds: 2 });
  const perCore = await measure(child, `${name}, 50 connections`, { ...options, connections: 50 });
  await measure(child, `${name}, 500 connections`, { ...options, connections: 500 });
  await measure(child, `${name}, 50 connections, 1000 calls/s`, { ...options, connections: 50, rate: 1000 });
  child.disconnect();
  await once(child, 'exit');
  return perCore;
}

console.log(`reviews of ${createReview(0).length} bytes, ${SECONDS} s each`);
const bare = await measureServer('bare', 0);
const one = await measureServer('1 persona', 1);
const all = await measureServer('10000 personas', 10_000);
console.log(
  `a review costs ${(bare / one).toFixed(2)} times what parsing it costs; with 10000 personas ${(bare / all).toFixed(2)} times`,
);
await measureCreations(300);
