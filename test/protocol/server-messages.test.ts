// What a server sends, as clients read it: the same that was written, whatever later servers add, and never an exception.
// DORGU_FUZZ_FRAMES=1000000 for more random frames.
import { expect } from 'chai';
import fc from 'fast-check';
import { toClusterItem } from '../../src/protocol/cluster-item.ts';
import { toDeploymentItem } from '../../src/protocol/deployment-item.ts';
import { toOccurrenceItem, toValidationItem } from '../../src/protocol/event-items.ts';
import { formatEvent, formatItem, formatMessage, formatPage } from '../../src/protocol/format-message.ts';
import type { ItemOf } from '../../src/protocol/items.ts';
import type { ServerMessage, Topic } from '../../src/protocol/messages.ts';
import { parseServerMessage } from '../../src/protocol/parse-server-message.ts';
import { toPersonaItem } from '../../src/protocol/persona-item.ts';
import { cluster, deployment, event, persona } from './objects.ts';

const frames = Number(process.env['DORGU_FUZZ_FRAMES'] ?? 20_000);
const timestamp = '2026-11-23T09:30:00.123Z';

const items: [Topic, ItemOf[Topic]][] = [
  ['personas', toPersonaItem(persona)!],
  ['personas', toPersonaItem(persona, { isWhole: true })!],
  ['cluster', toClusterItem(cluster, { isWhole: true })!],
  ['deployments', toDeploymentItem(deployment, { isWhole: true })!],
  ['events', toValidationItem(persona)!],
  ['events', toOccurrenceItem(event)!],
];

describe('a message of the server', () => {
  for (const [topic, item] of items)
    it(`tells the same item of topic ${topic} that was written: ${Object.keys(item).join(' ')}`, () => {
      for (const requestId of [undefined, '"\\\u2028\ud800']) {
        const named = requestId === undefined ? {} : { requestId };
        const address = { topic, ...named };
        expect(
          parseServerMessage(formatEvent(address, 'updated', formatItem(item), timestamp)),
        ).to.deep.equal({
          message: { type: 'event', topic, ...named, timestamp, payload: { eventType: 'updated', ...item } },
        });
        const page = { items: [formatItem(item), formatItem(item)], page: 3, isLast: true };
        expect(parseServerMessage(formatPage(address, page, timestamp))).to.deep.equal({
          message: {
            type: 'resync',
            topic,
            ...named,
            timestamp,
            payload: { items: [item, item], page: 3, isLast: true },
          },
        });
      }
    });

  const others: ServerMessage[] = [
    {
      type: 'hello',
      timestamp,
      payload: { protocol: 1, version: '1.2.3', user: 'alice', limits: { subscriptions: 64 } },
    },
    { type: 'response', timestamp, requestId: 'a', payload: {} },
    { type: 'response', timestamp, topic: 'personas', requestId: 'a', payload: { items: [] } },
    {
      type: 'error',
      timestamp,
      topic: 'cluster',
      requestId: 'a',
      payload: { code: 'forbidden', message: 'no' },
    },
    { type: 'error', timestamp, payload: { code: 'invalid', message: 'no' } },
  ];
  for (const message of others)
    it(`says the same: ${JSON.stringify(message).slice(0, 60)}`, () => {
      expect(parseServerMessage(formatMessage(message))).to.deep.equal({ message });
    });

  it('may hold more than is known', () => {
    const text = formatEvent(
      { topic: 'personas' },
      'created',
      '{"name":"a","resourceVersion":"1","later":{}}',
      timestamp,
    );
    const parsed = parseServerMessage(text.replace('"type"', '"added":[1],"type"'));
    expect(parsed).to.have.nested.property('message.payload').that.does.not.have.property('later');
    expect(parsed).to.have.nested.property('message.payload.phase', '');
  });

  const unknown = {
    'another type': { type: 'notice', payload: {} },
    'another topic': { type: 'event', topic: 'pods', payload: { eventType: 'created' } },
    'another type of event': { type: 'event', topic: 'personas', payload: { eventType: 'moved', name: 'a' } },
    'another kind of item': {
      type: 'event',
      topic: 'events',
      payload: { eventType: 'created', kind: 'advice', name: 'a', resourceVersion: '1' },
    },
  };
  for (const [title, message] of Object.entries(unknown))
    it(`is passed over where it is of ${title}`, () => {
      expect(parseServerMessage(JSON.stringify(message))).to.have.property('unknown');
    });

  const broken = [
    '',
    '[]',
    '{}',
    '{"type":7}',
    '{"type":"resync","topic":"personas"}',
    '{"type":"resync","topic":"personas","payload":{"items":[],"page":0}}',
  ];
  for (const text of broken)
    it(`breaks the protocol as ${JSON.stringify(text)}`, () => {
      expect(parseServerMessage(text)).to.have.property('problem');
    });

  it('harms nobody, whatever it holds', function () {
    this.timeout(60_000);
    const word = fc.constantFrom(
      'hello',
      'response',
      'resync',
      'event',
      'error',
      'personas',
      'cluster',
      'deployments',
      'events',
      'created',
      'validation',
      '__proto__',
      '',
    );
    const value = fc.jsonValue({ maxDepth: 2 });
    const field = fc.oneof(word, value);
    const payload = fc.dictionary(
      fc.constantFrom(
        'items',
        'page',
        'isLast',
        'eventType',
        'name',
        'resourceVersion',
        'kind',
        'issues',
        'argoCD',
        'addons',
        'images',
        'limits',
        'persona',
        'code',
      ),
      fc.oneof(field, fc.array(field)),
    );
    const any = fc.record({ type: field, topic: field, requestId: field, payload: fc.oneof(payload, value) });
    for (const message of fc.sample(any, { numRuns: Math.ceil(frames / 10), seed: 7 })) {
      const text = JSON.stringify(message);
      for (let cut = 0; cut < 10; cut += 1) {
        const end = cut === 0 ? text.length : Math.floor((text.length * cut) / 10);
        const parsed = parseServerMessage(text.slice(0, end));
        if (Object.keys(parsed).length !== 1) expect.fail(text);
      }
    }
  });
});
