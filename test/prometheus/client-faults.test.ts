// A Prometheus that is down, slow, large, or none at all: what its client makes of it, and what it never tells.
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { metricsReasons } from '../../src/api/conditions.ts';
import { createPrometheusClient, type PrometheusClientOptions } from '../../src/prometheus/client.ts';
import { PrometheusError, type PrometheusCode } from '../../src/prometheus/prometheus-error.ts';
import { findFreePorts } from '../cluster/free-port.ts';
import {
  answerText,
  answerVector,
  startFakePrometheus,
  type Answerer,
  type FakePrometheus,
} from './fake-prometheus.ts';

const secret = 'swordfish-7';
const html = { 'content-type': 'text/html' };
const success = (data: unknown) => answerText(200, JSON.stringify({ status: 'success', data }));
const prometheusError = (status: number, errorType: string, error: string) =>
  answerText(status, JSON.stringify({ status: 'error', errorType, error }));

/** Twenty bytes a second, for as long as anybody listens. */
const trickle: Answerer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 50);
  response.once('close', () => clearInterval(timer));
};

/** More and more of it. */
const endless: Answerer = (response) => {
  response.writeHead(200).write('{"status":"success","data":{"resultType":"vector","result":[');
  const element = `${JSON.stringify({ metric: { pod: 'x'.repeat(900) }, value: [1, '1'] })},`.repeat(64);
  const more = () => {
    while (!response.destroyed && response.write(element));
  };
  response.on('drain', more);
  more();
};

interface Fault {
  answer: Answerer;
  code: PrometheusCode;
  says?: RegExp;
  options?: Partial<PrometheusClientOptions>;
}

const faults: Record<string, Fault> = {
  'takes the question and hangs': {
    answer: () => undefined,
    code: 'PrometheusTimeout',
    options: { timeoutMs: 100 },
  },
  'sends a byte now and then': { answer: trickle, code: 'PrometheusTimeout', options: { timeoutMs: 200 } },
  'closes without an answer': {
    answer: (response) => void response.destroy(),
    code: 'PrometheusUnreachable',
  },
  'breaks off in the middle': {
    answer: (response) => {
      response.writeHead(200, { 'content-length': '500' });
      response.write('{"status":"success","data":{"resultType":"vector","result":[{', () =>
        response.destroy(),
      );
    },
    code: 'PrometheusUnreachable',
  },
  'breaks off in the middle of what it zipped': {
    answer: answerText(200, gzipSync('{"status":"success"').subarray(0, -9), { 'content-encoding': 'gzip' }),
    code: 'PrometheusUnreachable',
  },
  'sends a page to sign in': {
    answer: answerText(200, '<html><body>Sign in</body></html>', html),
    code: 'PrometheusAnswerInvalid',
    says: /is no Prometheus/,
  },
  'stands behind a gateway that has lost it': {
    answer: answerText(502, '<html>Bad Gateway</html>', html),
    code: 'PrometheusUnreachable',
    says: /HTTP 502$/,
  },
  'is under another path': {
    answer: answerText(404, '404 page not found\n', { 'content-type': 'text/plain; charset=utf-8' }),
    code: 'PrometheusAnswerInvalid',
    says: /HTTP 404: 404 page not found$/,
  },
  'redirects to itself': {
    answer: answerText(302, '', { location: `http://sso.example.com/?token=${secret}` }),
    code: 'PrometheusAnswerInvalid',
    says: /redirects to http:\/\/sso\.example\.com, which is not followed/,
  },
  'has a redirect that leads nowhere': {
    answer: answerText(307, '', { location: '/loop' }),
    code: 'PrometheusAnswerInvalid',
  },
  'sends without end': {
    answer: endless,
    code: 'PrometheusAnswerTooLarge',
    options: { maxAnswerBytes: 1 << 20 },
  },
  'sends little that unzips to much': {
    answer: answerText(200, gzipSync(Buffer.alloc(50 << 20, ' ')), { 'content-encoding': 'gzip' }),
    code: 'PrometheusAnswerTooLarge',
    options: { maxAnswerBytes: 1 << 20 },
  },
  'sends an encoding that nobody asked for': {
    answer: answerText(200, 'x', { 'content-encoding': 'br' }),
    code: 'PrometheusAnswerInvalid',
  },
  'wants other credentials': { answer: answerText(401, secret), code: 'PrometheusDenied', says: /HTTP 401$/ },
  'forbids it': { answer: answerText(403, '', html), code: 'PrometheusDenied' },
  'says no to the query': {
    answer: prometheusError(422, 'execution', 'query processing would load too many samples into memory'),
    code: 'PrometheusRefused',
    says: /says no: query processing would load too many samples into memory$/,
  },
  'says no with colours and at length': {
    answer: prometheusError(400, 'bad_data', `\u001b[31mno\u202e\n${'x'.repeat(30_000)}`),
    code: 'PrometheusRefused',
    says: /^[^\p{Cc}\p{Cf}]{2000,2100}$/u,
  },
  'says itself that it took too long': {
    answer: prometheusError(503, 'timeout', 'query timed out in expression evaluation'),
    code: 'PrometheusTimeout',
  },
  'says an error with HTTP 200': {
    answer: prometheusError(200, 'internal', 'broken'),
    code: 'PrometheusRefused',
  },
  'answers with a number': { answer: answerText(200, '1'), code: 'PrometheusAnswerInvalid' },
  'answers with nothing': { answer: answerText(200, ''), code: 'PrometheusAnswerInvalid' },
  'answers with null': { answer: answerText(200, 'null'), code: 'PrometheusAnswerInvalid' },
  'has no data': { answer: success(undefined), code: 'PrometheusAnswerInvalid' },
  'answers with a scalar': {
    answer: success({ resultType: 'scalar', result: [1, '1'] }),
    code: 'PrometheusAnswerInvalid',
  },
  'answers with a matrix': {
    answer: success({ resultType: 'matrix', result: [] }),
    code: 'PrometheusAnswerInvalid',
  },
  'answers with a list of texts': {
    answer: success({ resultType: 'vector', result: ['a'] }),
    code: 'PrometheusAnswerInvalid',
  },
  'answers with series without labels': {
    answer: success({ resultType: 'vector', result: [{ value: [1, '1'] }] }),
    code: 'PrometheusAnswerInvalid',
  },
  'nests without end': {
    answer: answerText(200, `{"status":"success","data":{"result":[${'['.repeat(100_000)}`),
    code: 'PrometheusAnswerInvalid',
  },
  'tells more than series': {
    answer: success({ resultType: 'vector', result: [], story: 'x'.repeat(3 << 20) }),
    code: 'PrometheusAnswerInvalid',
  },
};

describe('D1: a Prometheus that', () => {
  let server: FakePrometheus;
  before(async () => (server = await startFakePrometheus()));
  after(() => server.stop());

  /** The error of one question, with a token along. */
  async function fail(options: Partial<PrometheusClientOptions> = {}): Promise<PrometheusError> {
    const client = createPrometheusClient({
      url: server.url,
      bearerToken: secret,
      now: Date.now,
      ...options,
    });
    try {
      await client.ask({ api: 'query', promql: 'up', atMs: 0 }, () => undefined);
    } catch (error) {
      if (error instanceof PrometheusError) return error;
      throw error;
    } finally {
      client.close();
    }
    throw new Error('it was answered');
  }

  for (const [what, { answer, code, says = /Prometheus|http/, options }] of Object.entries(faults)) {
    it(`${what}: ${code}`, async () => {
      server.answer(answer);
      server.seen.length = 0;
      const error = await fail(options);
      expect(error.code, inspect(error)).to.equal(code);
      expect(error.message).to.match(says);
      expect(error.reason).to.equal(
        code === 'PrometheusTimeout' ? metricsReasons.timeout : metricsReasons.noPrometheus,
      );
      expect(inspect(error, { depth: 9, showHidden: true })).not.to.include(secret);
      expect(error.hint).to.be.a('string');
      expect(server.seen).to.have.length(1);
    });
  }

  it('is not there: PrometheusUnreachable', async () => {
    const [port = 0] = await findFreePorts(1);
    const error = await fail({ url: `http://me:${secret}@127.0.0.1:${port}/x?key=${secret}#${secret}` });
    expect(error.code).to.equal('PrometheusUnreachable');
    expect(error.message).to.equal(`Prometheus at http://127.0.0.1:${port}/x does not answer`);
    expect(inspect(error, { depth: 9, showHidden: true })).not.to.include(secret);
  });

  it('measures NaN, infinities and histograms gives series without points, and the others count', async () => {
    const element = (value: unknown) => ({ metric: { pod: String(value) }, value: [1_795_435_200, value] });
    const values = [
      'NaN',
      '+Inf',
      '-Inf',
      'nan',
      '',
      ' 1',
      '0x10',
      1,
      null,
      {},
      '1e999',
      '1e+06',
      '-0.5',
      '.5',
    ];
    server.answer(answerVector([...values.map(element), { metric: {}, histogram: [1, {}] }, { metric: {} }]));
    const client = createPrometheusClient({ url: server.url, now: Date.now });
    const read: number[][] = [];
    const facts = await client.ask({ api: 'query', promql: 'up', atMs: 0 }, ({ points }) => {
      read.push(points.map(({ value }) => value));
    });
    client.close();
    expect(read.filter(({ length }) => length > 0)).to.deep.equal([[1e6], [-0.5], [0.5]]);
    expect(facts.series).to.equal(values.length + 2);
  });
});
