// What kubectl's flags change in a kubeconfig, and what of it excludes each other.
import { expect } from 'chai';
import { stringify } from 'yaml';
import type { ConnectionOptions } from '../../src/kube/connection-options.ts';
import { confirmUsable } from '../../src/kube/kubeconfig/confirm-usable.ts';
import type { ClusterEntry, UserEntry } from '../../src/kube/kubeconfig/kubeconfig.ts';
import { parseYaml } from '../../src/kube/kubeconfig/parse-yaml.ts';
import { selectFromKubeconfig } from '../../src/kube/kubeconfig/select.ts';
import { refusalOf } from './connecting.ts';

const cluster = (name: string, fields: ClusterEntry = {}) => ({ name, cluster: fields });
const user = (name: string, fields: UserEntry = {}) => ({ name, user: fields });
const context = (name: string, fields: object = {}) => ({ name, context: fields });

describe('a kubeconfig with flags', () => {
  const kubeconfig = parseYaml(
    stringify({
      'current-context': 'a',
      contexts: [
        context('a', { cluster: 'a', user: 'a', namespace: 'na' }),
        context('b', { cluster: 'b', user: 'b' }),
        context('lost', { cluster: 'gone', user: 'a' }),
      ],
      clusters: [
        cluster('a', {
          server: 'https://a',
          'tls-server-name': 'sa',
          'certificate-authority-data': 'AAAA',
        }),
        cluster('b', { server: 'https://b', 'insecure-skip-tls-verify': true }),
      ],
      users: [user('a', { tokenFile: '/t' }), user('b', { token: 'b' })],
    }),
    'k',
  );
  const select = (flags: Partial<ConnectionOptions> = {}) =>
    selectFromKubeconfig(kubeconfig, { env: {}, home: '', cwd: '/cwd', userAgent: '', ...flags });

  it('takes the current context, or the one of --context', () => {
    expect(select()).to.deep.include({
      contextName: 'a',
      clusterName: 'a',
      userName: 'a',
      namespace: 'na',
    });
    const { clusterName, userName, namespace } = select({ context: 'b' });
    expect({ clusterName, userName, namespace }).to.deep.equal({
      clusterName: 'b',
      userName: 'b',
      namespace: undefined,
    });
  });

  it('takes another cluster, user or namespace', () => {
    const { cluster: c, user: u, namespace } = select({ cluster: 'b', user: 'b', namespace: 'other' });
    expect({ server: c.server, token: u.token, namespace }).to.deep.equal({
      server: 'https://b',
      token: 'b',
      namespace: 'other',
    });
  });

  it('with another server forgets the name in the certificate; --insecure-skip-tls-verify the CA', () => {
    expect(select({ server: 'https://x' }).cluster).to.deep.equal({
      server: 'https://x',
      'certificate-authority-data': 'AAAA',
    });
    expect(select({ insecureSkipTlsVerify: true, tlsServerName: 'n' }).cluster).to.deep.equal({
      server: 'https://a',
      'insecure-skip-tls-verify': true,
      'tls-server-name': 'n',
    });
    expect(select({ context: 'b', certificateAuthority: 'ca.pem' }).cluster).to.deep.equal({
      server: 'https://b',
      'certificate-authority': '/cwd/ca.pem',
    });
    expect(select({ token: 'x', clientKey: 'k', clientCertificate: '/c' }).user).to.deep.equal({
      token: 'x',
      'client-key': '/cwd/k',
      'client-certificate': '/c',
    });
  });

  it('that name what is not there: refused, with what is', async () => {
    const refusal = await refusalOf(() => select({ context: 'nope' }));
    expect({ code: refusal.code, cause: refusal.cause }).to.deep.equal({
      code: 'ContextNotFound',
      cause: 'it has a, b, lost',
    });
    expect((await refusalOf(() => select({ context: 'lost' }))).code).to.equal('ClusterNotFound');
    expect((await refusalOf(() => select({ user: '__proto__' }))).code).to.equal('UserNotFound');
  });
});

it('whose fields exclude each other is refused, with all of them', async () => {
  const selection = (c: ClusterEntry, u: UserEntry) => ({
    contextName: 'a',
    clusterName: 'a',
    userName: 'a',
    namespace: undefined,
    cluster: c,
    user: u,
  });
  const error = await refusalOf(() =>
    confirmUsable(
      selection(
        { 'insecure-skip-tls-verify': true, 'certificate-authority-data': 'AAAA' },
        { token: 'a', username: 'b', 'client-certificate': '/c', exec: {}, 'auth-provider': {} },
      ),
    ),
  );
  expect([error.message, ...error.details]).to.deep.equal([
    'the kubeconfig cannot be used (context "a"): expected no certificate-authority beside insecure-skip-tls-verify, found both',
    'expected a client-key beside client-certificate, found none',
    'expected a token or username and password, found both',
    'expected exec or auth-provider, found both',
  ]);
});
