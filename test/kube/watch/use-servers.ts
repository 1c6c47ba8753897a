// Fake API servers for the tests of a describe, with reflectors on them, all gone after each test.
import { expect } from 'chai';
import { waitUntil } from '../../cluster/wait-until.ts';
import { FakeApiServer, type FakeBehaviour } from '../../faults/fake-api-server.ts';
import { createStorage, expectedOf, startWatching, toRecord, type Watching } from './watching.ts';

/** What tests do with them. */
export interface Servers {
  /** A server with so many Deployments. */
  create(count: number, behaviour?: FakeBehaviour): Promise<FakeApiServer>;
  watch(server: FakeApiServer, how?: Parameters<typeof startWatching>[1]): Watching;
}

/** Call it in a describe. */
export function useServers(): Servers {
  const servers: FakeApiServer[] = [];
  const watchings: Watching[] = [];
  afterEach(async () => {
    await Promise.all(watchings.splice(0).map((one) => one.stop()));
    await Promise.all(servers.splice(0).map((server) => server.stop()));
  });
  return {
    async create(count, behaviour = {}) {
      const storage = createStorage();
      for (let index = 0; index < count; index++)
        storage.put(`shop/app-${index}`, { data: `größe 😀 ${index}` });
      const server = await FakeApiServer.start(storage, behaviour);
      servers.push(server);
      return server;
    },
    watch(server, how) {
      const watching = startWatching(server, how);
      watchings.push(watching);
      return watching;
    },
  };
}

/** Waits until it knows what the server has, and a stream runs. */
export async function expectConverged(server: FakeApiServer, watching: Watching): Promise<void> {
  const { reflector, contradictions, replayed } = watching;
  const expected = JSON.stringify(expectedOf(server.storage));
  await waitUntil(
    `the same on both sides: ${JSON.stringify({ ...reflector.health(), requests: server.requests })}`,
    () => (JSON.stringify(toRecord(reflector.objects)) === expected && server.watches > 0) || undefined,
    { timeoutMs: 3000, intervalMs: 2 },
  );
  expect(JSON.stringify(toRecord(replayed))).to.equal(expected);
  expect(contradictions).to.deep.equal([]);
}

/** Waits for the first list and a watch. */
export async function untilWatched(server: FakeApiServer, watching: Watching): Promise<void> {
  await watching.reflector.synced;
  await waitUntil('a watch', () => server.watches > 0 || undefined, { timeoutMs: 3000, intervalMs: 2 });
}
