// How the client asks: one question at a time, with credentials that may change, and no more of one that fails.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { Duplex } from 'node:stream';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import {
  createPrometheusClient,
  type PrometheusClient,
  type PrometheusClientOptions,
} from '../../src/prometheus/client.ts';
import type { SentRequest } from '../../src/prometheus/client-options.ts';
import { PrometheusError } from '../../src/prometheus/prometheus-error.ts';
import { createAuthority } from '../cluster/certificates.ts';
import {
  answerText,
  answerVector,
  startFakePrometheus,
  vectorSeries,
  type FakePrometheus,
} from './fake-prometheus.ts';

const question = { api: 'query', promql: 'up{a="ü&="}', atMs: 1_795_435_200_000 } as const;

describe('the client of Prometheus', () => {
  let server: FakePrometheus;
  let folder: string;
  let clients: PrometheusClient[];
  beforeEach(async () => {
    server = await startFakePrometheus();
    folder = mkdtempSync(join(tmpdir(), 'dorgu-prometheus-client-'));
    clients = [];
  });
  afterEach(async () => {
    for (const client of clients) client.close();
    rmSync(folder, { recursive: true, force: true });
    await server.stop();
  });

  function create(options: Partial<PrometheusClientOptions> = {}): PrometheusClient {
    const client = createPrometheusClient({ url: server.url, now: Date.now, ...options });
    clients.push(client);
    return client;
  }
  const ask = (client: PrometheusClient) => client.ask(question, () => undefined);
  const codeOf = (asked: Promise<unknown>) =>
    asked.then(
      () => 'ok',
      (error: unknown) => (error instanceof PrometheusError ? error.code : String(error)),
    );

  it('posts a form below the path of the address', async () => {
    await ask(create({ url: `${server.url}/prometheus//` }));
    const [{ method, path, form, headers } = expect.fail()] = server.seen;
    expect({ method, path }).to.deep.equal({ method: 'POST', path: '/prometheus/api/v1/query' });
    expect(Object.fromEntries(form)).to.deep.equal({
      query: question.promql,
      time: '1795435200',
      stats: 'all',
    });
    expect(headers).to.include({ accept: 'application/json', 'accept-encoding': 'gzip' });
  });

  it('asks for spans and for series', async () => {
    server.answer(answerText(200, '{"status":"success","data":[{"__name__":"up","pod":"a"}]}'));
    const client = create();
    const pods: string[] = [];
    const span = { fromMs: 1000, toMs: 2500 };
    await client.ask({ api: 'series', selectors: ['a', 'b'], ...span }, (series) =>
      pods.push(series.label('pod')),
    );
    server.answer(
      answerText(
        200,
        '{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1,"2"],[2,"3"]]}]}}',
      ),
    );
    const points: object[] = [];
    await client.ask({ api: 'query_range', promql: 'up', ...span, stepMs: 300_000 }, (series) => {
      points.push(...series.points);
    });
    expect(server.seen.map(({ path, form }) => [path, form.toString()])).to.deep.equal([
      ['/api/v1/series', 'start=1&end=2.5&match%5B%5D=a&match%5B%5D=b'],
      ['/api/v1/query_range', 'start=1&end=2.5&step=300&query=up&stats=all'],
    ]);
    expect(pods).to.deep.equal(['a']);
    expect(points).to.deep.equal([
      { atMs: 1000, value: 2 },
      { atMs: 2000, value: 3 },
    ]);
  });

  it('tells what a query cost, and what Prometheus warns of', async () => {
    server.answer(
      answerText(
        200,
        gzipSync(
          JSON.stringify({
            warnings: ['one store is away\u001b[2J'],
            status: 'success',
            data: {
              stats: { samples: { totalQueryableSamples: 22, peakSamples: 13 } },
              result: [vectorSeries({ pod: 'a"}]' }), vectorSeries({ pod: 'ü\\' })],
              resultType: 'vector',
            },
          }),
        ),
        { 'content-encoding': 'gzip' },
      ),
    );
    const sent: SentRequest[] = [];
    const pods: string[] = [];
    const client = create({ onSent: (one) => sent.push(one), now: () => 5 });
    const facts = await client.ask(question, (series) => pods.push(series.label('pod')));
    expect(facts).to.deep.include({
      samples: { touched: 22, peak: 13 },
      warnings: ['one store is away [2J'],
      series: 2,
    });
    expect(pods).to.deep.equal(['a"}]', 'ü\\']);
    expect(sent).to.deep.equal([
      { api: 'query', outcome: 'ok', durationMs: 0, bytes: facts.bytes, samples: 22 },
    ]);
  });

  it('has one request under way, whoever asks, and answers in order', async () => {
    server.answer((response, request) => setTimeout(() => answerVector([])(response, request), 5));
    const client = create();
    const order: number[] = [];
    await Promise.all(Array.from({ length: 8 }, (_, at) => ask(client).then(() => order.push(at))));
    expect(server.mostAtOnce()).to.equal(1);
    expect(order).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('reads the file of a token anew each time', async () => {
    const bearerTokenFile = join(folder, 'token');
    const client = create({ bearerTokenFile });
    expect(await codeOf(ask(client))).to.equal('PrometheusFileUnreadable');
    for (const token of ['first', 'second']) {
      writeFileSync(bearerTokenFile, `${token}\n`);
      await ask(client);
    }
    writeFileSync(bearerTokenFile, 'a b');
    expect(await codeOf(ask(client))).to.equal('PrometheusInvalid');
    expect(server.seen.map(({ headers }) => headers.authorization)).to.deep.equal([
      'Bearer first',
      'Bearer second',
    ]);
  });

  it('takes a user from the options or from the address, and further headers', async () => {
    const passwordFile = join(folder, 'password');
    writeFileSync(passwordFile, 'from file');
    await ask(create({ basic: { username: 'jo', passwordFile }, headers: { 'X-Scope-OrgID': 'team' } }));
    await ask(create({ url: server.url.replace('//', '//jo:a%40b@') }));
    const expected = ['jo:from file', 'jo:a@b'].map(
      (pair) => `Basic ${Buffer.from(pair).toString('base64')}`,
    );
    expect(server.seen.map(({ headers }) => headers.authorization)).to.deep.equal(expected);
    expect(server.seen[0]?.headers['x-scope-orgid']).to.equal('team');
  });

  const unusable: Record<string, Partial<PrometheusClientOptions>> = {
    'an address that is none': { url: 'prometheus' },
    'another protocol': { url: 'ftp://prometheus' },
    'a token over plain HTTP': { url: 'http://prometheus:9090', bearerToken: 'swordfish' },
    'a user over plain HTTP': { url: 'http://jo:swordfish@prometheus:9090' },
    'a header of credentials over plain HTTP': {
      url: 'http://prometheus:9090',
      headers: { Authorization: 'Basic swordfish' },
    },
    'a header with a line break': { headers: { 'X-Scope-OrgID': 'swordfish\r\nHost: x' } },
    'a header without a name': { headers: { '': 'swordfish' } },
  };
  for (const [what, options] of Object.entries(unusable)) {
    it(`refuses ${what}, before it sends anything`, () => {
      let error: unknown;
      try {
        create(options);
      } catch (thrown) {
        error = thrown;
      }
      expect(error).to.be.instanceOf(PrometheusError).and.to.include({ code: 'PrometheusInvalid' });
      expect(String(error)).not.to.include('swordfish');
    });
  }

  it('trusts the CA of a file, and reads that anew as well', async () => {
    const [theirs, other] = [await createAuthority('theirs'), await createAuthority('other')];
    const { certificate: cert, key } = await theirs.issueServing('prometheus', [
      { type: 'ip', value: '127.0.0.1' },
    ]);
    const secure = await startFakePrometheus({ key, cert });
    try {
      const caFile = join(folder, 'ca.crt');
      const client = create({ url: secure.url, caFile, bearerToken: 'x' });
      writeFileSync(caFile, other.own.certificate);
      const error = await ask(client).catch((thrown: unknown) => thrown);
      expect(error).to.include({ code: 'PrometheusUnreachable' });
      expect(error)
        .to.have.property('hint')
        .that.matches(/certificate is not trusted/);
      expect(secure.seen).to.have.length(0);
      writeFileSync(caFile, theirs.own.certificate);
      await ask(client);
      await ask(create({ url: secure.url, isInsecure: true }));
      expect(await codeOf(ask(create({ url: secure.url })))).to.equal('PrometheusUnreachable');
      expect(secure.seen).to.have.length(2);
    } finally {
      await secure.stop();
    }
  });

  it('leaves one alone that fails three times, and tries it with one question later', async () => {
    let nowMs = 0;
    server.answer(answerText(500, 'no'));
    const client = create({ now: () => nowMs });
    for (let times = 0; times < 3; times += 1)
      expect(await codeOf(ask(client))).to.equal('PrometheusUnreachable');
    expect(client.breaker()).to.deep.equal({ state: 'open', failures: 3, untilMs: 30_000 });
    const paused = await ask(client).catch((error: unknown) => error);
    expect(paused).to.include({ code: 'PrometheusPaused', reason: 'NoPrometheus' });
    expect(String(paused)).to.match(/not asked for another 30 s, after 3 failures: .* answers with HTTP 500/);
    expect(server.seen).to.have.length(3);

    nowMs = 30_000;
    expect(client.breaker().state).to.equal('half-open');
    const both = [codeOf(ask(client)), codeOf(ask(client))];
    expect(await Promise.all(both)).to.deep.equal(['PrometheusUnreachable', 'PrometheusPaused']);
    expect(client.breaker()).to.deep.equal({ state: 'open', failures: 4, untilMs: 90_000 });

    nowMs = 90_000;
    server.answer(answerVector([]));
    expect(await codeOf(ask(client))).to.equal('ok');
    expect(client.breaker()).to.deep.equal({ state: 'closed', failures: 0, untilMs: undefined });
  });

  it('goes on asking one that only says no to queries', async () => {
    server.answer(answerText(400, '{"status":"error","errorType":"bad_data","error":"no"}'));
    const client = create();
    for (let times = 0; times < 5; times += 1)
      expect(await codeOf(ask(client))).to.equal('PrometheusRefused');
    expect(client.breaker().state).to.equal('closed');
  });

  it('asks again where an idle connection was closed', async () => {
    const client = create();
    await ask(client);
    server.closeIdle();
    expect(await codeOf(ask(client))).to.equal('ok');
  });

  it('goes over the stream that it is given, which need not be a socket', async () => {
    const port = Number(new URL(server.url).port);
    let opened = 0;
    const client = create({
      url: 'http://prometheus.monitoring.svc:9090',
      bearerToken: 'x',
      allowsPlainCredentials: true,
      openSocket: () => {
        opened += 1;
        const socket = connect(port, '127.0.0.1');
        return Promise.resolve(Duplex.from({ readable: socket, writable: socket }));
      },
    });
    await ask(client);
    await ask(client);
    expect(server.seen[0]?.headers.host).to.equal('prometheus.monitoring.svc:9090');
    expect(opened).to.equal(1);
    const away = create({ openSocket: () => Promise.reject(new Error('the pod is away')) });
    expect(await codeOf(ask(away))).to.equal('PrometheusUnreachable');
  });

  it('ends with its signal, and when it is closed', async () => {
    server.answer(() => undefined);
    const ending = new AbortController();
    const asked = ask(create({ signal: ending.signal }));
    const waiting = asked.then(
      () => 'ok',
      (error: unknown) => error,
    );
    ending.abort('enough');
    expect(await waiting).to.equal('enough');
    const client = create();
    const open = codeOf(ask(client));
    client.close();
    expect(await open).to.equal('PrometheusUnreachable');
    expect(await codeOf(ask(client))).to.equal('PrometheusUnreachable');
  });
});
