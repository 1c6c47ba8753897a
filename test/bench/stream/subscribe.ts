// Subscribers in a process of their own: `subscribe.ts PORT COUNT HOST` opens sockets, follows personas, and tells when each change has come to all of them.
import { connect, type TLSSocket } from 'node:tls';
import { createFrameReader, formatClientFrame, formatPong, formatUpgrade } from './frames.ts';

/** How a change is marked: its number, and when it was made, in microseconds of the machine's steady clock. */
const marks = /"team":"(\d+)-(\d+)"/g;

const [port = 0, count = 0] = process.argv.slice(2, 4).map(Number);
const host = process.argv[4] ?? 'localhost';
const arrivals = new Map<number, number>();
let latencies: number[] = [];
let passedOver = 0;
let sample: string | undefined;

/** One subscriber. Changes come to it in their order; those that it was not told of are in the state that it got instead. */
function createListener(): (payload: Buffer) => void {
  let last = -1;
  return (payload) => {
    // Marks are looked for as text: reading JSON is not what is measured.
    const text = payload.toString('latin1');
    const isEvent = text.startsWith('{"type":"event"');
    for (const [, number = '', madeAt = ''] of text.matchAll(marks)) {
      if (Number(number) <= last) continue;
      if (isEvent) latencies.push(Number(process.hrtime.bigint() / 1000n) - Number(madeAt));
      else passedOver += 1;
      while (last < Number(number)) countArrival((last += 1));
    }
    if (isEvent && sample === undefined) process.send?.({ sample: (sample = text) });
  };
}

function countArrival(number: number): void {
  const arrived = (arrivals.get(number) ?? 0) + 1;
  if (arrived < count) arrivals.set(number, arrived);
  else {
    arrivals.delete(number);
    process.send?.({ arrived: number });
  }
}

/** Resolves once its state has come; of a bare loop, once it has said hello. */
function open(index: number): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, servername: host, rejectUnauthorized: false });
    socket.setNoDelay(true);
    socket.once('secureConnect', () => socket.write(formatUpgrade(`user-${index}`, host)));
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('the server has hung up')));
    let head = '';
    let isFollowing = false;
    const hear = createListener();
    const take = (payload: Buffer): void => {
      const text = payload.subarray(0, 40).toString('latin1');
      if (text.startsWith('{"type":"hello"'))
        socket.write(formatClientFrame('{"type":"subscribe","topic":"personas"}'));
      else if (text.startsWith('{"type":"resync"') && !isFollowing) {
        isFollowing = true;
        resolve(socket);
      } else hear(payload);
    };
    const read = createFrameReader(take, (payload) => socket.write(formatPong(payload)));
    const onHead = (chunk: Buffer): void => {
      head += chunk.toString('latin1');
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      if (!head.startsWith('HTTP/1.1 101')) reject(new Error(head));
      socket.off('data', onHead);
      socket.on('data', read);
      if (head.length > end + 4) read(Buffer.from(head.slice(end + 4), 'latin1'));
    };
    socket.on('data', onHead);
  });
}

for (let index = 0; index < count; index += 20)
  await Promise.all(Array.from({ length: Math.min(20, count - index) }, (_, of) => open(index + of)));

process.on('message', (asked) => {
  if (asked === 'begin') {
    latencies = [];
    passedOver = 0;
    process.send?.({ begun: true });
  } else {
    const sorted = Float64Array.from(latencies).sort();
    const at = (share: number) => (sorted[Math.floor((sorted.length - 1) * share)] ?? NaN) / 1000;
    process.send?.({
      deliveries: latencies.length,
      passedOver,
      p50Ms: at(0.5),
      p99Ms: at(0.99),
      longestMs: at(1),
    });
  }
});
process.on('disconnect', () => process.exit(0));
process.send?.({ open: count });
