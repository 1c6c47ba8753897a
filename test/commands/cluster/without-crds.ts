// What commands say in a cluster without our kinds; one that has them runs these tests first.
import { expect } from 'chai';
import { toDeployment } from './manifests.ts';
import type { OwnCluster } from './own-cluster.ts';

/** Registers the tests; the cluster is there when they run. */
export function testWithoutCrds(cluster: () => OwnCluster): void {
  before(() =>
    cluster().kubectl(['create', '-f', '-'], toDeployment('web', 'ghcr.io/acme/web:1', 'default')),
  );
  after(() => cluster().kubectl(['delete', 'deployment', 'web']));

  it('describe shows what there is, and how to install the rest', async () => {
    const { code, stdout, stderr } = await cluster().run('cluster', 'describe');
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    expect(stdout).to.match(/^dorgu-test {2,}Ready\n\nKubernetes {4}v1\.\d+\.\d+, asked just now\n/);
    expect(stdout).to.contain('none: the CRDs are not installed');
    expect(stdout).to.contain('kubectl apply --server-side');
    expect(stdout).to.match(/^Nodes {9}none$/m);
  });

  it('status shows what there is, too, and --exit-code says no', async () => {
    const { code, stdout } = await cluster().run('cluster', 'status', '--exit-code');
    expect(code).to.equal(1);
    expect(stdout)
      .to.match(/^Persona +none: the CRDs are not installed/m)
      .and.contain('kubectl apply -');
  });

  for (const argv of [
    ['cluster', 'init'],
    ['cluster', 'init', '--dry-run=server'],
    ['cluster', 'describe', 'prod'],
    ['cluster', 'status', 'prod'],
    ['persona', 'import', '--apply'],
    ['persona', 'status', 'web'],
    ['persona', 'list', '-A'],
  ]) {
    it(`${argv.join(' ')} ends with 3, and with what to install`, async () => {
      const { code, stdout, stderr } = await cluster().run(...argv);
      expect({ code, stdout }, stderr).to.deep.equal({ code: 3, stdout: '' });
      expect(stderr).to.match(/^error: the cluster at .* does not know \w+personas\.dorgu\.io\n/);
      expect(stderr).to.match(/^hint: kubectl apply --server-side -k /m);
      const json = await cluster().run(...argv, '-o', 'json');
      expect(JSON.parse(json.stdout)).to.have.nested.property('error.code', 'CrdsMissing');
    });
  }
}
