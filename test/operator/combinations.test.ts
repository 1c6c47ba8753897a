// Every combination of switches starts and stops clean, against an API server that knows nothing of our kinds (C8).
import { hostname } from 'node:os';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import { parseOptions } from '../../operator/options.ts';
import { runOperator } from '../../operator/run-operator.ts';
import { waitUntil } from '../cluster/wait-until.ts';
import { ScriptedApiServer } from '../faults/api-server.ts';
import { writeLoneKubeconfig } from './lone-kubeconfig.ts';
import { createMemoryLogger } from './manager/memory-logger.ts';

const switches = [
  '--leader-elect',
  '--enable-webhook',
  '--enable-websocket',
  '--enable-argocd=false',
  '--metrics-bind-address=0',
  '--health-probe-bind-address=0',
  '--controllers=',
] as const;

const combinations = Array.from({ length: 2 ** switches.length }, (_, bits) =>
  switches.filter((_, index) => (bits >> index) % 2 === 1),
);

/** What keeps a process alive; idle connections of this test's own requests aside. */
function listResources(): string[] {
  return process.getActiveResourcesInfo().filter((name) => !['TCPSocketWrap', 'Immediate'].includes(name));
}

describe('any combination of options', function () {
  this.timeout(60_000);
  let server: ScriptedApiServer;
  let kubeconfig: Awaited<ReturnType<typeof writeLoneKubeconfig>>;
  before(async () => {
    server = await ScriptedApiServer.start();
    kubeconfig = await writeLoneKubeconfig(server.url);
  });
  after(async () => {
    await server.stop();
    await kubeconfig.remove();
  });

  const start = (args: readonly string[]) => {
    const stopping = new AbortController();
    const logger = createMemoryLogger();
    const fixed = ['metrics', 'health-probe', 'webhook', 'websocket'].map(
      (name) => `--${name}-bind-address=127.0.0.1:0`,
    );
    const invocation = parseOptions([`--kubeconfig=${kubeconfig.path}`, ...fixed, ...args], {});
    if (invocation.kind !== 'run') throw new Error('expected to run');
    const { env } = process;
    const surroundings = { env, home: '', cwd: '/', hostname: hostname(), readText: () => undefined };
    const over = runOperator(invocation.options, { surroundings, logger, signal: stopping.signal });
    return { stopping, logger, over };
  };

  it(`starts and stops without an error, and leaves nothing behind: ${combinations.length} of them`, async () => {
    // Mocha's own timer runs from the next turn on.
    await nextTurn();
    const before = listResources().toSorted();
    for (const args of combinations) {
      const { stopping, logger, over } = start(args);
      const listeners =
        2 +
        args.filter((arg) => ['--enable-webhook', '--enable-websocket'].includes(arg)).length -
        args.filter((arg) => arg.endsWith('=0')).length;
      await waitUntil(
        'the start',
        () => {
          const said = logger.lines.filter(({ message }) => message === 'Listening').length;
          return said === listeners && logger.lines.some(({ message }) => message === 'Starting')
            ? true
            : undefined;
        },
        { timeoutMs: 5000, intervalMs: 2 },
      );
      const stoppedAt = performance.now();
      stopping.abort();
      await over;
      expect(performance.now() - stoppedAt, args.join(' ')).to.be.below(1500);
      expect(
        logger.lines.filter(({ level }) => level === 'error'),
        args.join(' '),
      ).to.deep.equal([]);
    }
    // A server that has closed is gone some turns later.
    const isGone = () => (listResources().length <= before.length ? true : undefined);
    await waitUntil('the last server to be gone', isGone, { timeoutMs: 2000 });
    expect(listResources().toSorted()).to.deep.equal(before);
  });
});
