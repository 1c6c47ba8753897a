// That the samples pass every rule, beside the sample of a ClusterPersona.
import { join } from 'node:path';
import { expect } from 'chai';
import { runHere } from '../commands/command-line.ts';
import { configFolder } from './bundle.ts';

describe('config/samples', () => {
  it('has no finding, whatever its severity', async () => {
    const args = ['check', join(configFolder, 'samples'), '--fail-on=info'];
    const { code, stdout, stderr } = await runHere(args);
    expect({ code, stdout }).to.deep.equal({ code: 0, stdout: '' });
    expect(stderr).to.match(/^no findings in .* 3 of 3 workloads judged, 3 personas/);
  });
});
