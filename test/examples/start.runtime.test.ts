// The examples really start, and answer on the ports and probes that analysis claims for them.
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { connect as connectHttp2 } from 'node:http2';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { analyseApplication } from '../../src/analysis/analyse.ts';
import type { Component, ProbeFact } from '../../src/application/component.ts';
import { runnables, startCommandLine, type Runnable, type Started } from './runtimes.ts';

const examples = resolve(import.meta.dirname, '../../examples');
const isThere = (program: string) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

async function waitFor<T>(what: string, started: Started, ask: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 1200; tries++) {
    const answer = await ask().catch(() => undefined);
    if (answer !== undefined) return answer;
    if (started.process.exitCode !== null) throw new Error(`it ended before ${what}:\n${started.output()}`);
    await pause(50);
  }
  throw new Error(`no ${what} within a minute:\n${started.output()}`);
}

const isOpen = (port: number) =>
  new Promise<true | undefined>((done) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(undefined));
  });

/** Asks grpc.health.v1.Health/Check; the answer's message is field 1, varint 1 (SERVING). */
async function isServing(port: number): Promise<boolean> {
  const session = connectHttp2(`http://127.0.0.1:${port}`);
  try {
    const request = session.request({
      ':method': 'POST',
      ':path': '/grpc.health.v1.Health/Check',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    request.end(Buffer.alloc(5));
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).subarray(5).equals(Buffer.from([8, 1]));
  } finally {
    session.close();
  }
}

async function statusOf(probe: ProbeFact, component: Component, started: Started): Promise<number> {
  const port = probe.port ?? component.ports[0]?.value ?? 0;
  return waitFor(`answer of ${probe.path ?? ''}`, started, async () => {
    const answer = await fetch(`http://127.0.0.1:${port}${probe.path ?? ''}`);
    await answer.arrayBuffer();
    return answer.status;
  });
}

describe('the examples, started', function () {
  this.timeout(300_000);
  let top: string;
  before(() => {
    top = realpathSync(mkdtempSync(join(tmpdir(), 'dorgu-examples-')));
  });
  after(() => rmSync(top, { recursive: true, force: true }));

  for (const runnable of runnables) {
    it(`${runnable.example}: ${runnable.component} does what analysis claims`, async function () {
      const missing = runnable.needs.filter((program) => !isThere(program));
      if (missing.length > 0) this.skip();
      await startAndAsk(runnable, join(top, runnable.example));
    });
  }
});

async function startAndAsk(runnable: Runnable, copy: string): Promise<void> {
  cpSync(join(examples, runnable.example), copy, { recursive: true });
  const directory = join(copy, runnable.folder);
  const { components } = await analyseApplication(copy);
  const component = components.find(({ name }) => name === runnable.component);
  if (!component) throw new Error(`analysis does not see ${runnable.component}`);
  for (const { value } of component.ports)
    expect(await isOpen(value), `port ${value} is taken on this machine`).to.equal(undefined);

  runnable.prepare(directory);
  const line = runnable.start(component.startCommand?.value ?? '', directory);
  const started = startCommandLine(line, directory, runnable.env?.(directory) ?? {});
  try {
    await waitUntilRunning(runnable, component, started);
    for (const probe of [component.health.liveness, component.health.readiness])
      if (probe) await askProbe(probe, component, started);
  } finally {
    await stop(started);
  }
}

async function waitUntilRunning(runnable: Runnable, component: Component, started: Started): Promise<void> {
  const { says } = runnable;
  if (says === undefined) expect(component.ports).not.to.deep.equal([]);
  else {
    expect(component).to.deep.include({ kind: 'worker', ports: [] });
    await waitFor(`"${says}"`, started, () => Promise.resolve(started.output().includes(says) || undefined));
  }
  for (const { value } of component.ports) await waitFor(`port ${value}`, started, () => isOpen(value));
}

async function askProbe(probe: ProbeFact, component: Component, started: Started): Promise<void> {
  if (probe.kind === 'grpc')
    expect(await isServing(probe.port ?? component.ports[0]?.value ?? 0), 'gRPC health').to.equal(true);
  if (probe.kind !== 'http') return;
  // A readiness that waits for its database says 503; a path that does not exist says 404.
  const good = probe === component.health.liveness ? [200] : [200, 503];
  expect(good, `${probe.path ?? ''} answers`).to.include(await statusOf(probe, component, started));
}

async function stop({ process: child }: Started): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  process.kill(-child.pid, 'SIGTERM');
  await Promise.race([once(child, 'exit'), pause(10_000)]);
}
