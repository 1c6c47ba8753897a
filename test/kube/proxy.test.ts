// The way through a proxy, and which servers are met without one.
import { expect } from 'chai';
import fc from 'fast-check';
import { exitCodeOf } from '../../src/commands/exit-codes.ts';
import type { ClusterEntry } from '../../src/kube/kubeconfig/kubeconfig.ts';
import { findEnvironmentProxy, isExempt } from '../../src/kube/transport/proxy-environment.ts';
import { createAuthority } from '../cluster/certificates.ts';
import { ScriptedApiServer } from '../faults/api-server.ts';
import { connectWith, refusalOf, useFolder, writeKubeconfig } from './connecting.ts';
import { startConnectProxy, startSocksProxy, type TestProxy } from './proxies.ts';

const get = { method: 'GET', path: '/api/v1/nodes' } as const;

describe('a request through a proxy', () => {
  const folder = useFolder();
  const open: TestProxy[] = [];
  let server: ScriptedApiServer;
  let trust: ClusterEntry = {};
  before(async () => {
    const authority = await createAuthority('test');
    const { certificate: cert, key } = await authority.issueServing('server', [
      { type: 'ip', value: '127.0.0.1' },
      { type: 'dns', value: 'a.name.that.only.the.proxy.knows' },
    ]);
    server = await ScriptedApiServer.start({ cert, key });
    trust = { 'certificate-authority-data': Buffer.from(authority.own.certificate).toString('base64') };
  });
  beforeEach(() => server.collections.set(get.path, []));
  afterEach(async () => {
    server.reset();
    for (const proxy of open.splice(0)) await proxy.stop();
  });
  after(() => server.stop());

  const started = async (proxy: Promise<TestProxy>): Promise<TestProxy> => {
    open.push(await proxy);
    return proxy;
  };
  /** Sends two requests with a cluster's fields and an environment. */
  async function send(fields: ClusterEntry, env: Record<string, string> = {}): Promise<void> {
    const kubeconfig = writeKubeconfig(folder.path, { server: server.url, ...trust, ...fields });
    const client = await connectWith(kubeconfig, { env: { KUBECONFIG: kubeconfig, ...env } });
    try {
      await client.request(get);
      await client.request(get);
    } finally {
      client.close();
    }
  }

  it('takes proxy-url, once for all requests, with its name and password', async () => {
    const proxy = await started(startConnectProxy());
    await send({ 'proxy-url': `http://jo:p%40ss@127.0.0.1:${proxy.port}` });
    expect(proxy.asked).to.deep.equal([`127.0.0.1:${server.port}`]);
    expect(proxy.credentials).to.deep.equal([`Basic ${Buffer.from('jo:p@ss').toString('base64')}`]);
    expect(server.requests).to.have.lengthOf(2);
  });

  it('takes socks5, and leaves the name to the proxy', async () => {
    const proxy = await started(startSocksProxy());
    const host = `a.name.that.only.the.proxy.knows:${server.port}`;
    await send({ server: `https://${host}`, 'proxy-url': `socks5://127.0.0.1:${proxy.port}` });
    expect(proxy.asked).to.deep.equal([host]);
  });

  it('reaches a server without TLS as well', async () => {
    const plain = await ScriptedApiServer.start();
    plain.collections.set(get.path, []);
    const proxy = await started(startConnectProxy());
    await send({ server: plain.url, 'proxy-url': `http://127.0.0.1:${proxy.port}` });
    const asked = `127.0.0.1:${plain.port}`;
    await plain.stop();
    expect(proxy.asked).to.deep.equal([asked]);
  });

  it('takes HTTPS_PROXY where the cluster names none, and NO_PROXY does not list it', async () => {
    const proxy = await started(startConnectProxy());
    const host = `a.name.that.only.the.proxy.knows:${server.port}`;
    const env = { HTTPS_PROXY: `127.0.0.1:${proxy.port}` };
    const refusal = await refusalOf(send({ server: `https://${host}` }, env));
    // The proxy cannot resolve it either; that it was asked is the point.
    expect(refusal.code).to.equal('ProxyFailed');
    expect(new Set(proxy.asked)).to.deep.equal(new Set([host]));
    const direct = await refusalOf(send({ server: `https://${host}` }, { ...env, NO_PROXY: '.knows' }));
    expect(direct.code).to.equal('Unreachable');
    expect(direct.hint).to.match(/name is unknown/);
    expect(new Set(proxy.asked).size).to.equal(1);
  });

  it('that refuses is refused as ProxyFailed, without the password', async () => {
    for (const refuseWith of ['407 Proxy Authentication Required', '403 Forbidden']) {
      const proxy = await started(startConnectProxy({ refuseWith }));
      const error = await refusalOf(send({ 'proxy-url': `http://jo:secret@127.0.0.1:${proxy.port}` }));
      expect({
        code: error.code,
        exit: exitCodeOf(error),
        message: error.message,
        cause: error.cause,
      }).to.deep.equal({
        code: 'ProxyFailed',
        exit: 7,
        message: `the proxy at http://127.0.0.1:${proxy.port} refuses the way to 127.0.0.1:${server.port}`,
        cause: `it said: ${refuseWith}`,
      });
      expect(error.hint).to.match(/^it stands in proxy-url of cluster "test"/);
    }
  });

  it('that is not there is refused as ProxyFailed, socks5 too', async () => {
    for (const scheme of ['http', 'socks5']) {
      const error = await refusalOf(send({ 'proxy-url': `${scheme}://127.0.0.1:1` }));
      expect(error.code).to.equal('ProxyFailed');
      expect(error.message).to.equal(`the proxy at ${scheme}://127.0.0.1:1 does not answer`);
    }
  });
});

describe('the proxy of the environment', () => {
  const find = (env: Record<string, string>, server: string) =>
    findEnvironmentProxy(env, new URL(server))?.href;

  it('is HTTPS_PROXY for https, HTTP_PROXY for http, in capitals first, with http:// where it has no scheme', () => {
    const env = { HTTPS_PROXY: 'https://s:1', HTTP_PROXY: 'p:2', https_proxy: 'x', http_proxy: 'y' };
    expect(find(env, 'https://k')).to.equal('https://s:1/');
    expect(find(env, 'http://k')).to.equal('http://p:2/');
    expect(find({ https_proxy: 'x' }, 'https://k')).to.equal('http://x/');
    expect(find({ HTTPS_PROXY: '', https_proxy: 'x' }, 'https://k')).to.equal('http://x/');
    expect(find({ HTTP_PROXY: 'x' }, 'https://k')).to.equal(undefined);
    expect(find({ HTTP_PROXY: 'x', REQUEST_METHOD: 'GET' }, 'http://k')).to.equal(undefined);
    expect(find({ HTTPS_PROXY: 'http://[bad' }, 'https://k')).to.equal(undefined);
  });

  const table: [noProxy: string, server: string, isDirect: boolean][] = [
    ['', 'https://localhost:6443', true],
    ['', 'https://127.9.9.9', true],
    ['', 'https://[::1]:6443', true],
    ['', 'https://example.com', false],
    ['*', 'https://example.com', true],
    ['example.com', 'https://example.com', true],
    ['example.com', 'https://k8s.example.com', true],
    ['example.com', 'https://anexample.com', false],
    ['.example.com', 'https://example.com', false],
    ['.example.com', 'https://k8s.example.com', true],
    ['*.example.com', 'https://k8s.example.com', true],
    ['EXAMPLE.com , b', 'https://K8S.example.com', true],
    ['example.com:443', 'https://example.com', true],
    ['example.com:443', 'https://example.com:6443', false],
    ['example.com:80', 'http://example.com', true],
    ['10.0.0.0/8', 'https://10.1.2.3', true],
    ['10.0.0.0/8', 'https://11.1.2.3', false],
    ['10.0.0.0/8', 'https://ten.example.com', false],
    ['10.1.2.3', 'https://10.1.2.3:6443', true],
    ['10.1.2.3:443', 'https://10.1.2.3:6443', false],
    ['2001:db8::/32', 'https://[2001:db8::5]:6443', true],
    ['2001:db8::5', 'https://[2001:db8:0::5]', true],
    ['[2001:db8::5]:443', 'https://[2001:db8::5]', true],
    ['[2001:db8::5]:443', 'https://[2001:db8::5]:6443', false],
    ['10.0.0.0/33,nonsense/x', 'https://10.0.0.1', false],
    ['bücher.example', 'https://xn--bcher-kva.example', true],
    [',,', 'https://example.com', false],
  ];
  for (const [noProxy, server, isDirect] of table)
    it(`${server} is met ${isDirect ? 'directly' : 'through it'} with NO_PROXY=${noProxy}`, () => {
      expect(isExempt(new URL(server), noProxy)).to.equal(isDirect);
    });

  it('is never thrown off by what NO_PROXY holds, and more entries never exempt less', () => {
    const entry = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.domain(),
      fc.string(),
      fc.constantFrom('*', '.', '*.', ':', '[', '[]', '/', '1.2.3.4/', '::/0', '0.0.0.0/0', 'a:b:c', '.:1'),
    );
    const list = fc.array(entry, { maxLength: 5 }).map((entries) => entries.join(','));
    const host = fc.oneof(
      fc.ipV4(),
      fc.ipV6().map((address) => `[${address}]`),
      fc.domain(),
    );
    fc.assert(
      fc.property(list, list, host, (one, other, name) => {
        const server = URL.parse(`https://${name}`);
        if (server === null) return;
        const both = isExempt(server, `${one},${other}`);
        expect(both).to.equal(isExempt(server, one) || isExempt(server, other));
      }),
      { numRuns: 500, seed: 11 },
    );
  });
});
