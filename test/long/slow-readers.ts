// `node test/long/slow-readers.ts [COUNT] [SECONDS]`: what readers who never read do to the others, and to the server's memory (F5). Nothing is asserted.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type TLSSocket } from 'node:tls';
import { formatClientFrame, formatUpgrade } from '../bench/stream/frames.ts';
import { createOffer } from '../bench/stream/offer.ts';
import { createPersonaFields, startPlayedCluster } from '../stream/played-cluster.ts';

const COUNT = Number(process.argv[2] ?? 1000);
const SECONDS = Number(process.argv[3] ?? 10);
const READERS = 50;
const RATE = 50;
const PERSONAS = 1000;
const folder = resolve(import.meta.dirname, '../bench/stream');

/** Resolves with what a child says that has this field. */
async function hear<T>(child: ChildProcess, field: string): Promise<T> {
  for (;;) {
    const [message] = (await once(child, 'message')) as [object];
    if (field in message) return message as T;
  }
}

/** Follows, and then takes nothing more. */
function openStuck(port: number, index: number): Promise<TLSSocket> {
  return new Promise((done) => {
    const socket = connect({ host: '127.0.0.1', port, servername: 'localhost', rejectUnauthorized: false });
    socket.once('secureConnect', () => socket.write(formatUpgrade(`stuck-${index}`, 'localhost')));
    socket.once('data', () => {
      socket.pause();
      socket.write(formatClientFrame('{"type":"subscribe","topic":"personas"}'));
      done(socket);
    });
    socket.on('error', () => done(socket));
  });
}

const { server: api, personas } = await startPlayedCluster();
const change = (number: number, mark: string): void => {
  const index = number % PERSONAS;
  const name = `application-${index}`;
  personas.put(`team-${index % 100}/${name}`, createPersonaFields(name, mark));
  personas.history.length = 0;
};
for (let index = 0; index < PERSONAS; index += 1) change(index, 'none');
const server = fork(resolve(folder, 'serve-stream.ts'), [api.url]);
const { port } = await hear<{ port: number }>(server, 'port');
const readers = fork(resolve(folder, 'subscribe.ts'), [`${port}`, `${READERS}`]);
await hear(readers, 'open');
const offer = createOffer(change);
readers.on('message', (message: { arrived?: number }) => {
  if (message.arrived !== undefined) offer.arrived(message.arrived);
});

async function measure(what: string): Promise<void> {
  readers.send('begin');
  await offer.steadily(RATE, SECONDS);
  const ended = Promise.all([
    hear<{ rssMiB: number }>(server, 'rssMiB'),
    hear<{ deliveries: number; passedOver: number; p50Ms: number; p99Ms: number }>(readers, 'deliveries'),
  ]);
  server.send('end');
  readers.send('end');
  const [{ rssMiB }, { deliveries, passedOver, p50Ms, p99Ms }] = await ended;
  console.log(
    `${what.padEnd(32)} ${READERS} readers: ${deliveries} deliveries, passed over ${passedOver}, p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms  server ${rssMiB.toFixed(0)} MiB`,
  );
}

await measure('nobody is slow');
const stuck: TLSSocket[] = [];
for (let index = 0; index < COUNT; index += 1) stuck.push(await openStuck(port, index));
await measure(`${COUNT} never read`);
await measure(`${COUNT} never read, later`);
// A socket that is paused does not hear of its end.
for (const socket of stuck) socket.resume();
await sleep(2000);
console.log(`${stuck.filter(({ destroyed }) => destroyed).length} of them were hung up on`);
for (const socket of stuck) socket.destroy();
await measure('they have gone');
for (const child of [readers, server]) {
  child.disconnect();
  await once(child, 'exit');
}
await api.stop();
