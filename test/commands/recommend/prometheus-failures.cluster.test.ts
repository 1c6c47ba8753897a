// `recommend --prometheus-url` and everything that can be between it and Prometheus: words, exit code and document, and no secret in either.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createAuthority } from '../../cluster/certificates.ts';
import { useCluster } from '../../cluster/use-cluster.ts';
import { nameOfProxies as name, startConnectProxy, type TestProxy } from '../../kube/proxies.ts';
import {
  answerText,
  startFakePrometheus,
  type Answerer,
  type FakePrometheus,
} from '../../prometheus/fake-prometheus.ts';
import type { Outcome } from '../command-line.ts';
import { runIn } from '../persona/persona-objects.ts';

const secret = 'swordfish-9';

/** More and more of one answer. */
const endless: Answerer = (response) => {
  const element = `${JSON.stringify({ metric: { pod: 'x'.repeat(9000) }, value: [1, '1'] })},`.repeat(64);
  response.writeHead(200).write('{"status":"success","data":{"resultType":"vector","result":[');
  const more = () => {
    while (!response.destroyed && response.write(element));
  };
  response.on('drain', more);
  more();
};

/** Of no series, and of no pod. */
const knowsNothing: Answerer = (response, request) => {
  const type = request.path.endsWith('query_range') ? 'matrix' : 'vector';
  const data = request.path.endsWith('series') ? [] : { resultType: type, result: [] };
  answerText(200, JSON.stringify({ status: 'success', data }))(response, request);
};

interface Failure {
  answer?: Answerer;
  flags?: (place: { folder: string; url: string }) => string[];
  code: number;
  errorCode: string;
  error: RegExp;
  cause?: RegExp;
  hint: RegExp;
}

/** All codes but PrometheusPaused: a command ends with the first failure, and never comes to leave Prometheus alone. */
const failures: Record<string, Failure> = {
  'a token would go over plain HTTP': {
    flags: ({ folder }) => [
      '--prometheus-url',
      'http://prometheus.example:9090',
      '--prometheus-bearer-token-file',
      join(folder, 'token'),
    ],
    code: 2,
    errorCode: 'PrometheusInvalid',
    error: /^credentials for http:\/\/prometheus\.example:9090 would go over plain HTTP/,
    hint: /^https:\/\/ keeps them private; --prometheus-insecure-credentials sends them all the same$/,
  },
  'the file of the token is not there': {
    flags: ({ folder }) => ['--prometheus-bearer-token-file', join(folder, 'missing')],
    code: 9,
    errorCode: 'PrometheusFileUnreadable',
    error: /^cannot read the token for Prometheus at \S+missing$/,
    cause: /ENOENT/,
    hint: /path and permissions/,
  },
  'nothing listens there': {
    flags: () => ['--prometheus-url', 'http://127.0.0.1:1'],
    code: 7,
    errorCode: 'PrometheusUnreachable',
    error: /^Prometheus at http:\/\/127\.0\.0\.1:1 does not answer$/,
    cause: /ECONNREFUSED/,
    hint: /--prometheus-service NAMESPACE\/NAME:PORT/,
  },
  'it hangs': {
    answer: () => undefined,
    flags: () => ['--prometheus-timeout', '200ms'],
    code: 8,
    errorCode: 'PrometheusTimeout',
    error: /did not answer in time$/,
    cause: /no whole answer within 0\.2 s/,
    hint: /--prometheus-timeout/,
  },
  'it does not take the token': {
    answer: answerText(401, 'no'),
    flags: ({ folder }) => ['--prometheus-bearer-token-file', join(folder, 'token')],
    code: 4,
    errorCode: 'PrometheusDenied',
    error: /does not take the credentials: HTTP 401$/,
    hint: /token, password and tenant header/,
  },
  'it says no to a query': {
    answer: answerText(
      422,
      JSON.stringify({ status: 'error', errorType: 'execution', error: 'query \u001b[31mqueue is full' }),
    ),
    code: 9,
    errorCode: 'PrometheusRefused',
    error: /says no: query .*queue is full$/,
    hint: /limits on queries/,
  },
  'a page to sign in answers': {
    answer: answerText(200, '<html>Sign in</html>', { 'content-type': 'text/html' }),
    code: 9,
    errorCode: 'PrometheusAnswerInvalid',
    error: /is no Prometheus$/,
    cause: /^the answer is no JSON$/,
    hint: /what stands in front of it/,
  },
  'it redirects to a page to sign in': {
    answer: answerText(302, '', { location: `https://login.example.com/?state=${secret}` }),
    code: 9,
    errorCode: 'PrometheusAnswerInvalid',
    error: /redirects to https:\/\/login\.example\.com, which is not followed$/,
    hint: /what stands in front of it/,
  },
  'its answer never ends': {
    answer: endless,
    code: 9,
    errorCode: 'PrometheusAnswerTooLarge',
    error: /is too large$/,
    cause: /larger than \d+ bytes/,
    hint: /one namespace/,
  },
};

describe('recommend, and what can be between it and Prometheus', function () {
  this.timeout(60_000);
  const cluster = useCluster();
  let namespace = '';
  let folder = '';
  let prometheus: FakePrometheus;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dorgu-recommend-'));
    writeFileSync(join(folder, 'token'), `${secret}\n`);
    prometheus = await startFakePrometheus();
    namespace = await cluster.createNamespace();
    await cluster.expectKubectl([
      'create',
      'deployment',
      'shop',
      '--image=shop:1',
      '--replicas=0',
      '-n',
      namespace,
    ]);
  });
  beforeEach(() => prometheus.answer(knowsNothing));
  after(async () => {
    await prometheus.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const recommend = (flags: readonly string[], env: Record<string, string> = {}): Promise<Outcome> =>
    runIn(cluster, namespace, ['recommend', '--prometheus-url', prometheus.url, ...flags], { env });

  for (const [what, { answer, flags = () => [], code, errorCode, ...says }] of Object.entries(failures)) {
    it(`says so where ${what}`, async () => {
      if (answer !== undefined) prometheus.answer(answer);
      const argv = flags({ folder, url: prometheus.url });
      const people = await recommend(argv);
      expect({ code: people.code, stdout: people.stdout }, people.stderr).to.deep.equal({ code, stdout: '' });
      const lines = people.stderr
        .trimEnd()
        .split('\n')
        .map((line) => /^(\w+): (.*)$/.exec(line)?.slice(1) ?? [line]);
      const found = Object.fromEntries(lines) as Record<string, string>;
      expect(Object.keys(found), people.stderr).to.deep.equal(Object.keys(says));
      for (const [key, pattern] of Object.entries(says)) expect(found[key]).to.match(pattern);
      const { code: programs, stdout, stderr } = await recommend([...argv, '-o', 'json']);
      expect(programs, stderr).to.equal(code);
      const { error } = JSON.parse(stdout) as { error: { code: string; message: string; hint: string } };
      expect(error.code).to.equal(errorCode);
      expect(error.message).to.match(says.error);
      expect(error.hint).to.match(says.hint);
      expect(people.stderr + stdout + stderr)
        .to.not.include(secret)
        .and.to.not.include('\u001b');
    });
  }

  it('sends a token over plain HTTP where it is told to, and to this machine always', async () => {
    prometheus.seen.length = 0;
    const flags = ['--prometheus-bearer-token-file', join(folder, 'token')];
    expect((await recommend(flags)).code).to.equal(0);
    expect(prometheus.seen[0]?.headers.authorization).to.equal(`Bearer ${secret}`);
    const away = ['--prometheus-url', 'http://prometheus.invalid:9090', '--prometheus-insecure-credentials'];
    const { code, stderr } = await recommend([...flags, ...away]);
    expect({ code, stderr }).to.deep.include({ code: 7 });
    expect(stderr).to.match(/^error: Prometheus at http:\/\/prometheus\.invalid:9090 does not answer$/m);
  });

  describe('through the proxy of the environment', () => {
    let proxy: TestProxy;
    let secure: FakePrometheus;
    before(async () => {
      const authority = await createAuthority('acme');
      const { certificate: cert, key } = await authority.issueServing('prometheus', [
        { type: 'dns', value: name },
      ]);
      writeFileSync(join(folder, 'ca.crt'), authority.own.certificate);
      secure = await startFakePrometheus({ cert, key });
      secure.answer(knowsNothing);
      proxy = await startConnectProxy();
    });
    after(() => Promise.all([proxy.stop(), secure.stop()]));

    const urlOf = (own: FakePrometheus) => own.url.replace('127.0.0.1', name);

    it('an https: address is met as HTTPS_PROXY says, with its own certificate, and NO_PROXY is heard', async () => {
      const flags = ['--prometheus-url', urlOf(secure), '--prometheus-ca-file', join(folder, 'ca.crt')];
      const env = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: '127.0.0.1' };
      const { code, stderr } = await recommend(flags, env);
      expect(code, stderr).to.equal(0);
      expect(proxy.asked).to.include(`${name}:${new URL(secure.url).port}`);
      expect(secure.seen.length).to.be.greaterThan(0);
      expect((await recommend(flags, { ...env, NO_PROXY: '.proxy,127.0.0.1' })).code).to.equal(7);
    });

    it('an http: address is met as HTTP_PROXY says, and no token goes there unasked', async () => {
      const env = { HTTP_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: '127.0.0.1' };
      const { code, stderr } = await recommend(['--prometheus-url', urlOf(prometheus)], env);
      expect(code, stderr).to.equal(0);
      expect(proxy.asked).to.include(`${name}:${new URL(prometheus.url).port}`);
      const token = ['--prometheus-bearer-token-file', join(folder, 'token')];
      expect((await recommend(['--prometheus-url', urlOf(prometheus), ...token], env)).code).to.equal(2);
    });

    it('a proxy that is not there is named, and where it stands', async () => {
      const env = { HTTPS_PROXY: 'http://jo:swordfish@127.0.0.1:1', NO_PROXY: '127.0.0.1' };
      const { code, stderr } = await recommend(['--prometheus-url', urlOf(secure)], env);
      expect(code).to.equal(7);
      expect(stderr).to.match(/^error: the proxy at http:\/\/127\.0\.0\.1:1 does not answer$/m);
      expect(stderr).to.match(/^hint: it stands in HTTPS_PROXY; NO_PROXY lists the hosts that need none$/m);
      expect(stderr).to.not.include('swordfish');
    });
  });
});
