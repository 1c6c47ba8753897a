// Ctrl-C and SIGTERM: exit code 130, a document for who waits for one, silence for a person.
import { expect } from 'chai';
import { parse } from 'yaml';
import { runLauncher, type Outcome } from '../commands/command-line.ts';
import { waitUntil } from '../cluster/wait-until.ts';
import { ScriptedApiServer } from '../faults/api-server.ts';
import { useFolder, writeKubeconfig } from '../kube/connecting.ts';

describe('an interrupted command', function () {
  this.timeout(30_000);
  const folder = useFolder();
  let server: ScriptedApiServer;
  before(async () => (server = await ScriptedApiServer.start()));
  after(() => server.stop());

  /** Sends the signal while the server keeps the command waiting. */
  async function interrupt(signal: NodeJS.Signals, ...flags: string[]): Promise<Outcome> {
    server.reset();
    server.inject({ stallAfterBytes: -1 }, { times: 9 });
    const KUBECONFIG = writeKubeconfig(folder.path, { server: server.url });
    let processId: number | undefined;
    const running = runLauncher(['persona', 'list', ...flags], {
      env: { KUBECONFIG },
      onStart: (id) => (processId = id),
    });
    await waitUntil('the first request', () => (server.requests.length > 0 ? true : undefined), {
      timeoutMs: 20_000,
    });
    process.kill(processId as number, signal);
    return running;
  }

  it('says nothing to the person who has pressed Ctrl-C', async () => {
    expect(await interrupt('SIGINT')).to.deep.equal({ code: 130, stdout: '', stderr: '' });
  });

  for (const [format, read] of [
    ['json', (text: string): unknown => JSON.parse(text)],
    ['yaml', (text: string): unknown => parse(text)],
  ] as const)
    it(`gives a program that asked for ${format} a document to read`, async () => {
      const { code, stdout, stderr } = await interrupt('SIGTERM', '-o', format);
      expect({ code, stderr }).to.deep.equal({ code: 130, stderr: '' });
      expect(read(stdout)).to.deep.equal({
        error: {
          code: 'Interrupted',
          message: 'interrupted before the end',
          hint: 'nothing was left half-written',
        },
      });
    });
});
