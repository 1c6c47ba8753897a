// Measures a server of the bench: its answers, and what they take of the processor and of memory.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { formatReview, toRequest } from '../../operator/webhook/world.ts';
import { createLiveDeployment } from '../live-objects.ts';
import { callForAWhile, percentile, toRequestBytes, type LoadOptions } from './load.ts';

const serve = resolve(import.meta.dirname, 'serve.ts');

interface Report {
  port: number;
  cpuMs: number;
  lagP99Ms: number;
  rssMiB: number;
}

/** A server to measure. */
export interface MeasuredServer {
  name: string;
  /** 0: a bare server that only parses. */
  personas: number;
  /** Each of its measurements. */
  seconds: number;
  /** Of Node; none where absent. */
  flags?: readonly string[];
}

/** What one measurement found. */
export interface Measured {
  /** Reviews that one core answers in a second, by the processor time they took. */
  perCore: number;
  p99Ms: number;
  rssMiB: number;
}

/** An update of a Deployment, of 8 KB. */
export function createReview(index: number): Buffer {
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

/** Prints one line. */
async function measure(child: ChildProcess, name: string, options: LoadOptions): Promise<Measured> {
  await ask(child, 'begin');
  const result = await callForAWhile(options);
  const { cpuMs, lagP99Ms, rssMiB } = await ask(child, 'end');
  const perCore = (result.calls * 1000) / cpuMs;
  const figures = [50, 99, 99.9].map((percent) => `p${percent} ${percentile(result, percent).toFixed(2)}`);
  const failures = [...result.failures].map(([status, count]) => ` ${count} times ${status}`).join();
  console.log(
    `${name.padEnd(46)} ${(result.calls / result.seconds).toFixed(0).padStart(6)}/s  ${(1e6 / perCore).toFixed(0).padStart(4)} µs of the server's CPU each, ${perCore.toFixed(0).padStart(6)}/s a core  ${figures.join('  ')} ms  lag p99 ${lagP99Ms.toFixed(1)} ms  ${rssMiB.toFixed(0)} MiB${failures}`,
  );
  return { perCore, p99Ms: percentile(result, 99), rssMiB };
}

/** As many calls as there can be over 50 and 500 connections, and 1,000 a second: in this order. */
export async function measureServer(
  server: MeasuredServer,
): Promise<[few: Measured, many: Measured, steady: Measured]> {
  const { name, personas, seconds, flags = [] } = server;
  const child = fork(serve, [String(personas)], { execArgv: [...flags] });
  const { port } = await ask(child);
  const many = Math.max(1, Math.min(personas, 2500));
  const requests = Array.from({ length: many }, (_, index) =>
    createReview(Math.floor((index * personas) / many)),
  );
  const options = { port, requests, seconds };
  await callForAWhile({ ...options, connections: 50, seconds: 2 });
  const measured: [Measured, Measured, Measured] = [
    await measure(child, `${name}, 50 connections`, { ...options, connections: 50 }),
    await measure(child, `${name}, 500 connections`, { ...options, connections: 500 }),
    await measure(child, `${name}, 50 connections, 1000 calls/s`, { ...options, connections: 50, rate: 1000 }), // prettier-ignore
  ];
  child.disconnect();
  await once(child, 'exit');
  return measured;
}
