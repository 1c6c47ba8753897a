// What is minted, as openssl judges it at its strictest.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { readAuthority } from '../../../operator/certificates/authority.ts';
import { mintAuthority, mintLeaf } from '../../../operator/certificates/mint.ts';

const run = promisify(execFile);

describe('a minted certificate, to openssl', () => {
  it('is one of a server, by a CA, without a fault', async function () {
    const isThere = await run('openssl', ['version']).then(
      () => true,
      () => false,
    );
    if (!isThere) return this.skip();
    const now = Date.now();
    // Over the end of the years of two digits.
    const validity = { notBefore: now - 60_000, notAfter: Date.parse('2060-01-01T00:00:00Z') };
    const ca = await mintAuthority('dorgu-ca', validity);
    const authority = readAuthority(ca.cert, ca.key);
    if ('unusable' in authority) throw new Error(authority.unusable);
    const leaf = await mintLeaf({ commonName: 'x', dnsNames: ['x.svc', 'y.svc'], validity }, authority);
    const folder = await mkdtemp(join(tmpdir(), 'dorgu-mint-'));
    const [caFile, leafFile] = [join(folder, 'ca.crt'), join(folder, 'tls.crt')];
    try {
      await writeFile(caFile, ca.cert);
      await writeFile(leafFile, leaf.cert);
      const strict = ['-x509_strict', '-check_ss_sig', '-purpose', 'sslserver', '-verify_hostname', 'y.svc'];
      const { stdout } = await run('openssl', ['verify', ...strict, '-CAfile', caFile, leafFile]);
      expect(stdout.trim()).to.equal(`${leafFile}: OK`);
      const { stdout: text } = await run('openssl', ['x509', '-in', leafFile, '-noout', '-text']);
      expect(text).to.match(/X509v3 Authority Key Identifier: *\n *(keyid:)?[0-9A-F:]{59}/);
      expect(text).to.match(/Not After : Jan +1 00:00:00 2060 GMT/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
