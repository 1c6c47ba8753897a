// Probes and metrics over real sockets on loopback.
import { request as requestTls } from 'node:https';
import { connect } from 'node:net';
import { TLSSocket } from 'node:tls';
import { expect } from 'chai';
import { Counter } from 'prom-client';
import type { Access } from '../../../../operator/access/create-access.ts';
import { createSelfSigned } from '../../../../operator/certificates/self-signed.ts';
import type { Component } from '../../../../operator/manager/component.ts';
import { createHealth } from '../../../../operator/manager/endpoints/create-health.ts';
import { createMetricsEndpoint } from '../../../../operator/manager/endpoints/create-metrics-endpoint.ts';
import { createMetrics } from '../../../../operator/manager/metrics.ts';
import { createMemoryLogger } from '../memory-logger.ts';

const address = { host: '127.0.0.1', port: 0 };

function component(name: string, whyNotReady: () => string | undefined): Component {
  return { name, start: () => Promise.resolve(), stop: () => Promise.resolve(), whyNotReady };
}

describe('the health endpoint', () => {
  let why: string | undefined;
  let isStopping = false;
  const logger = createMemoryLogger();
  const health = createHealth({
    address,
    logger,
    components: () => [component('caches', () => why), component('leadership', () => undefined)],
    isStopping: () => isStopping,
  });
  const ask = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`http://127.0.0.1:${health.port ?? 0}${path}`, init);
    return [response.status, await response.text()];
  };
  before(() => health.start());
  after(() => health.stop());

  it('says where it listens', () => {
    expect(logger.lines[0]).to.deep.include({ message: 'Listening' });
    expect(logger.lines[0]?.fields['port']).to.equal(health.port);
  });

  it('is alive, whatever is not ready', async () => {
    why = 'first list';
    expect(await ask('/healthz')).to.deep.equal([200, 'ok\n']);
  });

  it('is ready when all parts are', async () => {
    why = undefined;
    expect(await ask('/readyz')).to.deep.equal([200, 'ok\n']);
    expect(await ask('/readyz?verbose')).to.deep.equal([
      200,
      '[+]caches ok\n[+]leadership ok\nreadyz check passed\n',
    ]);
  });

  it('says what is not ready and why, harmless on a terminal', async () => {
    why = 'deployments: \u001b[31mrefused\n';
    expect(await ask('/readyz')).to.deep.equal([
      503,
      '[-]caches: deployments: \\u001b[31mrefused\\u000a\nreadyz check failed\n',
    ]);
  });

  it('is unready from the first moment of stopping', async () => {
    why = undefined;
    isStopping = true;
    expect(await ask('/readyz')).to.deep.equal([503, '[-]process: stopping\nreadyz check failed\n']);
    isStopping = false;
  });

  it('answers nothing else', async () => {
    expect((await ask('/metrics'))[0]).to.equal(404);
    expect((await ask('/readyz', { method: 'POST', body: 'x' }))[0]).to.equal(405);
    expect((await ask('/readyz', { method: 'HEAD' }))[0]).to.equal(200);
  });

  it('closes connections of clients that are slow with their request', async function () {
    this.timeout(10_000);
    const socket = connect(health.port ?? 0, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('GET /readyz HTTP/1.1\r\nhost: x\r\n');
    const startedAt = Date.now();
    await new Promise<void>((resolve) => void socket.once('close', () => resolve()).resume());
    expect(Date.now() - startedAt).to.be.within(3000, 8000);
  });

  it('names the flag when its address is taken', async () => {
    const second = createHealth({
      address: { host: '127.0.0.1', port: health.port ?? 0 },
      logger,
      components: () => [],
      isStopping: () => false,
    });
    const error = await second.start().catch((failure: unknown) => failure);
    expect(String(error)).to.match(
      /--health-probe-bind-address: cannot listen on 127.0.0.1:\d+: .*EADDRINUSE/,
    );
    await second.stop();
  });
});

describe('the metrics endpoint', () => {
  const reader = { username: 'reader', uid: '', groups: [], extra: {} };
  const metrics = createMetrics();
  new Counter({ name: 'dorgu_test_total', help: 'A counter', registers: [metrics.registry] }).inc(3);
  let authorize: Access['authorize'] = () => Promise.resolve(true);
  let endpoint: Awaited<ReturnType<typeof createMetricsEndpoint>>;
  before(async () => {
    const pair = await createSelfSigned('dorgu-operator', ['localhost'], Date.now());
    endpoint = createMetricsEndpoint({
      address,
      logger: createMemoryLogger(),
      metrics,
      certificate: { get: () => pair, subscribe: () => () => undefined },
      access: {
        authenticate: (token) => Promise.resolve(token === 'good' ? reader : undefined),
        authorize: (...asked) => authorize(...asked),
      },
    });
    await endpoint.start();
  });
  after(() => endpoint.stop());

  const ask = (headers: Record<string, string>) =>
    new Promise<{ status: number | undefined; text: string; subject: string }>((resolve, reject) => {
      const options = {
        host: '127.0.0.1',
        port: endpoint.port,
        path: '/metrics',
        headers,
        rejectUnauthorized: false,
      };
      requestTls(options, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        const { socket } = response;
        const subject =
          socket instanceof TLSSocket ? (socket.getPeerX509Certificate()?.subjectAltName ?? '') : '';
        response.on('end', () => resolve({ status: response.statusCode, text, subject }));
      })
        .on('error', reject)
        .end();
    });

  it('shows metrics over TLS to whom may read them', async () => {
    const { status, text, subject } = await ask({ authorization: 'Bearer good' });
    expect(status).to.equal(200);
    expect(text).to.include('dorgu_test_total 3');
    expect(subject).to.equal('DNS:localhost');
  });

  it('asks for a token, and refuses one that is none', async () => {
    for (const headers of [{}, { authorization: 'Bearer bad' }, { authorization: 'Basic good' }])
      expect(await ask(headers)).to.include({ status: 401 });
  });

  it('refuses who may not read', async () => {
    authorize = (identity, question) => {
      expect([identity, question]).to.deep.equal([
        reader,
        { nonResourceAttributes: { path: '/metrics', verb: 'get' } },
      ]);
      return Promise.resolve(false);
    };
    expect(await ask({ authorization: 'Bearer good' })).to.include({ status: 403 });
  });

  it('shows nothing while the cluster cannot be asked', async () => {
    authorize = () => Promise.reject(new Error('down'));
    const { status, text } = await ask({ authorization: 'Bearer good' });
    expect([status, text.includes('dorgu_test_total')]).to.deep.equal([503, false]);
  });
});
