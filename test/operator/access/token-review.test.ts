// Whose a token is: which audience is asked about, and what it says of itself.
import { expect } from 'chai';
import fc from 'fast-check';
import { createAccess, scrapeSettings } from '../../../operator/access/create-access.ts';
import { createAuthenticator } from '../../../operator/access/create-authenticator.ts';
import { readClaims } from '../../../operator/access/token-claims.ts';
import { formatToken, PlayedPeople } from '../websocket/played-people.ts';

const nobody = { trusted: [], isKnown: true, subscribe: () => () => undefined };

describe('a token', () => {
  it('is asked about for our audience where it says that it is for us, and for the API server’s otherwise, once', async () => {
    const people = new PlayedPeople();
    const access = createAccess(people.client, () => 0, { ...scrapeSettings, audience: 'dorgu-operator' });
    const ours = formatToken({ aud: ['x', 'dorgu-operator'] });
    const others = [formatToken({ aud: 'https://kubernetes.default.svc' }), formatToken({}), 'opaque'];
    for (const token of [ours, ...others]) await access.authenticate(token);
    const audiences = people.requests.map(({ body }) => (body as { spec: { audiences?: string[] } }).spec.audiences); // prettier-ignore
    expect(audiences).to.deep.equal([['dorgu-operator'], undefined, undefined, undefined]);
  });

  it('is nobody’s where the server does not say which audience it has looked at, or approves of nobody in particular', async () => {
    const token = formatToken({ aud: 'dorgu-operator' });
    const answers = [
      { user: { username: 'alice' } },
      { user: { username: 'alice' }, audiences: ['https://kubernetes.default.svc'] },
      { user: { username: 'system:anonymous' }, audiences: ['dorgu-operator'] },
      { user: { username: 'a', groups: ['system:unauthenticated'] }, audiences: ['dorgu-operator'] },
      { user: {}, audiences: ['dorgu-operator'] },
    ];
    for (const status of answers) {
      const client = { ...new PlayedPeople().client, request: () => Promise.resolve({ status: 201, warnings: [], body: { status: { authenticated: true, ...status } } as never }) }; // prettier-ignore
      const access = createAccess(client, () => 0, { ...scrapeSettings, audience: 'dorgu-operator' });
      expect(await access.authenticate(token), JSON.stringify(status)).to.equal(undefined);
    }
  });

  it('ends when it says so, whatever is still kept of the API server’s answer', async () => {
    const people = new PlayedPeople();
    const token = formatToken({ exp: 100 });
    people.users.set(token, { username: 'alice' });
    let now = 99_000;
    const access = createAccess(people.client, () => now, { ...scrapeSettings, grantedMs: 1e9 });
    const authenticator = createAuthenticator({ access, authorities: nobody, now: () => now });
    const shown = { token, certificate: undefined, isCertificateVerified: false };
    const credential = await authenticator.authenticate(shown);
    expect(credential?.expiresAt).to.equal(100_000);
    expect((await credential?.confirm({}))?.username).to.equal('alice');
    now = 100_000;
    expect(await credential?.confirm({})).to.equal(undefined);
    expect(await authenticator.authenticate(shown)).to.equal(undefined);
  });

  const claims: Readonly<Record<string, readonly [unknown, number | undefined, string[]]>> = {
    'an end and an audience': [{ exp: 5, aud: 'a' }, 5000, ['a']],
    'a fraction of a second': [{ exp: 5.5 }, 5500, []],
    'several audiences, some of which are none': [{ aud: ['a', 1, null, 'b'] }, undefined, ['a', 'b']],
    'an end that is text': [{ exp: '5' }, undefined, []],
    'an end before all time': [{ exp: -1 }, undefined, []],
    'an end after all time': [{ exp: 1e300 }, undefined, []],
    'a list': [[], undefined, []],
    'nothing': [null, undefined, []],
  }; // prettier-ignore
  for (const [sentence, [body, expiresAt, audiences]] of Object.entries(claims))
    it(`is read: ${sentence}`, () => {
      expect(readClaims(formatToken(body as object))).to.deep.equal({ expiresAt, audiences });
    });

  it('is read without harm, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json().map((text) => `a.${Buffer.from(text).toString('base64url')}.b`)), (token) => {
        const { expiresAt = 1, audiences } = readClaims(token);
        expect(expiresAt).to.be.above(0).and.below(Infinity);
        for (const audience of audiences) expect(audience).to.be.a('string');
      }),
      { numRuns: 2000 },
    ); // prettier-ignore
  });
});
