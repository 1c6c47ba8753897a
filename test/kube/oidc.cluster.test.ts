// An OIDC login of a kubeconfig: used while it is valid, renewed by the real kubectl when it has ended, against a small identity provider.
import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import type { KubeClient } from '../../src/kube/client.ts';
import { createAuthority } from '../cluster/certificates.ts';
import { requestCluster } from '../cluster/connection.ts';
import { useCluster } from '../cluster/use-cluster.ts';
import { ScriptedApiServer } from '../faults/api-server.ts';
import { connectWith, refusalOf, useFolder, writeKubeconfig } from './connecting.ts';

const hourMs = 60 * 60 * 1000;

/** A token that nobody can verify, and that says when it ends. */
function createIdToken(endsAt: number): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${encode({ alg: 'none' })}.${encode({ exp: Math.floor(endsAt / 1000) })}.x`;
}

describe('an OIDC login', () => {
  useCluster();
  const folder = useFolder();
  let api: ScriptedApiServer;
  let provider: ScriptedApiServer;
  let path = '';
  let caFile = '';
  const open: KubeClient[] = [];
  before(async () => {
    const answer = await requestCluster(process.env);
    const programs = 'cluster' in answer ? dirname(answer.cluster.kubectl.program) : '';
    path = [programs, process.env['PATH']].join(delimiter);
    const authority = await createAuthority('provider');
    const { certificate: cert, key } = await authority.issueServing('provider', [
      { type: 'ip', value: '127.0.0.1' },
    ]);
    caFile = join(folder.path, 'provider.pem');
    writeFileSync(caFile, authority.own.certificate);
    api = await ScriptedApiServer.startSecure();
    provider = await ScriptedApiServer.start({ cert, key });
  });
  beforeEach(() => {
    for (const collection of ['/version', '/api/v1/nodes']) api.collections.set(collection, []);
  });
  afterEach(() => {
    for (const client of open.splice(0)) client.close();
    api.reset();
    provider.reset();
  });
  after(async () => {
    await api.stop();
    await provider.stop();
  });

  async function connectWithToken(token: string): Promise<{ client: KubeClient; kubeconfig: string }> {
    const kubeconfig = writeKubeconfig(
      folder.path,
      { server: api.url, 'insecure-skip-tls-verify': true },
      {
        'auth-provider': {
          name: 'oidc',
          config: {
            'id-token': token,
            'refresh-token': 'first',
            'client-id': 'kubectl',
            'client-secret': 'hush',
            'idp-issuer-url': provider.url,
            'idp-certificate-authority': caFile,
          },
        },
      },
    );
    const env = { KUBECONFIG: kubeconfig, PATH: path, HOME: folder.path };
    const client = await connectWith(kubeconfig, { env });
    open.push(client);
    return { client, kubeconfig };
  }
  const get = { method: 'GET', path: '/api/v1/nodes' } as const;

  it('that is valid is used as it is', async () => {
    const token = createIdToken(Date.now() + hourMs);
    await (await connectWithToken(token)).client.request(get);
    expect(api.requests.map(({ headers }) => headers.authorization)).to.deep.equal([`Bearer ${token}`]);
    expect(provider.requests).to.have.lengthOf(0);
  });

  it('that has ended is renewed once, and the new refresh token stands in the kubeconfig', async () => {
    const fresh = createIdToken(Date.now() + hourMs);
    provider.inject(
      { body: { issuer: provider.url, token_endpoint: `${provider.url}/token` } },
      { times: 5, fits: ({ url }) => url.startsWith('/.well-known') },
    );
    provider.inject(
      { body: { id_token: fresh, access_token: 'a', refresh_token: 'second', token_type: 'Bearer' } },
      { times: 5, fits: ({ url }) => url === '/token' },
    );
    const { client, kubeconfig } = await connectWithToken(createIdToken(Date.now() - hourMs));
    await Promise.all([client.request(get), client.request(get)]);
    const ours = api.requests.filter(({ url }) => url === get.path);
    expect(ours.map(({ headers }) => headers.authorization)).to.deep.equal([
      `Bearer ${fresh}`,
      `Bearer ${fresh}`,
    ]);
    const { users } = parse(readFileSync(kubeconfig, 'utf8')) as {
      users: { user: { 'auth-provider': { config: Record<string, string> } } }[];
    };
    expect(users[0]?.user['auth-provider'].config).to.include({
      'refresh-token': 'second',
      'id-token': fresh,
      'client-secret': 'hush',
    });
    expect(provider.requests.filter(({ url }) => url === '/token')).to.have.lengthOf(1);
  });

  it('that cannot be renewed is refused, with who can say why', async () => {
    const { client } = await connectWithToken(createIdToken(Date.now() - hourMs));
    const error = await refusalOf(client.request(get));
    expect({ code: error.code, hint: error.hint }).to.deep.equal({
      code: 'OidcExpired',
      hint: 'kubectl version says why; log in again, or take another --context',
    });
    expect(api.requests.filter(({ url }) => url === get.path)).to.have.lengthOf(0);
  });
});
