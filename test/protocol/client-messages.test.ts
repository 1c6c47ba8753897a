// What clients may send, exactly: every message comes back as it was written, and whatever is none is a problem in words.
// DORGU_FUZZ_FRAMES=1000000 for more mutated frames.
import { expect } from 'chai';
import fc from 'fast-check';
import { formatMessage } from '../../src/protocol/format-message.ts';
import { topics, type ClientMessage } from '../../src/protocol/messages.ts';
import { parseClientMessage } from '../../src/protocol/parse-client-message.ts';

const frames = Number(process.env['DORGU_FUZZ_FRAMES'] ?? 100_000);

const topic = fc.constantFrom(...topics);
const requestId = fc
  .string({ minLength: 1, maxLength: 128, unit: 'binary' })
  .filter((text) => text.length <= 128);
const label = fc.stringMatching(/^[a-z0-9](?:[-a-z0-9]{0,20}[a-z0-9])?$/);
const payload = fc.record(
  {
    namespace: label,
    name: fc.tuple(label, label).map((parts) => parts.join('.')),
    labelSelector: fc.string({ maxLength: 100 }),
    isWhole: fc.boolean(),
  },
  { requiredKeys: [] },
);
const message: fc.Arbitrary<ClientMessage> = fc.oneof(
  fc.record(
    { type: fc.constant('subscribe' as const), topic, requestId, payload },
    { requiredKeys: ['type', 'topic'] },
  ),
  fc.record(
    { type: fc.constant('unsubscribe' as const), topic, requestId },
    { requiredKeys: ['type', 'topic'] },
  ),
  fc.record(
    { type: fc.constant('request' as const), topic, requestId, payload },
    { requiredKeys: ['type', 'topic', 'requestId'] },
  ),
  fc.record({ type: fc.constant('ping' as const), requestId }, { requiredKeys: ['type'] }),
);

const subscribe = (fields: object) => JSON.stringify({ type: 'subscribe', topic: 'personas', ...fields });

describe('a message of a client', () => {
  it('comes back as it was written', () => {
    fc.assert(
      fc.property(message, (written) => {
        expect(parseClientMessage(formatMessage(written))).to.deep.equal({ message: { ...written } });
      }),
      { numRuns: 2000 },
    );
  });

  const taken: Record<string, string> = {
    'may bear a timestamp, which the predecessor sends': subscribe({ timestamp: '2026-11-23T09:30:00Z' }),
    'may be spread over lines': '{\n  "type": "ping"\n}\n',
    'may name the longest names there are': subscribe({
      requestId: '🙂'.repeat(64),
      payload: { namespace: 'a'.repeat(63), name: `${'a'.repeat(126)}.${'b'.repeat(126)}` },
    }),
  };
  for (const [title, text] of Object.entries(taken))
    it(title, () => expect(parseClientMessage(text)).to.have.property('message'));

  const refused: Record<string, [text: string, problem: RegExp]> = {
    'no JSON': ['{"type":', /no JSON/],
    nothing: ['', /no JSON/],
    'a list': ['[]', /expected a JSON object, found a list/],
    null: ['null', /found null/],
    'no type': ['{}', /^type: expected subscribe, unsubscribe, request, ping, found none/],
    'a type of the server': ['{"type":"hello"}', /^type: .*found "hello"/],
    'a type that every object has': ['{"type":"constructor"}', /^type: /],
    'a type that is no text': ['{"type":["ping"]}', /^type: .*found a list/],
    'no topic': [
      '{"type":"subscribe"}',
      /^topic: expected personas, cluster, deployments, events, found none/,
    ],
    'another topic': ['{"type":"subscribe","topic":"pods"}', /^topic: .*found "pods"/],
    'another field': ['{"type":"ping","topic":"personas"}', /found the field "topic"/],
    'another field of the payload': [
      subscribe({ payload: { fieldSelector: 'a=b' } }),
      /found the field "fieldSelector"/,
    ],
    __proto__: ['{"type":"ping","__proto__":{}}', /found the field "__proto__"/],
    'an unsubscribe with a payload': [
      '{"type":"unsubscribe","topic":"events","payload":{}}',
      /found the field "payload"/,
    ],
    'a request without a name': ['{"type":"request","topic":"personas"}', /^requestId: expected one/],
    'an empty requestId': [subscribe({ requestId: '' }), /^requestId: expected a text of 1 to 128/],
    'a requestId too long': [subscribe({ requestId: 'x'.repeat(129) }), /^requestId: /],
    'a requestId that is a number': [subscribe({ requestId: 7 }), /found a number/],
    'a payload that is text': [subscribe({ payload: 'a' }), /^payload: expected a JSON object, found "a"/],
    'a namespace with capitals': [subscribe({ payload: { namespace: 'Shop' } }), /^payload.namespace: /],
    'a namespace with a point': [subscribe({ payload: { namespace: 'a.b' } }), /^payload.namespace: /],
    'a wildcard': [subscribe({ payload: { namespace: '*' } }), /^payload.namespace: /],
    'an empty namespace': [subscribe({ payload: { namespace: '' } }), /^payload.namespace: /],
    'a namespace too long': [subscribe({ payload: { namespace: 'a'.repeat(64) } }), /at most 63/],
    'a name too long': [subscribe({ payload: { name: 'a'.repeat(254) } }), /at most 253/],
    'a path for a name': [subscribe({ payload: { name: '../a' } }), /^payload.name: /],
    'a line break in a name': [subscribe({ payload: { name: 'a\n' } }), /^payload.name: /],
    'a selector that is a list': [subscribe({ payload: { labelSelector: [] } }), /^payload.labelSelector: /],
    'a selector too long': [subscribe({ payload: { labelSelector: 'a'.repeat(4097) } }), /at most 4096/],
    'isWhole that is text': [
      subscribe({ payload: { isWhole: 'true' } }),
      /^payload.isWhole: expected true or false/,
    ],
    'null for a field': [subscribe({ payload: { name: null } }), /found null/],
    'a frame too long': [
      subscribe({ payload: { labelSelector: 'x'.repeat(70_000) } }),
      /at most 65536 bytes/,
    ],
    depth: ['['.repeat(60_000), /no JSON/],
  };
  for (const [title, [text, problem]] of Object.entries(refused))
    it(`is not ${title}`, () => {
      const parsed = parseClientMessage(text);
      expect(parsed)
        .to.have.property('problem')
        .that.matches(problem)
        .and.has.property('length')
        .that.is.lessThan(300);
    });

  it('is answered by name where the name can be read', () => {
    const text = '{"type":"subscribe","topic":"events","requestId":"r","payload":{"x":1}}';
    expect(parseClientMessage(text)).to.include({ topic: 'events', requestId: 'r' });
  });

  it('harms nobody, whatever its bytes', function () {
    this.timeout(60_000);
    const next = createRandom(7);
    const seeds = fc.sample(message, { numRuns: 200, seed: 7 }).map(formatMessage);
    const outcomes = { message: 0, problem: 0 };
    for (let count = 0; count < frames; count += 1) {
      const parsed = parseClientMessage(mutate(seeds[next(seeds.length)] ?? '', next));
      if ('message' in parsed) {
        outcomes.message += 1;
        // What is taken is taken the same again.
        if (count % 100 === 0)
          expect(parseClientMessage(formatMessage(parsed.message))).to.deep.equal(parsed);
      } else {
        outcomes.problem += 1;
        if (!/^[\x20-\x7e]{1,300}$/.test(parsed.problem)) expect.fail(parsed.problem);
      }
    }
    expect(outcomes.message).to.be.greaterThan(0);
    expect(outcomes.problem).to.be.greaterThan(frames / 10);
  });
});

/** Numbers below a bound, the same for the same seed. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const pieces = [
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\\',
  '\\u0000',
  '\u202e',
  '\u001b[31m',
  'null',
  '-1',
  '1e999',
  '"__proto__":',
  '🙂',
  '\ud800',
  '',
];

/** One to four changes: a piece put in, a stretch taken out or doubled, a character changed. */
function mutate(text: string, next: (below: number) => number): string {
  let mutated = text;
  for (let count = 1 + next(4); count > 0; count -= 1) {
    const at = next(mutated.length + 1);
    const to = at + next(8);
    const kinds = [
      pieces[next(pieces.length)] ?? '',
      mutated.slice(at, to).repeat(2),
      String.fromCharCode(next(0x300)),
      '',
    ];
    mutated =
      mutated.slice(0, at) + (kinds[next(kinds.length)] ?? '') + mutated.slice(next(2) === 0 ? at : to);
  }
  return mutated;
}
