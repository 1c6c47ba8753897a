// F5: readers that never read, on real sockets: they are hung up on, and nobody else hears of it. STUCK_READERS=1000 for as many.
import { expect } from 'chai';
import type { TLSSocket } from 'node:tls';
import { connect } from 'node:tls';
import { createReflector } from '../../../src/kube/watch/create-reflector.ts';
import { createHub } from '../../../operator/websocket/create-hub.ts';
import type { Hub } from '../../../operator/websocket/hub.ts';
import { defaultStreamLimits, defaultStreamTimes } from '../../../operator/websocket/limits.ts';
import { waitUntil } from '../../cluster/wait-until.ts';
import { createFakeClient } from '../../kube/watch/watching.ts';
import { createPersonaFields, startPlayedCluster, type PlayedCluster } from '../../stream/played-cluster.ts';
import { formatClientFrame, formatUpgrade } from '../../bench/stream/frames.ts';
import { createMemoryLogger } from '../manager/memory-logger.ts';
import { host, type Follower } from './callers.ts';
import { ServedStream } from './served-stream.ts';

const count = Number(process.env['STUCK_READERS'] ?? 60);
/** State of each: more than the kernel takes in for who does not read. */
const personas = 600;
const changes = 40;

describe('readers of the stream that never read (F5)', function () {
  this.timeout(120_000);
  let cluster: PlayedCluster;
  let hub: Hub;
  let stream: ServedStream;
  const stuck: TLSSocket[] = [];
  before(async () => {
    cluster = await startPlayedCluster();
    for (let index = 0; index < personas; index += 1) put(index, 'none');
    const client = createFakeClient(cluster.server);
    hub = createHub({ client, createReflector, logger: createMemoryLogger(), now: Date.now });
    stream = new ServedStream({
      hub,
      limits: { ...defaultStreamLimits, mostConnectionsOfUser: count + 10 },
      times: { ...defaultStreamTimes, tickMs: 50, stuckMs: 1000 },
    });
    await stream.start();
  });
  after(async () => {
    for (const socket of stuck) socket.destroy();
    await stream.stop();
    await hub.stop();
    await cluster.server.stop();
  });

  it('are hung up on, one and all; who reads gets every change, and no state anew', async () => {
    const readers = await Promise.all([1, 2, 3].map(() => stream.follow({ token: 'bob' })));
    for (const reader of readers) reader.say({ type: 'subscribe', topic: 'personas' });
    await until('their states', () => readers.every(isWhole));
    for (let index = 0; index < count; index += 1) stuck.push(await openStuck());
    for (let change = 1; change <= changes; change += 1) {
      put(change, `team-${change}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const closed = () => stream.metric('dorgu_stream_closed_total{reason="stuck"}');
    await waitUntil('their ends', async () => ((await closed()) === count ? true : undefined), {
      timeoutMs: 60_000,
    });
    await until('the last change', () =>
      readers.every((reader) => teams(reader).at(-1) === `team-${changes}`),
    );
    for (const reader of readers) {
      expect(teams(reader)).to.deep.equal(Array.from({ length: changes }, (_, index) => `team-${index + 1}`));
      expect(reader.messages.filter(isLastPage)).to.have.length(1);
    }
    expect(await stream.metric('dorgu_stream_connections')).to.equal(readers.length);
  });

  const until = (what: string, is: () => boolean) =>
    waitUntil(what, () => is() || undefined, { timeoutMs: 30_000, intervalMs: 5 });

  /** With an object of 10 kB. */
  function put(index: number, team: string): void {
    const name = `application-${index}`;
    const fields = createPersonaFields(name, team);
    cluster.personas.put(`shop/${name}`, { ...fields, notes: 'x'.repeat(10_000) });
  }

  /** Follows whole objects, and then takes nothing more. */
  function openStuck(): Promise<TLSSocket> {
    return new Promise((resolve, reject) => {
      const socket = connect({
        host: '127.0.0.1',
        port: stream.port,
        servername: host,
        rejectUnauthorized: false,
      });
      socket.once('secureConnect', () => socket.write(formatUpgrade('alice', host)));
      socket.once('data', () => {
        socket.pause();
        socket.write(formatClientFrame('{"type":"subscribe","topic":"personas","payload":{"isWhole":true}}'));
        socket.off('error', reject).on('error', () => undefined);
        resolve(socket);
      });
      socket.once('error', reject);
    });
  }
});

type Message = Follower['messages'][number];

function isLastPage(message: Message): boolean {
  return message.type === 'resync' && message.payload.isLast;
}

function isWhole({ messages }: Follower): boolean {
  return messages.some(isLastPage);
}

function teams({ messages }: Follower): (string | undefined)[] {
  return messages.flatMap((message) =>
    message.type === 'event' && message.topic === 'personas' && 'team' in message.payload
      ? [message.payload.team]
      : [],
  );
}
