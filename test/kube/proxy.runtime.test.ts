// Generated proxies and exceptions lead where Go's net/http, and so kubectl, would go.
import { expect } from 'chai';
import fc from 'fast-check';
import { findEnvironmentProxy } from '../../src/kube/transport/proxy-environment.ts';
import { askProxyOracle, provideProxyOracle } from './proxy-oracle.ts';

const questionCount = 300;

const host = fc.oneof(
  fc.constantFrom('localhost', '127.0.0.1', '127.8.8.8', '10.0.0.1', '10.1.2.3', '192.168.1.1', '0.0.0.0'),
  fc.constantFrom('[::1]', '[fd00::1]', '[2001:db8::5]', '[::ffff:10.0.0.1]', '[::ffff:127.0.0.1]'),
  fc.constantFrom('example.com', 'k8s.example.com', 'a.b.example.com', 'anexample.com', 'com', 'host', 'a_b'),
);
const url = fc
  .tuple(fc.constantFrom('https', 'http'), host, fc.constantFrom('', ':443', ':80', ':6443'))
  .map(([scheme, name, port]) => `${scheme}://${name}${port}/api`);

const entry = fc.oneof(
  host,
  host.map((name) => name.replace(/[[\]]/g, '')),
  fc.tuple(host, fc.constantFrom(':443', ':80', ':6443', ':', ':x')).map((parts) => parts.join('')),
  host.map((name) => `.${name}`),
  host.map((name) => `*.${name}`),
  host.map((name) => name.toUpperCase()),
  fc.constantFrom(
    '10.0.0.0/8',
    '10.1.0.0/33',
    '0.0.0.0/0',
    '::/0',
    'fd00::/8',
    '2001:db8::/32',
    '10.0.0.1/32',
  ),
  fc.constantFrom(
    '*',
    '.',
    '*.',
    '',
    ' ',
    ':443',
    '[::1',
    '::1]',
    'com.',
    '10.0.0.0/',
    '10.0.0.0/08',
    '010.0.0.1',
  ),
  fc.constantFrom('::ffff:10.0.0.0/104', '::ffff:10.0.0.1', 'fd00::1%eth0', '10.0.0', '10.0.0.1:6443:1'),
);
const noProxy = fc
  .array(
    fc.oneof(
      entry,
      entry.map((text) => ` ${text} `),
    ),
    { maxLength: 4 },
  )
  .map((entries) => entries.join(','));
const proxy = fc.constantFrom(
  ...[
    'http://proxy:3128',
    'proxy:3128',
    'proxy',
    'https://p',
    'socks5://p:1',
    'http://jo:x@p:1',
    '10.9.9.9:1',
    '',
  ],
);

const question = fc.record({
  env: fc.record(
    {
      HTTPS_PROXY: proxy,
      https_proxy: proxy,
      HTTP_PROXY: proxy,
      http_proxy: proxy,
      NO_PROXY: noProxy,
      no_proxy: noProxy,
    },
    { requiredKeys: ['HTTPS_PROXY', 'NO_PROXY'] },
  ),
  urls: fc.array(url, { minLength: 15, maxLength: 15 }),
});

describe('the proxy of the environment, beside Go', function () {
  this.timeout(10 * 60 * 1000);

  it('is the same for 4,500 servers in 300 environments', async function () {
    const oracle = await provideProxyOracle(process.env);
    if (oracle === undefined) this.skip();
    const questions = fc.sample(question, { seed: 20_261_123, numRuns: questionCount });
    const answers = await askProxyOracle(oracle, questions);
    const differences: string[] = [];
    let taken = 0;
    questions.forEach(({ env, urls }, index) => {
      urls.forEach((text, place) => {
        const theirs = answers[index]?.[place] ?? '';
        const found = findEnvironmentProxy(env, new URL(text));
        const ours = found === undefined ? '' : `${found.protocol}//${found.host}`;
        if (theirs !== '') taken += 1;
        if (ours !== theirs)
          differences.push(`${text} in ${JSON.stringify(env)}: Go "${theirs}", we "${ours}"`);
      });
    });
    expect(differences, differences.slice(0, 20).join('\n')).to.have.lengthOf(0);
    expect(taken).to.be.greaterThan(questionCount * 3);
  });
});
