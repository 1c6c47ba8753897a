// What a client sends, and what it sends again.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { KubeClient, KubeRequest } from '../../src/kube/client.ts';
import type { ConnectionOptions } from '../../src/kube/connection-options.ts';
import type { UserEntry } from '../../src/kube/kubeconfig/kubeconfig.ts';
import { parseRetryAfter } from '../../src/kube/retry.ts';
import { parseWarnings } from '../../src/kube/warnings.ts';
import { ScriptedApiServer, toStatus, type Fault } from '../faults/api-server.ts';
import { connectWith, createImpatience, refusalOf, useFolder, writeKubeconfig } from './connecting.ts';

const path = '/api/v1/namespaces/shop/configmaps';
const get: KubeRequest = { method: 'GET', path };
const busy: Fault = {
  status: 429,
  headers: { 'retry-after': '3' },
  body: toStatus(429, 'TooManyRequests', 'try later'),
};
const unavailable: Fault = { status: 503, body: toStatus(503, 'ServiceUnavailable', 'starting') };
const reset: Fault = { isReset: true };

describe('a client', () => {
  const folder = useFolder();
  let server: ScriptedApiServer;
  let open: KubeClient[] = [];
  let pauses: number[] = [];
  before(async () => (server = await ScriptedApiServer.startSecure()));
  const insecure = { 'insecure-skip-tls-verify': true };
  beforeEach(() => {
    pauses = [];
    server.collections.set(path, []);
  });
  afterEach(() => {
    for (const client of open) client.close();
    open = [];
    server.reset();
  });
  after(() => server.stop());

  async function connectAs(
    user: UserEntry = {},
    options: Partial<ConnectionOptions> = {},
  ): Promise<KubeClient> {
    const kubeconfig = writeKubeconfig(folder.path, { server: server.url, ...insecure }, user);
    const client = await connectWith(kubeconfig, options, createImpatience(pauses));
    open.push(client);
    return client;
  }

  /** Sends one request and gives what the server saw of it. */
  async function sendAs(user: UserEntry, options: Partial<ConnectionOptions> = {}) {
    const client = await connectAs(user, options);
    await client.request(get);
    return server.requests.at(-1)!;
  }

  it('knows its server, namespace, context and cluster', async () => {
    const { server: url, namespace, contextName, clusterName } = await connectAs();
    expect({ url, namespace, contextName, clusterName }).to.deep.equal({
      url: server.url,
      namespace: 'shop',
      contextName: 'test',
      clusterName: 'test',
    });
    expect((await connectAs({}, { namespace: 'other' })).namespace).to.equal('other');
  });

  it('sends path, query, body and who it is', async () => {
    const client = await connectAs();
    server.inject({ status: 201, body: { made: true } });
    const { status, body } = await client.request({
      method: 'POST',
      path,
      query: { dryRun: 'All', limit: 5, force: false, continue: undefined, labelSelector: 'a in (b,c)' },
      body: { kind: 'ConfigMap', text: 'ü' },
    });
    expect({ status, body }).to.deep.equal({ status: 201, body: { made: true } });
    const [seen] = server.requests;
    expect(seen?.url).to.equal(`${path}?dryRun=All&limit=5&force=false&labelSelector=a+in+%28b%2Cc%29`);
    expect(JSON.parse(seen?.body ?? '')).to.deep.equal({ kind: 'ConfigMap', text: 'ü' });
    expect(seen?.headers).to.include({
      'content-type': 'application/json',
      'user-agent': 'kubectl-dorgu/test',
      accept: 'application/json',
    });
  });

  it('keeps one connection for requests one after the other', async () => {
    const client = await connectAs();
    for (let index = 0; index < 3; index += 1) await client.request(get);
    expect(server.connections).to.equal(1);
  });

  it('reads gzip, and text where that is the answer', async () => {
    const client = await connectAs();
    server.inject({ body: { big: 'x'.repeat(10_000) }, isZipped: true });
    expect((await client.request<{ big: string }>(get)).body.big).to.have.lengthOf(10_000);
    expect(server.requests[0]?.headers['accept-encoding']).to.equal('gzip');
    server.inject({ body: 'ok', headers: { 'content-type': 'text/plain; charset=utf-8' } });
    expect((await client.request({ method: 'GET', path: '/healthz' })).body).to.equal('ok');
  });

  it('passes warnings of the server on', async () => {
    const warnings: string[] = [];
    const client = await connectAs({}, { onWarning: (text) => warnings.push(text) });
    server.inject({ headers: { warning: '299 - "v1beta1 is \\"old\\"", 299 - "and slow"' } });
    expect((await client.request(get)).warnings).to.deep.equal(['v1beta1 is "old"', 'and slow']);
    expect(warnings).to.deep.equal(['v1beta1 is "old"', 'and slow']);
    expect(parseWarnings('nonsense "x')).to.deep.equal([]);
  });

  it('lives below a path where the server does', async () => {
    const kubeconfig = writeKubeconfig(folder.path, {
      server: `${server.url}/k8s/clusters/c-1/`,
      ...insecure,
    });
    const client = await connectWith(kubeconfig);
    server.inject({});
    await client.request(get);
    client.close();
    expect(server.requests[0]?.url).to.equal(`/k8s/clusters/c-1${path}`);
  });

  describe('says who asks', () => {
    it('with a token, of the kubeconfig or of --token', async () => {
      expect((await sendAs({ token: 'abc' })).headers.authorization).to.equal('Bearer abc');
      expect((await sendAs({ token: 'abc' }, { token: 'flag' })).headers.authorization).to.equal(
        'Bearer flag',
      );
      expect((await sendAs({ tokenFile: '/gone' }, { token: 'flag' })).headers.authorization).to.equal(
        'Bearer flag',
      );
    });

    it('to nobody who listens: over plain HTTP no credentials are sent, as with kubectl', async () => {
      const plain = await ScriptedApiServer.start();
      plain.collections.set(path, []);
      const warnings: string[] = [];
      const user = { token: 'secret', as: 'jo' };
      const client = await connectWith(writeKubeconfig(folder.path, { server: plain.url }, user), {
        onWarning: (text) => warnings.push(text),
      });
      await client.request(get);
      client.close();
      const { url } = plain;
      await plain.stop();
      expect(plain.requests[0]?.headers).to.include({ 'impersonate-user': 'jo' });
      expect(plain.requests[0]?.headers).not.to.have.property('authorization');
      expect(warnings).to.deep.equal([
        `${url} is plain HTTP: your credentials are not sent there, as with kubectl`,
      ]);
    });

    it('with name and password', async () => {
      const { headers } = await sendAs({ username: 'jo', password: 'pä:ss' });
      expect(headers.authorization).to.equal(`Basic ${Buffer.from('jo:pä:ss').toString('base64')}`);
    });

    it('with a token file, read again once after a 401', async () => {
      const tokenFile = join(folder.path, 'token');
      writeFileSync(tokenFile, 'old\n');
      const client = await connectAs({ tokenFile, token: 'ignored' });
      const refused: Fault = { status: 401, body: toStatus(401, 'Unauthorized', 'Unauthorized') };
      server.inject(refused);
      writeFileSync(tokenFile, 'new\n');
      await client.request(get);
      expect(server.requests.map(({ headers }) => headers.authorization)).to.deep.equal([
        'Bearer old',
        'Bearer new',
      ]);
      // The same token again would be the same answer.
      server.inject(refused, { times: 5 });
      expect((await refusalOf(client.request(get))).code).to.equal('Unauthorized');
      expect(server.requests).to.have.lengthOf(3);
    });

    it('with a token file that cannot be read, or holds no token: said with its path', async () => {
      const gone = await refusalOf(connectAs({ tokenFile: join(folder.path, 'gone') }));
      expect(gone.code).to.equal('TokenFileUnreadable');
      expect(gone.message).to.contain(join(folder.path, 'gone'));
      const tokenFile = join(folder.path, 'odd');
      writeFileSync(tokenFile, 'secret\nword');
      const odd = await refusalOf((await connectAs({ tokenFile })).request(get));
      expect(odd.code).to.equal('TokenInvalid');
      expect(odd.message).to.contain(tokenFile).and.not.to.contain('secret');
    });

    it('as somebody else, with groups, uid and extra', async () => {
      const { headers } = await sendAs({
        as: 'jo',
        'as-uid': '7',
        'as-groups': ['a', 'b, c'],
        'as-user-extra': { 'example.org/Scopes%': ['x', 'y'] },
      });
      expect(headers).to.include({
        'impersonate-user': 'jo',
        'impersonate-uid': '7',
        'impersonate-group': 'a, b, c',
        'impersonate-extra-example.org%2fscopes%25': 'x, y',
      });
      const byFlags = await sendAs({ as: 'jo' }, { as: 'flag', asGroups: ['g'], asUid: '8' });
      expect(byFlags.headers).to.include({
        'impersonate-user': 'flag',
        'impersonate-group': 'g',
        'impersonate-uid': '8',
      });
    });

    it('as a group without a user, or with a line break: refused before anything is sent', async () => {
      expect((await refusalOf(connectAs({}, { asGroups: ['g'] }))).code).to.equal('ImpersonationIncomplete');
      expect((await refusalOf(connectAs({}, { as: 'jo\r\nX: y' }))).code).to.equal('InvalidHeader');
      expect(server.requests).to.have.lengthOf(0);
    });
  });

  describe('tries again', () => {
    const patch: KubeRequest = {
      method: 'PATCH',
      path,
      contentType: 'application/apply-patch+yaml',
      body: {},
    };
    const post: KubeRequest = { method: 'POST', path, body: {} };
    const cases: Record<string, { request: KubeRequest; fault: Fault; sendings: number }> = {
      'a read after 429': { request: get, fault: busy, sendings: 2 },
      'a write after 429, for nothing was done': { request: post, fault: busy, sendings: 2 },
      'a read after 503': { request: get, fault: unavailable, sendings: 2 },
      'a write after 503 only where Retry-After says so': {
        request: post,
        fault: { ...unavailable, headers: { 'retry-after': '1' } },
        sendings: 2,
      },
      'no write after 503': { request: post, fault: unavailable, sendings: 1 },
      'a read after a reset': { request: get, fault: reset, sendings: 2 },
      'an apply after a reset': { request: patch, fault: reset, sendings: 2 },
      'no write after a reset, for its fate is unknown': { request: post, fault: reset, sendings: 1 },
      'no delete after a reset': { request: { method: 'DELETE', path }, fault: reset, sendings: 1 },
      'a read whose answer broke off': {
        request: get,
        fault: { body: { a: 'x'.repeat(100) }, cutAfterBytes: 10 },
        sendings: 2,
      },
      'no write whose answer broke off': {
        request: post,
        fault: { body: { a: 'x'.repeat(100) }, cutAfterBytes: 10 },
        sendings: 1,
      },
      'no read after 500': { request: get, fault: { status: 500 }, sendings: 1 },
    };
    for (const [title, { request, fault, sendings }] of Object.entries(cases)) {
      it(title, async () => {
        const client = await connectAs();
        server.inject(fault);
        server.inject({ body: { fine: true } });
        const outcome = await client.request(request).then(
          ({ body }) => body,
          () => 'refused',
        );
        expect(server.requests).to.have.lengthOf(sendings);
        expect(outcome).to.deep.equal(sendings === 2 ? { fine: true } : 'refused');
      });
    }

    it('as late as Retry-After says, five times at most, and tells the last answer', async () => {
      const client = await connectAs();
      server.inject(busy, { times: 10 });
      const error = await refusalOf(client.request(get));
      expect({ code: error.code, message: error.message }).to.deep.equal({
        code: 'TooManyRequests',
        message: 'try later',
      });
      expect(server.requests).to.have.lengthOf(5);
      expect(pauses).to.deep.equal([3000, 3000, 3000, 3000]);
    });

    it('not at all where Retry-After is longer than anybody waits', async () => {
      const client = await connectAs();
      server.inject({ ...busy, headers: { 'retry-after': '3600' } }, { times: 10 });
      expect((await refusalOf(client.request(get))).code).to.equal('TooManyRequests');
      expect(server.requests).to.have.lengthOf(1);
    });

    it('after pauses that double where no Retry-After is given', async () => {
      const client = await connectAs();
      server.inject(unavailable, { times: 10 });
      await refusalOf(client.request(get));
      expect(pauses).to.deep.equal([200, 400, 800, 1600]);
    });

    it('reads Retry-After as seconds and as a date', () => {
      const now = Date.UTC(2026, 0, 1);
      expect(parseRetryAfter('7', now)).to.equal(7000);
      expect(parseRetryAfter('Thu, 01 Jan 2026 00:00:05 GMT', now)).to.equal(5000);
      expect(parseRetryAfter('Thu, 01 Jan 2025 00:00:05 GMT', now)).to.equal(0);
      expect(parseRetryAfter('soon', now)).to.equal(undefined);
      expect(parseRetryAfter(undefined, now)).to.equal(undefined);
    });
  });
});
