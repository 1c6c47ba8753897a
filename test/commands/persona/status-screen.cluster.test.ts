// `persona status --watch` on a terminal of a real cluster: the screen is that of `persona status` at each moment, and the terminal is left as it was.
import { expect } from 'chai';
import { useCluster } from '../../cluster/use-cluster.ts';
import { usePseudoTerminals, type Session } from '../../terminal/pseudo-terminal.ts';
import { commandLine } from '../command-line.ts';

const size = { columns: 100, rows: 40 };

describe('persona status --watch on a terminal', function () {
  this.timeout(120_000);
  const cluster = useCluster();
  const terminals = usePseudoTerminals();
  let namespace: string;
  before(async () => {
    namespace = await cluster.createNamespace();
    const persona = {
      apiVersion: 'dorgu.io/v1',
      kind: 'ApplicationPersona',
      metadata: { name: 'shop', namespace },
      spec: { name: 'shop', type: 'api', tier: 'standard' },
    };
    await cluster.expectKubectl(['create', '-f', '-'], { input: JSON.stringify(persona) });
  });

  const start = (...argv: string[]): Promise<Session> =>
    terminals.start([...commandLine, 'persona', 'status', 'shop', '-n', namespace, ...argv], {
      ...size,
      env: { KUBECONFIG: cluster.kubeconfig },
    });
  /** What the same command says now, without --watch, on as large a terminal. */
  const lookOnce = async (): Promise<string[]> => {
    const session = await start();
    await session.ended;
    return toText(session.emulator.history());
  };

  it('shows what persona status does, changes as it does, and gives the terminal back', async () => {
    const session = await start('--watch');
    const first = await lookOnce();
    expect(first.join('\n')).to.include('shop').and.include('standard');
    const isSame = (expected: string[]) => (lines: string[]) =>
      toText(lines).join('\n') === expected.join('\n');
    await session.until('the screen of persona status', isSame(first));
    expect(session.emulator.isAlternate()).to.equal(true);
    const change = { spec: { tier: 'critical' } };
    await cluster.expectKubectl(['patch', 'applicationpersona', 'shop', '-n', namespace, '--type=merge', '-p', JSON.stringify(change)]); // prettier-ignore
    const second = await lookOnce();
    expect(second.join('\n')).to.include('critical').and.not.include('standard');
    await session.until('the change', isSame(second));
    session.type('\x03');
    const { code, before, after } = await session.ended;
    expect([code, after]).to.deep.equal([130, before]);
    expect([session.emulator.isAlternate(), session.emulator.isCursorShown()]).to.deep.equal([false, true]);
  });
});

/** Without ages, which go on, and without what is said of the connection. */
function toText(lines: readonly string[]): string[] {
  return lines
    .map((line) => line.replace(/\d+(s|m|h)\b/g, '<age>').trimEnd())
    .filter((line) => line !== '' && !/stream unavailable|watching the API server instead/.test(line));
}
