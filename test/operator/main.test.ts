// The operator as a process: exit codes, messages, signals; what needs no cluster.
import { execFile } from 'node:child_process';
import { expect } from 'chai';
import manifest from '../../package.json' with { type: 'json' };
import { ScriptedApiServer } from '../faults/api-server.ts';
import { operatorMain, spawnOperator } from './child.ts';
import { writeLoneKubeconfig } from './lone-kubeconfig.ts';

const env = { PATH: process.env['PATH'] };

function run(args: readonly string[], more: NodeJS.ProcessEnv = {}) {
  return new Promise<{ code: number; stdout: string; stderr: string }>((done) => {
    execFile(
      process.execPath,
      [operatorMain, ...args],
      { env: { ...env, ...more } },
      (error, stdout, stderr) => {
        done({ code: error === null ? 0 : Number(error.code), stdout, stderr });
      },
    );
  });
}

describe('the operator’s process', function () {
  this.timeout(30_000);

  it('prints help and version, and exits with 0', async () => {
    const [help, version] = await Promise.all([run(['--help']), run(['--version'])]);
    expect(help).to.include({ code: 0, stderr: '' });
    expect(help.stdout).to.include('--health-probe-bind-address');
    expect(version).to.deep.equal({ code: 0, stdout: `dorgu-operator v${manifest.version}\n`, stderr: '' });
  });

  it('exits with 2 and says what was expected of an option', async () => {
    const { code, stdout, stderr } = await run(['--concurrency=many'], { DORGU_LOG_LEVEL: 'loud' });
    expect({ code, stdout }).to.deep.equal({ code: 2, stdout: '' });
    expect(stderr).to.equal(
      [
        'error: --concurrency: expected a whole number from 1 to 100, found "many"',
        '       DORGU_LOG_LEVEL: expected debug or info or warn or error, found "loud"',
        'hint:  --help says what --concurrency means',
        '',
      ].join('\n'),
    );
  });

  it('exits with 1 and says so where there is no cluster to ask', async () => {
    const { code, stderr } = await run(['--kubeconfig=/nowhere/kubeconfig']);
    expect(code).to.equal(1);
    expect(stderr).to.include('error: ').and.include('/nowhere/kubeconfig').and.include('hint: ');
  });

  describe('with an API server that does not answer', () => {
    let server: ScriptedApiServer;
    let kubeconfig: Awaited<ReturnType<typeof writeLoneKubeconfig>>;
    before(async () => {
      server = await ScriptedApiServer.start();
      server.inject({ stallAfterBytes: -1 }, { times: Infinity });
      kubeconfig = await writeLoneKubeconfig(server.url);
    });
    after(async () => {
      await server.stop();
      await kubeconfig.remove();
    });

    const start = () => spawnOperator([`--kubeconfig=${kubeconfig.path}`, '--leader-elect']);

    it('lives, is unready and says why, and stops within five seconds (A1, C4)', async () => {
      const operator = start();
      const response = await fetch(`http://127.0.0.1:${await operator.port('health')}/readyz`);
      expect(response.status).to.equal(503);
      expect(await response.text()).to.match(/^\[-\]caches: .*applicationpersonas.dorgu.io.*first list/);
      const startedAt = Date.now();
      operator.kill('SIGTERM');
      expect(await operator.ended).to.equal(0);
      expect(Date.now() - startedAt).to.be.below(5000);
    });

    it('exits at once at the second signal', async () => {
      const operator = start();
      await operator.port('metrics');
      operator.kill('SIGTERM');
      await operator.said('Asked to stop');
      operator.kill('SIGTERM');
      expect(await operator.ended).to.equal(143);
    });
  });
});
