// The failure table: every command that asks a cluster, and everything that can be in its way. Exit code, words, and nothing half-written.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { useCluster } from '../cluster/use-cluster.ts';
import { waitUntil } from '../cluster/wait-until.ts';
import { startFaultProxy, type FaultProxy } from '../faults/fault-proxy.ts';
import { runHere, runLauncher, type Outcome } from './command-line.ts';
import {
  always,
  changeKubeconfig,
  commandLines,
  failures,
  isWrite,
  personaText,
  status,
  titles,
  viaProxy,
  type Kubeconfig,
  type Title,
} from './failures.ts';

describe('every command and what can be in its way', function () {
  this.timeout(60_000);
  const cluster = useCluster();
  let folder = '';
  let proxy: FaultProxy;
  let refusing: Server;
  let refusingUrl = '';
  let namespace = '';

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dorgu-failures-'));
    writeFileSync(join(folder, 'persona.yaml'), personaText('shop', 'api'));
    proxy = await startFaultProxy(cluster.kubeconfig);
    refusing = createServer().on('connect', (_, socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'));
    await new Promise<void>((done) => refusing.listen(0, '127.0.0.1', done));
    refusingUrl = `http://127.0.0.1:${(refusing.address() as AddressInfo).port}`;
    namespace = await cluster.createNamespace();
    await cluster.expectKubectl(['apply', '-n', namespace, '-f', '-'], {
      input: personaText('shop', 'worker'),
    });
  });
  beforeEach(() => {
    mkdirSync(join(folder, 'personas'));
  });
  afterEach(() => {
    rmSync(join(folder, 'personas'), { recursive: true, force: true });
  });
  after(async () => {
    await proxy.close();
    refusing.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Writes a kubeconfig and gives the environment that uses it. */
  function environmentOf(kubeconfig: Kubeconfig | undefined): Record<string, string> {
    const path = join(folder, 'kubeconfig');
    if (kubeconfig === undefined) return { KUBECONFIG: join(folder, 'missing') };
    writeFileSync(path, JSON.stringify(changeKubeconfig(cluster.kubeconfig, kubeconfig, namespace)), {
      mode: 0o600,
    });
    return { KUBECONFIG: path };
  }

  function run(title: Title, env: Record<string, string>, flags: readonly string[] = []): Promise<Outcome> {
    return runHere([...commandLines[title], ...flags], { cwd: folder, env });
  }

  /** The state that no failing command may change. */
  async function readState(): Promise<string> {
    const kind = await cluster.expectKubectl([
      'get',
      'applicationpersona',
      'shop',
      '-n',
      namespace,
      '-o',
      'jsonpath={.spec.type} {.metadata.generation}',
    ]);
    return `${kind} ${readdirSync(join(folder, 'personas')).join(' ')}`;
  }

  for (const [reason, failure] of Object.entries(failures)) {
    describe(`when ${reason}`, () => {
      for (const title of titles) {
        it(`${title} says so, to people and to programs, and changes nothing`, async () => {
          const expected = { ...failure, ...failure.except?.[title] };
          const env = environmentOf(failure.kubeconfig(proxy, refusingUrl));
          proxy.script(failure.script ?? []);
          const text = await run(title, env, failure.flags);
          expect({ code: text.code, stdout: text.stdout }, text.stderr).to.deep.equal({
            code: expected.code,
            stdout: '',
          });
          expect(text.stderr).to.match(expected.message);
          const json = await run(title, env, [...(failure.flags ?? []), '-o', 'json']);
          expect(json.code, json.stderr).to.equal(expected.code);
          expect(JSON.parse(json.stdout)).to.have.nested.property('error.code', expected.errorCode);
          proxy.script([]);
          expect(await readState()).to.equal('worker 1 ');
        });
      }
    });
  }

  describe('when somebody presses Ctrl-C', () => {
    for (const title of titles) {
      it(`${title} ends with 130 and changes nothing`, async () => {
        const env = environmentOf(viaProxy(proxy));
        proxy.script([{ fits: always, fault: { kind: 'stall' } }]);
        const before = proxy.seen.length;
        let processId: number | undefined;
        const running = runLauncher([...commandLines[title], '-o', 'json'], {
          cwd: folder,
          env,
          onStart: (id) => (processId = id),
        });
        await waitUntil('the first request', () => proxy.seen.length > before || undefined, {
          timeoutMs: 20_000,
        });
        process.kill(processId as number, 'SIGINT');
        const { code, stdout } = await running;
        expect(code).to.equal(130);
        if (stdout !== '') expect(JSON.parse(stdout)).to.have.nested.property('error.code', 'Interrupted');
        proxy.script([]);
        expect(await readState()).to.equal('worker 1 ');
      });
    }
  });

  describe('when a write meets a conflict', () => {
    for (const title of ['persona apply', 'persona delete', 'cluster init'] as const) {
      it(`${title} ends with 6 and the server's words`, async () => {
        const env = environmentOf(viaProxy(proxy));
        proxy.script([
          {
            fits: isWrite,
            fault: {
              kind: 'answer',
              status: 409,
              body: status(409, 'Conflict', 'the object has been modified'),
            },
          },
        ]);
        const { code, stderr } = await run(title, env);
        expect(code, stderr).to.equal(6);
        expect(stderr).to.contain('the object has been modified');
      });
    }
  });

  describe('when the server is busy', () => {
    for (const title of titles) {
      it(`${title} waits as long as the server says, and goes on`, async () => {
        const env = environmentOf(viaProxy(proxy));
        const busy = status(429, 'TooManyRequests', 'too many requests');
        const headers = { 'retry-after': '0' };
        const calm = await run(title, env, ['-o', 'json']);
        await restore();
        proxy.script([
          { fits: always, times: 2, fault: { kind: 'answer', status: 429, body: busy, headers } },
        ]);
        const outcome = await run(title, env, ['-o', 'json']);
        expect(outcome.code, outcome.stderr).to.equal(calm.code);
        proxy.script([]);
        await restore();
      });
    }
  });

  it('what is not there is exit 5, and names what is near', async () => {
    const env = environmentOf({});
    for (const words of [
      ['persona', 'status', 'shpo'],
      ['persona', 'diff', 'shpo'],
      ['persona', 'delete', 'shpo'],
    ]) {
      const { code, stderr, stdout } = await runHere(words, { cwd: folder, env });
      expect({ code, stdout }, stderr).to.deep.equal({ code: 5, stdout: '' });
      expect(stderr)
        .to.match(/^error: .*shpo/m)
        .and.to.match(/^hint: /m);
      const json = await runHere([...words, '-o', 'json'], { cwd: folder, env });
      expect(JSON.parse(json.stdout)).to.have.nested.property('error.code', 'NotFound');
    }
  });

  /** Puts the persona back as every test finds it. */
  async function restore(): Promise<void> {
    await cluster.expectKubectl([
      'delete',
      'applicationpersona',
      'shop',
      '-n',
      namespace,
      '--ignore-not-found',
    ]);
    await cluster.expectKubectl(['apply', '-n', namespace, '-f', '-'], {
      input: personaText('shop', 'worker'),
    });
    rmSync(join(folder, 'personas'), { recursive: true, force: true });
    mkdirSync(join(folder, 'personas'));
  }
});
