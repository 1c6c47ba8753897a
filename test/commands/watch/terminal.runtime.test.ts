// `persona watch` on a terminal: what a person sees, and how the terminal is left.
import { expect } from 'chai';
import { useFolder } from '../../kube/connecting.ts';
import { usePseudoTerminals, type Session, type SessionOptions } from '../../terminal/pseudo-terminal.ts';
import { launchers } from '../command-line.ts';
import { startWatchedServer, type WatchedServer } from './watched-server.ts';

describe('persona watch on a terminal', function () {
  this.timeout(60_000);
  const folder = useFolder();
  const terminals = usePseudoTerminals();
  let world: WatchedServer;
  beforeEach(async () => {
    world = await startWatchedServer(folder.path);
    world.put('shop/billing', { replicas: [2, 2] });
    world.put('shop/web', { replicas: [3, 3] });
  });
  afterEach(() => world.stop());

  // Nobody is impersonated on a server that knows nobody: it keeps the test away from the stream.
  const watch = (
    argv: readonly string[] = [],
    { env = {}, ...options }: SessionOptions = {},
  ): Promise<Session> =>
    terminals.start([process.execPath, launchers.dev, 'persona', 'watch', '--as', 'tester', ...argv], {
      ...options,
      env: { KUBECONFIG: world.kubeconfig, ...env },
    });
  /** The line of a row without its age. */
  const row = (lines: readonly string[], name: string) =>
    lines
      .find((line) => line.startsWith(name))
      ?.replace(/ \d+[smhdy]\w* ?/, ' <age> ')
      .trimEnd();
  const isShown = (name: string) => (lines: string[]) => row(lines, name) !== undefined;

  it('shows a table, and a change in it', async () => {
    const session = await watch([], { columns: 100 });
    await session.until('the rows', isShown('web'));
    expect(session.emulator.lines()[0]).to.match(/^NAME +PHASE +READY +REPLICAS +ISSUES +CHANGED$/);
    expect(row(session.emulator.lines(), 'web')).to.match(/^web +Active +True +3\/3 +- +<age>$/);
    world.put('shop/web', {
      phase: 'Degraded',
      ready: 'False',
      replicas: [2, 3],
      errors: 1,
      message: 'rollout: 2 of 3 updated',
    });
    await session.until('the change', (lines) => /Degraded/.test(row(lines, 'web') ?? ''));
    const line = row(session.emulator.lines(), 'web');
    expect(line).to.match(/^web +Degraded +False +2\/3 +1E +<age> +was Active; rollout: 2 of 3 updated$/);
    expect(session.emulator.isAlternate()).to.equal(true);
    expect(session.emulator.isCursorShown()).to.equal(false);
    session.type('\x03');
    const end = await session.ended;
    expect(end.code).to.equal(130);
    expect(end.after).to.equal(end.before);
  });
});
