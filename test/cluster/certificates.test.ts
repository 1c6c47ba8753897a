import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { expect } from 'chai';
import { createAuthority, createServiceAccountKeys, servingNames } from './certificates.ts';

describe('the certificates of the test cluster', () => {
  it('are issued by their CA, which is one', async () => {
    const authority = await createAuthority('ca');
    const ca = new X509Certificate(authority.own.certificate);
    const leaf = new X509Certificate((await authority.issueClient({ commonName: 'me' })).certificate);
    expect([ca.ca, leaf.ca]).to.deep.equal([true, false]);
    expect(leaf.checkIssued(ca) && leaf.verify(ca.publicKey)).to.equal(true);
    const other = new X509Certificate((await createAuthority('ca')).own.certificate);
    expect(leaf.verify(other.publicKey)).to.equal(false);
  });

  it('belong to their keys and name user and group', async () => {
    const authority = await createAuthority('ca');
    const { certificate, key } = await authority.issueClient({
      commonName: 'me',
      organization: 'system:masters',
    });
    const parsed = new X509Certificate(certificate);
    expect(parsed.checkPrivateKey(createPrivateKey(key))).to.equal(true);
    expect(parsed.subject).to.equal('O=system:masters\nCN=me');
    expect(parsed.keyUsage).to.deep.equal(['1.3.6.1.5.5.7.3.2']);
  });

  it('serve loopback and the Service kubernetes', async () => {
    const authority = await createAuthority('ca');
    const parsed = new X509Certificate((await authority.issueServing('server', servingNames)).certificate);
    expect(parsed.checkIP('127.0.0.1')).to.equal('127.0.0.1');
    expect(parsed.checkHost('kubernetes.default.svc')).to.equal('kubernetes.default.svc');
    expect(parsed.checkHost('example.org')).to.equal(undefined);
    expect(parsed.keyUsage).to.contain('1.3.6.1.5.5.7.3.1');
  });

  it('are valid now, and their serial numbers differ', async () => {
    const authority = await createAuthority('ca');
    const issued = await Promise.all([1, 2, 3].map(() => authority.issueClient({ commonName: 'me' })));
    const parsed = issued.map(({ certificate }) => new X509Certificate(certificate));
    expect(new Set(parsed.map(({ serialNumber }) => serialNumber)).size).to.equal(3);
    for (const { validFrom, validTo } of parsed) {
      expect(Date.parse(validFrom)).to.be.below(Date.now());
      expect(Date.parse(validTo)).to.be.above(Date.now());
    }
  });

  it('come with a service account key whose halves match', async () => {
    const { privateKey, publicKey } = await createServiceAccountKeys();
    expect(createPublicKey(privateKey).equals(createPublicKey(publicKey))).to.equal(true);
  });
});
