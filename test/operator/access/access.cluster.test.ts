// Who may follow the stream, as a real API server has it: tokens of every audience, client certificates, rights that come and go (F1, F2).
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { createAccess } from '../../../operator/access/create-access.ts';
import { createAuthenticator } from '../../../operator/access/create-authenticator.ts';
import { createClientAuthorities } from '../../../operator/access/client-authorities.ts';
import { systemClock } from '../../../operator/manager/clock.ts';
import { defaultStreamTimes } from '../../../operator/websocket/limits.ts';
import type { ConnectedClient } from '../../../src/kube/client.ts';
import { connect } from '../../../src/kube/connect.ts';
import { createReflector } from '../../../src/kube/watch/create-reflector.ts';
import { useCluster } from '../../cluster/use-cluster.ts';
import { waitUntil } from '../../cluster/wait-until.ts';
import { createMemoryLogger } from '../manager/memory-logger.ts';
import type { Call, ServedStream as Served } from '../websocket/served-stream.ts';
import { ServedStream } from '../websocket/served-stream.ts';
import { adoptRoot, createRoot, type Issued } from './client-certificates.ts';

const hourMs = 60 * 60 * 1000;

describe('a stream beside a real API server (F1, F2)', () => {
  const cluster = useCluster();
  let namespace = '';
  let client: ConnectedClient;
  let authorities: ReturnType<typeof createClientAuthorities>;
  let stream: Served;
  let root: Issued;

  before(async () => {
    namespace = await cluster.createNamespace();
    const { kubeconfig } = cluster;
    client = await connect({ env: {}, home: '', cwd: '/', kubeconfig, userAgent: 'test' });
    const logger = createMemoryLogger();
    authorities = createClientAuthorities({ client, createReflector, clock: systemClock, logger });
    await authorities.start();
    const keys = join(dirname(kubeconfig), 'keys');
    root = await adoptRoot(
      await readFile(join(keys, 'ca.crt'), 'utf8'),
      await readFile(join(keys, 'ca.key'), 'utf8'),
    );
    const settings = {
      grantedMs: 60_000,
      refusedMs: 10_000,
      mostKept: 100,
      mostAtOnce: 20,
      mostWaiting: 100,
    };
    const access = createAccess(client, Date.now, { audience: 'dorgu-operator', ...settings });
    stream = new ServedStream({
      access,
      authorities,
      authenticator: createAuthenticator({ access, authorities, now: Date.now }),
      times: { ...defaultStreamTimes, tickMs: 50, recheckMs: 250, recheckAgeMs: 100 },
    });
    await stream.start();
    for (const account of ['reader', 'goes']) await kubectl('create', 'serviceaccount', account);
    await kubectl('create', 'role', 'reader', '--verb=list,watch', '--resource=applicationpersonas.dorgu.io');
    const everybody = [`--serviceaccount=${namespace}:reader`, '--group=devs', '--user=alice'];
    await kubectl('create', 'rolebinding', 'reader', '--role=reader', ...everybody);
  });
  after(async () => {
    await (stream as Served | undefined)?.stop();
    await (authorities as typeof authorities | undefined)?.stop();
    (client as ConnectedClient | undefined)?.close();
  });

  const kubectl = (...args: string[]) => cluster.expectKubectl([...args, '-n', namespace]);
  const createToken = async (account: string, ...flags: string[]) =>
    (await kubectl('create', 'token', account, ...flags)).trim();
  /** What is said to a subscription of personas there: `forbidden`, or nothing but that it begins. */
  const see = async (call: Call, where: string) => {
    const follower = await stream.follow(call);
    const before = stream.hub.subscriptions.length;
    follower.say({ type: 'subscribe', topic: 'personas', payload: { namespace: where } });
    const answer = () => {
      const told = follower.messages.find(({ type }) => type === 'error');
      return told?.type === 'error'
        ? told.payload.message
        : stream.hub.subscriptions.length > before
          ? ''
          : undefined;
    };
    return { follower, told: await waitUntil('an answer', answer, { timeoutMs: 10_000 }) };
  };

  it('knows tokens for the operator, and for the API server, and nobody else’s', async () => {
    const tokens = [await createToken('reader', '--audience=dorgu-operator'), await createToken('reader')];
    for (const token of tokens) {
      const { follower, told } = await see({ token }, namespace);
      expect(told).to.equal('');
      expect(follower.greeting.payload.user).to.equal(`system:serviceaccount:${namespace}:reader`);
      follower.socket.terminate();
    }
    const [good = ''] = tokens;
    const signature = good.split('.')[2] ?? '';
    const others = [
      await createToken('reader', '--audience=vault'),
      good.replace(signature, signature.split('').toReversed().join('')),
      'no-token',
    ];
    for (const token of others) expect((await stream.knock({ token })).status).to.equal(401);
  });

  it('shows a namespace to whom the API server shows it, and says the same of one that there is not', async () => {
    const token = await createToken('reader');
    const there = await see({ token }, 'kube-system');
    const nowhere = await see({ token }, 'no-such-namespace');
    expect(there.told).to.match(/^expected the right to list and watch applicationpersonas/);
    expect(nowhere.told).to.equal(there.told.replace('kube-system', 'no-such-namespace'));
  });

  it('says so as soon of a namespace that is there as of one that is not', async () => {
    const follower = await stream.follow({ token: await createToken('reader') });
    const took = async (where: string, name: string) => {
      const startedAt = performance.now();
      follower.say({
        type: 'request',
        topic: 'personas',
        requestId: name,
        payload: { namespace: where, name },
      });
      expect((await follower.hear('error')).requestId).to.equal(name);
      return performance.now() - startedAt;
    };
    let slower = 0;
    // Fewer than a connection may ask at once.
    const pairs = 45;
    // One after the other, in turns, each with a name that nothing is kept of: what the machine does otherwise meets both alike.
    for (let pair = 0; pair < pairs; pair += 1) {
      const ask = {
        there: () => took('kube-system', `there-${pair}`),
        nowhere: () => took('kube-nowhere', `nowhere-${pair}`),
      };
      const isFirst = pair % 2 === 0;
      const first = await (isFirst ? ask.there() : ask.nowhere());
      const second = await (isFirst ? ask.nowhere() : ask.there());
      if (isFirst ? first > second : second > first) slower += 1;
    }
    // Of 45 fair coins fewer than 6 heads, or as few tails, come once in ten million times.
    expect(slower).to.be.within(6, 39);
    follower.socket.terminate();
  });

  it('knows client certificates of the cluster’s CA, by name and by group, and no others', async () => {
    await waitUntil('the CAs', () => authorities.trusted[0], { timeoutMs: 10_000 });
    const people = [[{ CN: ['alice'] }], [{ O: ['devs'] }, { CN: ['bob'] }], [{ CN: ['bob'] }]];
    const told = [];
    for (const subject of people)
      told.push((await see({ token: '', certificate: await root.issue({ subject }) }, namespace)).told);
    expect(told.map((text) => text === '')).to.deep.equal([true, true, false]);
    const strangers = [
      await (await createRoot('kubernetes')).issue({}),
      await root.issue({ fromMs: -2 * hourMs, untilMs: -hourMs }),
    ];
    for (const certificate of strangers)
      expect((await stream.knock({ token: '', certificate })).status).to.equal(401);
  });

  it('ends what may not be seen any more, and who is no longer there', async () => {
    const bound = `--serviceaccount=${namespace}:goes`;
    await kubectl('create', 'rolebinding', 'goes', '--role=reader', bound);
    const { follower, told } = await see({ token: await createToken('goes') }, namespace);
    expect(told).to.equal('');
    await kubectl('delete', 'rolebinding', 'goes');
    expect((await follower.hear('error')).payload.code).to.equal('forbidden');
    await kubectl('delete', 'serviceaccount', 'goes');
    expect((await follower.closed).code).to.equal(4401);
  });
});
