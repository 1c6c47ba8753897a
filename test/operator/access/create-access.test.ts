// Who somebody is and what they may do: asked once, kept shortly, never more than so many.
import { expect } from 'chai';
import { BoundedCache } from '../../../operator/access/bounded-cache.ts';
import { QuestionGate } from '../../../operator/access/question-gate.ts';
import { createAccess } from '../../../operator/access/create-access.ts';
import type { KubeClient, KubeRequest, KubeResponse } from '../../../src/kube/client.ts';
import { noClient } from '../manager/caches/fake-reflector.ts';

const reader = { username: 'reader', uid: '1', groups: ['system:authenticated'], extra: { pod: ['p'] } };
const question = { nonResourceAttributes: { path: '/metrics', verb: 'get' } } as const;

function create(answer: (request: KubeRequest) => object) {
  const requests: KubeRequest[] = [];
  let time = 0;
  const client: KubeClient = {
    ...noClient,
    request: async <T>(request: KubeRequest): Promise<KubeResponse<T>> => {
      requests.push(request);
      await Promise.resolve();
      return { status: 201, warnings: [], body: { status: answer(request) } as T };
    },
  };
  return { access: createAccess(client, () => time), requests, pass: (ms: number) => (time += ms) };
}

describe('access', () => {
  it('knows a token’s owner, asks once for many, and again after half a minute', async () => {
    const { access, requests, pass } = create(() => ({ authenticated: true, user: reader }));
    const identities = await Promise.all([access.authenticate('t'), access.authenticate('t')]);
    expect(identities).to.deep.equal([reader, reader]);
    pass(29_999);
    await access.authenticate('t');
    expect(requests).to.have.length(1);
    expect(requests[0]?.body).to.deep.include({ kind: 'TokenReview', spec: { token: 't' } });
    pass(1);
    await access.authenticate('t');
    await access.authenticate('other');
    expect(requests).to.have.length(3);
  });

  it('takes nobody for somebody', async () => {
    for (const status of [
      {},
      { authenticated: false, user: reader },
      { authenticated: true },
      { authenticated: 'yes', user: reader },
    ])
      expect(await create(() => status).access.authenticate('t')).to.equal(undefined);
    const { access, requests } = create(() => ({}));
    expect(await access.authenticate('')).to.equal(undefined);
    expect(await access.authenticate('x'.repeat(20_000))).to.equal(undefined);
    expect(requests).to.deep.equal([]);
  });

  it('asks with all that is known of somebody, and forgets a refusal sooner than a right', async () => {
    let allowed = false;
    const { access, requests, pass } = create(() => ({ allowed }));
    expect(await access.authorize(reader, question)).to.equal(false);
    expect(requests[0]?.body).to.deep.include({
      spec: {
        user: 'reader',
        uid: '1',
        groups: ['system:authenticated'],
        extra: { pod: ['p'] },
        ...question,
      },
    });
    allowed = true;
    expect(await access.authorize(reader, question)).to.equal(false);
    pass(5000);
    expect(await access.authorize(reader, question)).to.equal(true);
    allowed = false;
    pass(5000);
    expect(await access.authorize(reader, question)).to.equal(true);
    pass(25_000);
    expect(await access.authorize(reader, question)).to.equal(false);
  });

  it('keeps no failure', async () => {
    let isDown = true;
    const { access } = create(() => {
      if (isDown) throw new Error('down');
      return { allowed: true };
    });
    const failure = await access.authorize(reader, question).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(Error);
    isDown = false;
    expect(await access.authorize(reader, question)).to.equal(true);
  });

  it('holds so many answers and asks so many questions at once, not more', async () => {
    const cache = new BoundedCache<string>({ capacity: 3, mostAtOnce: 3, keptMs: () => 1000, now: () => 0 });
    let asked = 0;
    const ask = () => Promise.resolve(String(++asked));
    for (const key of ['a', 'b', 'c', 'd']) await cache.get(key, ask);
    expect(await cache.get('d', ask)).to.equal('4');
    expect(await cache.get('a', ask)).to.equal('5');
    const hanging = ['x', 'y', 'z'].map((key) => cache.get(key, () => new Promise<string>(() => undefined)));
    const refused = await cache.get('w', ask).catch((error: unknown) => String(error));
    expect(refused).to.equal('Error: too many questions at once');
    expect(hanging).to.have.length(3);
  });

  it('asks again where an answer is older than is wanted, and keeps the new one', async () => {
    const { access, requests, pass } = create(() => ({ allowed: true }));
    await access.authorize(reader, question);
    pass(9999);
    await access.authorize(reader, question, { maxAgeMs: 10_000 });
    expect(requests).to.have.length(1);
    pass(1);
    await access.authorize(reader, question, { maxAgeMs: 10_000 });
    await access.authorize(reader, question);
    expect(requests).to.have.length(2);
  });

  it('lets so many questions wait for their turn, first come first served, also after one that failed', async () => {
    const gate = new QuestionGate({ mostAtOnce: 1, mostWaiting: 2 });
    const order: string[] = [];
    const ask = (name: string) =>
      gate.pass(async () => {
        order.push(name);
        await Promise.resolve();
        if (name === 'a') throw new Error('down');
        return name;
      });
    const answers = await Promise.allSettled(['a', 'b', 'c', 'd'].map(ask));
    expect(answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : String(answer.reason)))).to.deep.equal([
      'Error: down', 'b', 'c', 'Error: too many questions at once',
    ]); // prettier-ignore
    expect(order).to.deep.equal(['a', 'b', 'c']);
    expect(await ask('e')).to.equal('e');
  });
});
