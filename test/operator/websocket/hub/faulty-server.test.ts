// The hub on an API server that fails in every way, with its own watches: in the end readers hold what the server has, and were told nothing twice.
import { expect } from 'chai';
import { createHub } from '../../../../operator/websocket/create-hub.ts';
import type { Hub } from '../../../../operator/websocket/hub.ts';
import { toDeploymentItem } from '../../../../src/protocol/deployment-item.ts';
import { createReflector } from '../../../../src/kube/watch/create-reflector.ts';
import { waitUntil } from '../../../cluster/wait-until.ts';
import { FakeApiServer } from '../../../faults/fake-api-server.ts';
import type { StreamFault } from '../../../faults/request-faults.ts';
import { createStorage, createFakeClient, impatience } from '../../../kube/watch/watching.ts';
import { createMemoryLogger } from '../../manager/memory-logger.ts';
import { HeldReader } from './held-reader.ts';

const faults: StreamFault[] = [
  { kind: 'reset' },
  { kind: 'end' },
  { kind: 'half-line', then: 'reset' },
  { kind: 'error', code: 410, reason: 'Expired' },
  { kind: 'no-uid' },
  { kind: 'duplicate' },
  { kind: 'old-event' },
  { kind: 'reorder' },
  { kind: 'split' },
  { kind: 'stall' },
];

describe('the hub on an API server that fails', function () {
  this.timeout(20_000);
  let server: FakeApiServer;
  let hub: Hub;

  before(async () => {
    server = await FakeApiServer.start(createStorage());
    hub = createHub({
      client: createFakeClient(server),
      logger: createMemoryLogger(),
      createReflector: (client, options) => createReflector(client, options, impatience),
      now: Date.now,
    });
  });
  after(async () => {
    await hub.stop();
    await server.stop();
  });

  it('leaves readers with what the server has', async () => {
    const { storage } = server;
    const put = (name: string, replicas: number) => storage.put(`shop/${name}`, { spec: { replicas } });
    for (let index = 0; index < 30; index += 1) put(`app-${index}`, 1);
    const readers = [new HeldReader(), new HeldReader()] as const;
    const wanted = { topic: 'deployments', requestId: undefined, interest: {} } as const;
    const [subscription] = readers.map((reader) => hub.subscribe(wanted, reader));
    await waitUntil('the first states', () => readers.every(({ resyncs }) => resyncs > 0) || undefined, {
      timeoutMs: 5000,
    });
    readers[0].weight = 10_000;
    for (const [round, fault] of faults.entries()) {
      readers[0].isSlow = round % 2 === 0;
      server.disturb(fault);
      for (let index = 0; index < 30; index += 3) {
        if ((index + round) % 5 === 0) storage.delete(`shop/app-${index}`);
        else put(`app-${index}`, round * 100 + index);
      }
      if (fault.kind === 'reset') storage.compact();
      readers[0].take();
      subscription?.drained();
      put('last', round);
      await waitUntil(
        `what has happened around ${fault.kind}`,
        () =>
          (readers[1].held?.get('shop/last') as { replicas?: number } | undefined)?.replicas === round ||
          undefined,
        { timeoutMs: 5000, intervalMs: 2 },
      );
    }
    readers[0].isSlow = false;
    readers[0].take();
    subscription?.drained();
    const shown = (reader: HeldReader) =>
      [...(reader.held?.values() ?? [])].map((item) => reader.comparable(item)).sort();
    const expected = [...storage.objects.values()]
      .map((object) => readers[1].comparable(toDeploymentItem(object)!))
      .sort();
    await waitUntil(
      'the same on both sides',
      () =>
        readers.every((reader) => JSON.stringify(shown(reader)) === JSON.stringify(expected)) || undefined,
      { timeoutMs: 5000 },
    );
    expect(readers[1].errors).to.deep.equal([]);
  });
});
