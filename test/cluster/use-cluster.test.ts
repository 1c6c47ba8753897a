import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { isClusterRequired } from './connection.ts';

const root = join(import.meta.dirname, '../..');

describe('tests without a cluster to run on', function () {
  this.timeout(60_000);
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'dorgu-without-'));
    mkdirSync(join(folder, 'bin'));
    const spec = `import { useCluster } from ${JSON.stringify(join(root, 'test/cluster/use-cluster.ts'))};
      describe('s', () => { useCluster(); it('t', () => { throw new Error('ran'); }); });`;
    for (const name of ['a.test.ts', 'b.test.ts']) writeFileSync(join(folder, name), spec);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Mocha on two files with a cluster test each, on a machine that has neither Go nor built programs. */
  function runMocha(
    flags: readonly string[],
    ci: string,
  ): { status: number | null; stdout: string; stderr: string } {
    const fixture = join(root, 'test/cluster/fixture.ts');
    const mocha = join(root, 'node_modules/mocha/bin/mocha.js');
    const files = ['a.test.ts', 'b.test.ts'].map((name) => join(folder, name));
    const args = [mocha, '--no-config', '--require', fixture, ...flags, '--reporter', 'dot', ...files];
    const environment = { PATH: join(folder, 'bin'), HOME: folder, CI: ci };
    return spawnSync(process.execPath, args, {
      cwd: root,
      env: environment,
      encoding: 'utf8',
      timeout: 50_000,
    });
  }

  for (const flags of [[], ['--parallel', '--jobs', '2']]) {
    const mode = flags.length === 0 ? 'one after the other' : 'in parallel';
    it(`are skipped ${mode}, and the run says once why`, () => {
      const { status, stdout, stderr } = runMocha(flags, '');
      expect(stdout).to.contain('2 pending').and.not.to.contain('failing');
      expect(stderr.match(/cluster tests are skipped: .*KUBEBUILDER_ASSETS/g)).to.have.length(1);
      expect(status).to.equal(0);
    });
  }

  it('fail in CI, with the reason', () => {
    const { status, stdout } = runMocha([], 'true');
    expect(stdout).to.contain('2 failing').and.to.contain('CI is set').and.to.contain('https://go.dev/dl');
    expect(status).to.equal(2);
  });

  it('fail in every way that CI is said, and are skipped in every way that it is denied', () => {
    for (const value of ['true', '1', 'yes']) expect(isClusterRequired({ CI: value }), value).to.equal(true);
    for (const value of ['', '0', 'false', 'FALSE'])
      expect(isClusterRequired({ CI: value }), value).to.equal(false);
    expect(isClusterRequired({})).to.equal(false);
  });
});
