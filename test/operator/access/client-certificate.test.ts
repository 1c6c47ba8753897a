// Whom a client certificate speaks for, and when it is good (F1).
import { X509Certificate } from 'node:crypto';
import { expect } from 'chai';
import { identify, isIssuedByAny } from '../../../operator/access/client-certificate.ts';
import { parseBundle } from '../../../operator/certificates/trusted-certificate.ts';
import { waitUntil } from '../../cluster/wait-until.ts';
import { FakeClock } from '../manager/fake-clock.ts';
import { ServedStream } from '../websocket/served-stream.ts';
import { createRoot, serverAuth, type Issued, type Wish } from './client-certificates.ts';

const hourMs = 60 * 60 * 1000;

describe('a client certificate', () => {
  let root: Issued;
  before(async () => {
    root = await createRoot('cluster');
  });

  const subjects: Readonly<Record<string, readonly [Wish['subject'], string | undefined, string[]]>> = {
    'its common name and organizations': [[{ CN: ['alice'] }, { O: ['devs'] }, { O: ['ops'] }], 'alice', ['devs', 'ops']],
    'several names in one part': [[{ CN: ['alice'], O: ['devs'] }], 'alice', ['devs']],
    'the last common name, as for the API server': [[{ CN: ['first'] }, { CN: ['last'] }], 'last', []],
    'a name of a service account, which it is told to be': [[{ CN: ['system:serviceaccount:shop:web'] }], 'system:serviceaccount:shop:web', []],
    'letters of other languages, line ends and what looks like another part': [[{ CN: ['Zoë\nO=system:masters, O=x'] }], 'Zoë\nO=system:masters, O=x', []],
    'the same group twice, and one that everybody has': [[{ CN: ['a'] }, { O: ['g'] }, { O: ['g'] }, { O: ['system:authenticated'] }], 'a', ['g']],
    'no name': [[{ O: ['devs'] }], undefined, []],
    'an empty name': [[{ CN: [''] }, { O: ['devs'] }], undefined, []],
    'nobody in particular': [[{ CN: ['system:anonymous'] }], undefined, []],
    'those who are not known': [[{ CN: ['a'] }, { O: ['system:unauthenticated'] }], undefined, []],
  }; // prettier-ignore
  for (const [sentence, [subject, username, groups]] of Object.entries(subjects))
    it(`speaks for ${sentence}`, async () => {
      const { certificate } = await root.issue({ ...(subject === undefined ? {} : { subject }) });
      const identity = identify(new X509Certificate(certificate));
      expect(identity?.username).to.equal(username);
      if (username === undefined) return;
      expect(new Set(identity?.groups)).to.deep.equal(new Set([...groups, 'system:authenticated']));
      expect(identity?.groups).to.have.length(new Set(identity?.groups).size);
    });

  it('is one of the CA that has signed it, not of one of the same name', async () => {
    const { certificate } = await root.issue({});
    const twin = await createRoot('cluster');
    const isOf = (...authorities: Issued[]) =>
      isIssuedByAny(
        new X509Certificate(certificate),
        parseBundle(authorities.map((one) => one.certificate).join('')),
      );
    expect([isOf(root), isOf(twin, root), isOf(twin), isOf()]).to.deep.equal([true, true, false, false]);
  });
});

describe('a stream whose callers have client certificates (F1)', () => {
  const stream = new ServedStream();
  let root: Issued;
  before(async () => {
    root = await createRoot('cluster');
    stream.now = Date.now();
    await stream.start();
    stream.trust(root.certificate);
  });
  after(() => stream.stop());

  const knock = async (shown: { certificate: string; key: string }) =>
    (await stream.knock({ token: '', certificate: shown })).status;
  const follow = async (shown: { certificate: string; key: string }, token = '') => {
    const follower = await stream.follow({ token, certificate: shown });
    follower.socket.terminate();
    return follower.greeting.payload.user;
  };

  it('lets in whom the cluster’s CA speaks for, straight or by way of others, and whoever is below a part of a chain that is trusted', async () => {
    expect(await follow(await root.issue({}))).to.equal('alice');
    expect(stream.said('Stream opened').at(-1)).to.deep.include({ user: 'alice', groups: 1, by: 'certificate' }); // prettier-ignore
    expect(await follow(await root.issue({ usages: [] }))).to.equal('alice');
    const between = await root.issue({ subject: [{ CN: ['between'] }], isAuthority: true });
    const below = await between.issue({ subject: [{ CN: ['below'] }] });
    const chain = { certificate: below.certificate + between.certificate, key: below.key };
    expect(await follow(chain)).to.equal('below');
    // Without the part in between nobody knows the way.
    expect(await knock(below)).to.equal(401);
    stream.trust(between.certificate);
    expect(await follow(below)).to.equal('below');
    stream.trust(root.certificate);
  });

  const wishes: Readonly<Record<string, Wish>> = {
    'has expired': { fromMs: -2 * hourMs, untilMs: -hourMs },
    'is not valid yet': { fromMs: hourMs, untilMs: 2 * hourMs },
    'is for servers': { usages: [serverAuth] },
    'names nobody': { subject: [{ O: ['devs'] }] },
    'names the anonymous': { subject: [{ CN: ['system:anonymous'] }] },
  };
  for (const [sentence, wish] of Object.entries(wishes))
    it(`answers one that ${sentence} with 401`, async () => {
      expect(await knock(await root.issue(wish))).to.equal(401);
    });

  it('answers one of another CA with 401, whatever it calls itself; one of nobody; and one below a certificate that may not sign', async () => {
    const twin = await createRoot('cluster');
    expect(await knock(await twin.issue({}))).to.equal(401);
    const forged = await twin.issue({});
    expect(await knock({ certificate: forged.certificate + root.certificate, key: forged.key })).to.equal(
      401,
    );
    expect(await knock(await createRoot('alice', { isAuthority: false }))).to.equal(401);
    const leaf = await root.issue({ subject: [{ CN: ['leaf'] }] });
    const below = await leaf.issue({ subject: [{ CN: ['below'] }] });
    expect(await knock({ certificate: below.certificate + leaf.certificate, key: below.key })).to.equal(401);
  });

  it('takes the token of whose certificate is no good, and the certificate of whoever has both', async () => {
    const twin = await createRoot('cluster');
    expect(await follow(await twin.issue({}), 'bob')).to.equal('bob');
    expect(await follow(await root.issue({}), 'bob')).to.equal('alice');
  });

  it('trusts nobody where it knows no CA', async () => {
    stream.trust('');
    expect(await knock(await root.issue({}))).to.equal(401);
    stream.trust(root.certificate);
  });

  it('says 503 to a certificate before the CAs have been read, and lets tokens in', async () => {
    stream.trust('');
    stream.areAuthoritiesKnown = false;
    const shown = await root.issue({});
    expect(await knock(shown)).to.equal(503);
    expect((await stream.knock({ token: '' })).status).to.equal(401);
    expect(await follow(shown, 'bob')).to.equal('bob');
    stream.areAuthoritiesKnown = true;
    stream.trust(root.certificate);
  });

  it('knows a new CA at once, and both while there are two', async () => {
    const next = await createRoot('next');
    stream.trust(root.certificate + next.certificate);
    expect(await follow(await next.issue({}))).to.equal('alice');
    expect(await follow(await root.issue({}))).to.equal('alice');
    stream.trust(root.certificate);
  });

  it('ends connections when their certificate ends, or the CA is no longer one of the cluster', async () => {
    const clock = new FakeClock();
    const other = new ServedStream({ clock });
    other.now = Date.now();
    await other.start();
    other.trust(root.certificate);
    const brief = await other.follow({ token: '', certificate: await root.issue({ untilMs: 30_000 }) });
    const long = await other.follow({ token: '', certificate: await root.issue({}) });
    other.now += 31_000;
    await clock.advance(1000);
    expect((await brief.closed).code).to.equal(4401);
    other.trust((await createRoot('next')).certificate);
    const pass = async () => {
      await clock.advance(7000);
      return long.socket.readyState === long.socket.OPEN ? undefined : true;
    };
    await waitUntil('its end', pass, { timeoutMs: 5000, intervalMs: 2 });
    expect((await long.closed).code).to.equal(4401);
    await other.stop();
  });
});
