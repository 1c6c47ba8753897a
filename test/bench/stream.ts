// `node test/bench/stream.ts [SUBSCRIBERS] [SECONDS]`: the stream beside a bare loop of `ws` in one run: the same bytes, as many sockets, TLS. Nothing is asserted.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createPersonaFields, startPlayedCluster } from '../stream/played-cluster.ts';
import { createOffer, type Offer } from './stream/offer.ts';

const SUBSCRIBERS = Number(process.argv[2] ?? 1000);
const SECONDS = Number(process.argv[3] ?? 10);
/** Changes a second, of which each goes to everybody. */
const RATE = 50;
/** Changes on their way at once where there may be as many as there can be. */
const WINDOW = 20;
const PERSONAS = 1000;
const folder = resolve(import.meta.dirname, 'stream');

interface Load {
  cpuMs: number;
  lagP99Ms: number;
  rssMiB: number;
}
interface Receipt {
  deliveries: number;
  /** Changes that subscribers were not told of one by one, because they had fallen behind. */
  passedOver: number;
  p50Ms: number;
  p99Ms: number;
  longestMs: number;
}

/** The next message of a child that has all these fields. */
async function hear<T>(child: ChildProcess, field: string): Promise<T> {
  for (;;) {
    const [message] = (await once(child, 'message')) as [object];
    if (field in message) return message as T;
  }
}

async function measure(
  what: string,
  { server, subscribers }: { server: ChildProcess; subscribers: ChildProcess },
  work: () => Promise<void>,
): Promise<{ perSecond: number; perCore: number }> {
  const begun = [hear(subscribers, 'begun'), once(server, 'message')];
  subscribers.send('begin');
  server.send('begin');
  await Promise.all(begun);
  const startedAt = performance.now();
  await work();
  const seconds = (performance.now() - startedAt) / 1000;
  const ended = [hear<Load>(server, 'cpuMs'), hear<Receipt>(subscribers, 'deliveries')] as const;
  server.send('end');
  subscribers.send('end');
  const [{ cpuMs, lagP99Ms, rssMiB }, { deliveries, passedOver, p50Ms, p99Ms, longestMs }] =
    await Promise.all(ended);
  const [perSecond, perCore] = [deliveries / seconds, (deliveries * 1000) / cpuMs];
  console.log(
    `${what.padEnd(28)} ${perSecond.toFixed(0).padStart(7)} deliveries/s  ${perCore.toFixed(0).padStart(7)}/s a core  p50 ${p50Ms.toFixed(1)}  p99 ${p99Ms.toFixed(1)}  longest ${longestMs.toFixed(1)} ms  lag p99 ${lagP99Ms.toFixed(1)} ms  CPU ${(cpuMs / seconds / 10).toFixed(0)}%  ${rssMiB.toFixed(0)} MiB${passedOver === 0 ? '' : `  passed over: ${passedOver}`}`,
  );
  return { perSecond, perCore };
}

/** Starts server and subscribers, measures both loads, and stops them. */
async function run(
  what: string,
  [file, ...args]: [string, ...string[]],
  createChange: (child: ChildProcess) => Offer,
) {
  const server = fork(resolve(folder, file), args);
  const { port } = await hear<{ port: number }>(server, 'port');
  const subscribers = fork(resolve(folder, 'subscribe.ts'), [`${port}`, `${SUBSCRIBERS}`]);
  await hear(subscribers, 'open');
  const offer = createChange(server);
  const sample = { text: '' };
  subscribers.on('message', (message: { arrived?: number; sample?: string }) => {
    if (message.arrived !== undefined) offer.arrived(message.arrived);
    sample.text = message.sample ?? sample.text;
  });
  const children = { server, subscribers };
  await offer.steadily(RATE, 2);
  const steady = await measure(`${what}, ${RATE} changes/s`, children, () => offer.steadily(RATE, SECONDS));
  const most = await measure(`${what}, as many as can be`, children, () => offer.closely(WINDOW, SECONDS));
  for (const child of [subscribers, server]) {
    child.disconnect();
    await once(child, 'exit');
  }
  return { steady, most, sample: sample.text };
}

const { server: api, personas } = await startPlayedCluster();
const put = (index: number, team: string) =>
  personas.put(`team-${index % 100}/application-${index}`, createPersonaFields(`application-${index}`, team));
for (let index = 0; index < PERSONAS; index += 1) put(index, 'none');
const stream = await run('stream', ['serve-stream.ts', api.url], () =>
  createOffer((number, mark) => {
    put(number % PERSONAS, mark);
    personas.history.length = 0;
  }),
);
await api.stop();
console.log(`a frame: ${Buffer.byteLength(stream.sample)} bytes; ${SUBSCRIBERS} subscribers`);
const bare = await run('bare loop', ['serve-bare.ts'], (server) =>
  createOffer(
    (_, mark) => void server.send({ frame: stream.sample.replace(/"team":"[^"]*"/, `"team":"${mark}"`) }),
  ),
);
const ratio = (of: 'steady' | 'most', figure: 'perSecond' | 'perCore') =>
  (stream[of][figure] / bare[of][figure]).toFixed(2);
console.log(
  `beside the bare loop: ${ratio('most', 'perSecond')} of its deliveries a second, ${ratio('most', 'perCore')} of those a core; at ${RATE} changes/s ${ratio('steady', 'perCore')} a core`,
);
