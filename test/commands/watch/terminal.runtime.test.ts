// `persona watch` on a terminal: what a person sees, and how the terminal is left.
import { expect } from 'chai';
import { useFolder } from '../../kube/connecting.ts';
import { usePseudoTerminals, type Session, type SessionOptions } from '../../terminal/pseudo-terminal.ts';
import { commandLine } from '../command-line.ts';
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
    terminals.start([...commandLine, 'persona', 'watch', '--as', 'tester', ...argv], {
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

  const ways: Record<string, [end: (session: Session) => void, code: number]> = {
    'Ctrl-C': [(session) => session.type('\x03'), 130],
    SIGTERM: [(session) => session.signal('SIGTERM'), 130],
    q: [(session) => session.type('q'), 0],
    SIGHUP: [(session) => session.signal('SIGHUP'), 129],
  };
  for (const [way, [end, code]] of Object.entries(ways))
    it(`leaves the terminal as it was after ${way}`, async () => {
      const session = await watch();
      await session.until('the rows', isShown('web'));
      // What is typed together with a q is taken for text that was pasted.
      if (way !== 'q') session.type('xyz\r');
      end(session);
      const { before, after, code: found } = await session.ended;
      expect(found).to.equal(code);
      expect(after).to.equal(before);
      const { emulator } = session;
      expect([emulator.isAlternate(), emulator.isCursorShown(), emulator.isWrapping()]).to.deep.equal([
        false,
        true,
        true,
      ]);
      const left = emulator.history();
      if (way !== 'SIGHUP') expect(left.filter((line) => /^(billing|web) /.test(line))).to.have.length(2);
      expect(left.join('')).not.to.contain('xyz');
    });

  it('gives the terminal back while it is stopped', async () => {
    const session = await watch();
    await session.until('the rows', isShown('web'));
    session.type('\x1a');
    await session.until('the screen of before', () => !session.emulator.isAlternate());
    expect(session.emulator.isCursorShown()).to.equal(true);
    world.put('shop/mailer', { phase: 'Pending', ready: 'False' });
    session.signal('SIGCONT');
    await session.until('what happened meanwhile', isShown('mailer'));
    expect(session.emulator.isAlternate()).to.equal(true);
    session.type('\x03');
    const { before, after, code } = await session.ended;
    expect([code, after]).to.deep.equal([130, before]);
  });

  it('follows the window: fewer columns, fewer rows, and back', async () => {
    for (let index = 0; index < 12; index += 1) world.put(`shop/app-${index}`, { replicas: [1, 1] });
    world.put('shop/zebra', { phase: 'Failed', ready: 'False', message: 'all pods fail' });
    const session = await watch([], { columns: 100, rows: 24 });
    await session.until('the rows', isShown('zebra'));
    session.resize(50, 6);
    await session.until('a small table', (lines) => lines.at(-1) === '\u2026 11 more: 11 Active');
    const small = session.emulator.lines();
    expect(small[0]).to.match(/^NAME +PHASE +READY +REPLICAS/);
    expect(small[4]).to.match(/^zebra +Failed/);
    session.resize(100, 24);
    await session.until('the whole table', isShown('app-9'));
    expect(row(session.emulator.lines(), 'zebra')).to.match(/Failed +False .* all pods fail$/);
    session.type('q');
    expect((await session.ended).code).to.equal(0);
  });

  it('makes what changed stand out for some seconds, without colour too', async () => {
    const session = await watch([], { columns: 100, env: { NO_COLOR: '1' } });
    await session.until('the rows', isShown('web'));
    world.put('shop/web', { phase: 'Failed', ready: 'False', replicas: [0, 3] });
    await session.until('the change', (lines) => /Failed/.test(row(lines, 'web') ?? ''));
    const phase = session.emulator
      .cells(session.emulator.lines().findIndex((line) => line.startsWith('web')))
      .slice(9, 15);
    expect(phase.map(({ text }) => text).join('')).to.equal('Failed');
    expect(phase.every(({ isReversed, colour }) => isReversed && colour === -1)).to.equal(true);
    session.type('q');
    await session.ended;
    expect(session.raw().slice(session.raw().indexOf('\u001b[?1049l'))).not.to.contain('\u001b[7m');
  });

  it('appends lines where the terminal is dumb', async () => {
    const session = await watch([], { columns: 120, env: { TERM: 'dumb' } });
    await session.until('the rows', (lines) => lines.some((line) => line.includes('shop/web')));
    world.put('shop/web', { phase: 'Failed', ready: 'False', replicas: [0, 3] });
    await session.until('the change', (lines) => lines.some((line) => line.includes('-> Failed')));
    expect(session.raw()).not.to.contain('\u001b');
    session.type('\x03');
    expect((await session.ended).code).to.equal(130);
  });

  it('waits for a persona that is not there yet, and says where there is one', async () => {
    const session = await watch(['web', '-n', 'other'], { columns: 100 });
    await session.until(
      'that it waits',
      (lines) => lines[0] === 'no persona "web" in namespace "other" yet: waiting',
    );
    await session.until('where there is one', (lines) =>
      lines.some((line) => /there is one in namespace.* shop: -n shop$/.test(line)),
    );
    world.put('other/web', {});
    await session.until('the row', isShown('web'));
    session.type('q');
    await session.ended;
    expect(session.raw()).to.match(/there is one in namespace[^\n]*\n$/);
  });

  it('has nothing to say on a terminal that it was not shown on: the error of a wrong flag', async () => {
    const session = await watch(['--operator-url', 'ws://plain'], { env: { NO_COLOR: '1' } });
    const { code, before, after } = await session.ended;
    expect([code, after]).to.deep.equal([2, before]);
    expect(session.raw())
      .to.match(/^error: .*wss:/m)
      .and.not.contain('\u001b[?1049h');
  });
});
