// F2: what a filter may hold: names and labels that are none, that are properties of every object, that look like others, and that harm terminals.
import { expect } from 'chai';
import { waitUntil } from '../../cluster/wait-until.ts';
import type { Follower } from './callers.ts';
import { ServedStream } from './served-stream.ts';
import { PlayedHub, personaIn } from './hub/played-hub.ts';

/** Names that are no names of Kubernetes. */
const noNames: Readonly<Record<string, string>> = {
  'of everybody': '*',
  'of a part': 'sh*',
  empty: '',
  'of a path': '../kube-system',
  'with a slash': 'shop/web',
  'with an escaped slash': 'shop%2fweb',
  'of two': 'shop,store',
  'with a field selector in it': 'web,metadata.namespace!=x',
  'with a line break': 'shop\nstore',
  'with a NUL': 'shop\u0000',
  'with a colour': '\u001b[31mshop',
  'that is written from right to left': '\u202epohs',
  'that looks the same': 'shоp',
  'of wide letters': 'ｓｈｏｐ',
  'in capitals': 'SHOP',
  'that every object has': '__proto__',
  'with half a pair': 'shop\ud800',
  'that is an emoji': '🛒',
};

/** Selectors that nobody has anything by, or that cannot be read. */
const selectors: Readonly<Record<string, string>> = {
  'a key that every object has': '__proto__',
  'a value that every object has': 'team=constructor',
  'a key that is none': '\u202emaet=blue',
  'a colour': 'team=\u001b[31mblue',
  'a bracket that is not closed': 'team in (blue',
  'an operator that there is not': 'team~=blue',
  'a thousand requirements': Array.from({ length: 300 }, (_, index) => `k${index}=v`).join(','),
};

describe('hostile filters of the stream (F2)', () => {
  const played = new PlayedHub();
  let stream: ServedStream;
  let follower: Follower;
  before(async () => {
    played.put('personas', 'shop/web', personaIn('Active', { team: 'blue' }));
    played.put('personas', 'shop/constructor', personaIn('Active'));
    stream = await new ServedStream({ hub: played.hub }).start();
    stream.people.isAllowed = (right) => right.includes(' list shop/') || right.includes(' watch shop/');
    follower = await stream.follow();
  });
  after(async () => {
    await stream.stop();
    await played.hub.stop();
  });
  beforeEach(() => (stream.people.asked.length = 0));

  const subscribe = (requestId: string, payload: object) =>
    follower.say({ type: 'subscribe', topic: 'personas', requestId, payload });

  for (const field of ['namespace', 'name'])
    for (const [what, value] of Object.entries(noNames))
      it(`take no ${field} ${what}: the API server is not asked, and the words are harmless`, async () => {
        subscribe(`${field} ${what}`, { namespace: 'shop', [field]: value });
        const { payload } = await follower.hear('error');
        expect(payload.code).to.equal('invalid');
        expect(payload.message).to.match(new RegExp(`^payload\\.${field}: expected [\\x20-\\x7e]*$`));
        expect(stream.people.asked).to.deep.equal([]);
      });

  for (const [what, labelSelector] of Object.entries(selectors))
    it(`show nothing for a selector with ${what}`, async () => {
      subscribe(what, { namespace: 'shop', labelSelector });
      const told = await answer();
      if (told.type === 'error') expect(told.payload).to.include({ code: 'invalid' });
      else expect(told.payload.items).to.deep.equal([]);
    });

  it('show an object that is named like a property of every object, and only that', async () => {
    subscribe('constructor', { namespace: 'shop', name: 'constructor' });
    expect(await answer())
      .to.have.nested.property('payload.items')
      .that.satisfies((items: { name: string }[]) => items.map(({ name }) => name).join() === 'constructor');
    subscribe('valueof', { namespace: 'shop', name: 'valueof' });
    expect(await answer()).to.have.deep.nested.property('payload.items', []);
  });

  it('ask the same of the API server, and nothing of the hub, whether a forbidden namespace is there or not', async () => {
    played.put('personas', 'bank/vault', personaIn('Active'));
    const watched = played.watches.length;
    const look = async (namespace: string) => {
      stream.people.asked.length = 0;
      subscribe(`look ${namespace}`, { namespace });
      const error = await follower.hear('error');
      return {
        error: JSON.stringify({ ...error, timestamp: '' }).replaceAll(namespace, 'X'),
        asked: stream.people.asked.map((right) => right.replace(namespace, 'X')).sort(),
      };
    };
    expect(await look('bank')).to.deep.equal(await look('tank'));
    expect(played.watches).to.have.length(watched);
  });

  /** The hub's clock stands still until it is told to go on. */
  async function answer(): Promise<Answer> {
    const take = async (): Promise<Answer | undefined> => {
      await played.settle();
      const index = follower.messages.findIndex(isAnswer);
      return follower.messages.splice(index, index < 0 ? 0 : 1).find(isAnswer);
    };
    return waitUntil('an answer', take, { timeoutMs: 20_000, intervalMs: 2 });
  }
});

type Answer = Extract<Follower['messages'][number], { type: 'error' | 'resync' }>;

function isAnswer(message: Follower['messages'][number]): message is Answer {
  return message.type === 'error' || message.type === 'resync';
}
