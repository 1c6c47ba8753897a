// That the long test cannot pass by counting wrong.
import { expect } from 'chai';
import type { AuditEntry } from '../cluster/audit.ts';
import { quantile } from './latency.ts';
import { countLists, countRequests, countWrites } from './request-counts.ts';

const at = Date.parse('2026-11-23T12:00:00Z');

function entry(
  verb: string,
  resource: string,
  fields: Partial<AuditEntry> & { subresource?: string } = {},
): AuditEntry {
  const { subresource, ...rest } = fields;
  const requestReceivedTimestamp = new Date(at).toISOString();
  return {
    auditID: '1',
    verb,
    requestURI: `/apis/${resource}`,
    user: { username: 'system:serviceaccount:dorgu-system:dorgu-operator' },
    objectRef: { resource, ...(subresource === undefined ? {} : { subresource }) },
    requestReceivedTimestamp,
    stageTimestamp: requestReceivedTimestamp,
    ...rest,
  };
}

const count = (...entries: AuditEntry[]) => {
  const counts = countRequests(entries, { from: at, until: at + 1000 });
  return { writes: countWrites(counts), lists: countLists(counts), counts: Object.fromEntries(counts) };
};

describe('requests of quiet minutes', () => {
  const cases: Record<string, { entry: AuditEntry; writes: number; lists: number }> = {
    'a status that is written is a write': {
      entry: entry('patch', 'applicationpersonas', { subresource: 'status' }),
      writes: 1,
      lists: 0,
    },
    'an Event that is written is a write': { entry: entry('create', 'events'), writes: 1, lists: 0 },
    'the Lease that is renewed is none': { entry: entry('update', 'leases'), writes: 0, lists: 0 },
    'a token that is reviewed is none': { entry: entry('create', 'tokenreviews'), writes: 0, lists: 0 },
    'a list is a list': { entry: entry('list', 'pods'), writes: 0, lists: 1 },
    'a watch that goes on is none': {
      entry: entry('watch', 'pods', { requestURI: '/api/v1/pods?watch=true&resourceVersion=5' }),
      writes: 0,
      lists: 0,
    },
    'a watch that sends all objects first is a list': {
      entry: entry('watch', 'pods', { requestURI: '/api/v1/pods?watch=true&sendInitialEvents=true' }),
      writes: 0,
      lists: 1,
    },
    'what came before them does not count': {
      entry: entry('list', 'pods', { requestReceivedTimestamp: new Date(at - 1).toISOString() }),
      writes: 0,
      lists: 0,
    },
    'what came after them does not count': {
      entry: entry('create', 'events', { requestReceivedTimestamp: new Date(at + 1000).toISOString() }),
      writes: 0,
      lists: 0,
    },
  };
  for (const [title, { entry: one, writes, lists }] of Object.entries(cases))
    it(title, () => expect(count(one)).to.include({ writes, lists }));

  it('are counted by verb and resource', () => {
    const { counts } = count(entry('update', 'leases'), entry('update', 'leases'), entry('get', 'leases'));
    expect(counts).to.deep.equal({ 'get leases': 1, 'update leases': 2 });
  });
});

describe('a quantile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  for (const [share, value] of [
    [0.5, 50],
    [0.99, 99],
    [1, 100],
  ] as const)
    it(`of ${share} is not exceeded by that share of the values`, () =>
      expect(quantile(hundred, share)).to.equal(value));

  it('of one value is that value', () => expect(quantile([7], 0.99)).to.equal(7));
});
