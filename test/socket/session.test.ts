import { expect } from 'chai';
import fc from 'fast-check';
import { createPauses } from '../../src/socket/pauses.ts';
import { createSession, defaultSessionLimits, toEnd, type Session } from '../../src/socket/session.ts';
import { createPersonaItem } from './played-operator.ts';

const hello = { type: 'hello', timestamp: '', payload: { protocol: 1, version: '', user: '', limits: {} } };
const page = (isLast: boolean) => ({
  type: 'resync',
  topic: 'personas',
  timestamp: 't',
  payload: { items: [createPersonaItem('web', '1')], page: 0, isLast },
});
const event = {
  type: 'event',
  topic: 'personas',
  timestamp: 't',
  payload: { eventType: 'deleted', ...createPersonaItem('web', '2') },
};
const refusal = (code: string, topic = 'personas') => ({
  type: 'error',
  topic,
  timestamp: '',
  payload: { code, message: `it is ${code}` },
});

interface Conversation {
  session: Session;
  sent: unknown[];
  told: string[];
  say: (message: unknown, atMs?: number) => unknown;
}

function begin(): Conversation {
  const sent: unknown[] = [];
  const told: string[] = [];
  const session = createSession(
    {
      topic: 'personas',
      interest: { namespace: 'shop' },
      send: (text) => sent.push(JSON.parse(text)),
      ping: () => sent.push('ping'),
      onPage: ({ items, isLast }) => told.push(`page of ${items.length}${isLast ? ', the last' : ''}`),
      onItem: ({ name }, isGone) => told.push(`${name}${isGone ? ' is gone' : ''}`),
    },
    defaultSessionLimits,
    0,
  );
  const say = (message: unknown, atMs = 0) =>
    session.take(typeof message === 'string' ? message : JSON.stringify(message), atMs);
  return { session, sent, told, say };
}

describe('a conversation with an operator', () => {
  it('subscribes once it is greeted, without a name of its own', () => {
    const { say, sent } = begin();
    say(hello);
    say(hello);
    expect(sent).to.deep.equal([{ type: 'subscribe', topic: 'personas', payload: { namespace: 'shop' } }]);
  });

  it('hands on pages and changes of its topic, and nothing else', () => {
    const { say, told, session } = begin();
    for (const message of [hello, page(false), page(true), event]) expect(say(message)).to.equal(undefined);
    for (const message of [
      { ...event, topic: 'deployments' },
      { ...page(true), topic: 'cluster' },
    ])
      say(message);
    say({ type: 'response', timestamp: '', payload: {} });
    say({ type: 'of tomorrow', timestamp: '', payload: {} });
    expect(told).to.deep.equal(['page of 1', 'page of 1, the last', 'web is gone']);
    expect(session.isLive).to.equal(true);
  });

  const lost: Record<string, [(conversation: Conversation) => unknown, string]> = {
    'nobody greets': [({ session }) => session.check(5000), 'no greeting within 5 s'],
    'no state comes': [
      ({ say, session }) => (say(hello, 1000), session.check(10_999) ?? session.check(11_000)),
      'no state within 10 s',
    ],
    'a state stays in pieces': [
      ({ say, session }) => (
        say(hello),
        say(page(false), 9000),
        session.check(18_999) ?? session.check(19_000)
      ),
      'no state within 10 s',
    ],
    'not a byte comes for 45 s': [
      ({ say, session }) => {
        for (const message of [hello, page(true)]) say(message);
        session.heard(20_000);
        return session.check(64_999) ?? session.check(65_000);
      },
      'no word for 45 s',
    ],
    'the machine slept': [
      ({ say, session }) => (say(hello), say(page(true)), session.check(120_000)),
      'no word for 45 s',
    ],
    'what comes is no JSON': [({ say }) => say('{'), 'the operator sent a message that is no JSON'],
    'something else than a greeting comes first': [
      ({ say }) => say(page(true)),
      'the operator did not greet',
    ],
  };
  for (const [title, [act, reason]] of Object.entries(lost))
    it(`is lost when ${title}`, () => expect(act(begin())).to.deep.equal({ kind: 'lost', reason }));

  it('asks for a sign of life after 5 s without a byte, and again after as long', () => {
    const { say, session, sent } = begin();
    for (const message of [hello, page(true)]) say(message);
    sent.length = 0;
    for (const atMs of [4999, 5000, 5001, 9999, 10_000]) session.check(atMs);
    session.heard(11_000);
    for (const atMs of [15_000, 15_999, 16_000]) session.check(atMs);
    expect(sent).to.deep.equal(['ping', 'ping', 'ping']);
  });

  it('is not lost by a clock that is set back', () => {
    const { say, session } = begin();
    for (const message of [hello, page(true)]) say(message, 1_000_000);
    expect([session.check(10), session.check(44_000), session.check(45_010)?.kind]).to.deep.equal([
      undefined,
      undefined,
      'lost',
    ]);
  });

  for (const code of ['invalid', 'forbidden', 'too-many', 'missing', 'unavailable'])
    it(`ends when it is told ${code} before it has a state`, () => {
      const { say } = begin();
      say(hello);
      expect(say(refusal(code))).to.deep.equal({ kind: 'refused', reason: `it is ${code}` });
    });

  it('ends when a right is withdrawn, and stays where a topic mends itself or another one fails', () => {
    const { say } = begin();
    for (const message of [hello, page(true)]) say(message);
    expect(say(refusal('unavailable'))).to.equal(undefined);
    expect(say(refusal('forbidden', 'events'))).to.equal(undefined);
    expect(say(refusal('forbidden'))).to.include({ kind: 'refused' });
  });

  const closings: Record<string, [number, string, string, string]> = {
    'credentials ran out': [4401, '', 'expired', 'the credentials are not valid any more'],
    'too many connections': [4429, 'slow down', 'refused', 'slow down'],
    'a replica that stops': [1001, '', 'lost', 'the operator is stopping'],
    'a broken connection': [1006, '', 'lost', 'the connection broke off'],
    'words of many lines': [1013, 'come\n  back  later', 'lost', 'come back later'],
    'a code of tomorrow': [4999, '', 'lost', 'the operator closed the connection (4999)'],
  };
  for (const [title, [code, words, kind, reason]] of Object.entries(closings))
    it(`understands ${title}`, () => expect(toEnd(code, words)).to.deep.equal({ kind, reason }));

  it('never throws, whatever comes', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom(hello, page(true), event).map((m) => JSON.stringify(m)),
    );
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 20 }), (texts) => {
        const { say } = begin();
        for (const text of texts) say(text);
      }),
    );
  });
});

describe('the pauses before coming back', () => {
  it('grow on average, from 0.2 s to at most 10 s, and begin anew after a success', () => {
    const least = createPauses({ leastMs: 200, mostMs: 10_000 }, () => 0);
    const most = createPauses({ leastMs: 200, mostMs: 10_000 }, () => 1);
    expect([least.next(), least.next()]).to.deep.equal([200, 200]);
    expect(Array.from({ length: 8 }, () => most.next())).to.deep.equal([
      400, 800, 1600, 3200, 6400, 10_000, 10_000, 10_000,
    ]);
    most.reset();
    expect(most.next()).to.equal(400);
  });
});
