// `doctor` where it does not get as far as a cluster.
import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { runHere } from './command-line.ts';

describe('doctor without a cluster', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'dorgu-doctor-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('says that there is no kubeconfig, what writes one, and what was not looked at', async () => {
    const { code, stdout, stderr } = await runHere(['doctor'], { home: folder });
    expect(code).to.equal(3);
    expect(stdout.split('\n')).to.have.length(4);
    expect(stdout).to.match(/^FAILED {3}kubeconfig {7}no kubeconfig: .*\n {26}fix: set KUBECONFIG or pass /);
    expect(stdout).to.match(/\nskipped {2}api-server, credentials, .*, stream: kubeconfig comes first\n$/);
    expect(stderr).to.equal('1 failed\n');
  });

  it('says that nobody answers at the address of the context', async () => {
    const path = join(folder, 'config');
    const named = (field: string, value: object) => [{ name: 'x', [field]: value }];
    writeFileSync(
      path,
      stringify({
        clusters: named('cluster', { server: 'https://127.0.0.1:1' }),
        users: named('user', { token: 'not-to-be-shown' }),
        contexts: named('context', { cluster: 'x', user: 'x' }),
        'current-context': 'x',
      }),
    );
    const { code, stdout } = await runHere(['doctor', '--kubeconfig', path]);
    expect(code).to.equal(3);
    expect(stdout).to.match(/^ok {7}kubeconfig {7}context x, namespace default$/m);
    expect(stdout).to.match(/^FAILED {3}api-server .*127\.0\.0\.1:1 does not answer: .*ECONNREFUSED/m);
    expect(stdout).to.not.contain('not-to-be-shown');
    const { stdout: names } = await runHere(['doctor', '--kubeconfig', path, '-o', 'name']);
    expect(names).to.equal('api-server\n');
  });

  it('takes a flag that is none for a usage error', async () => {
    expect((await runHere(['doctor', '--request-timeout=soon'])).code).to.equal(2);
  });
});
