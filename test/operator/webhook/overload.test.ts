// E8: many calls a second beside callers who never finish. DORGU_OVERLOAD=full for 2,000/s over 10 s and 1,000 slow connections.
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { defaultLimits } from '../../../operator/webhook/load.ts';
import { formatHead, goodBody, ServedWebhook, type RawConnection } from './served-webhook.ts';

const isFull = process.env['DORGU_OVERLOAD'] === 'full';
const { perSecond, seconds, slowCallers, mostConnections } = isFull
  ? { perSecond: 2000, seconds: 10, slowCallers: 1000, mostConnections: 1000 }
  : { perSecond: 300, seconds: 2, slowCallers: 100, mostConnections: 120 };
/** Hardly more than the slow ones take: what comes at once beside them is near the edge. */
const loadLimits = { ...defaultLimits, mostRequests: slowCallers + 5 };
const tickMs = 20;
const mostGrowthMiB = 24;

function readHeldMiB(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

/** The most that was taken on at any time that was looked. */
class Watermark {
  readonly #webhook: ServedWebhook;
  requests = 0;
  connections = 0;

  constructor(webhook: ServedWebhook) {
    this.#webhook = webhook;
  }

  async look(): Promise<void> {
    const [requests, connections] = await Promise.all([
      this.#webhook.metric('controller_runtime_webhook_requests_in_flight{webhook="/validate-deployment"}'),
      this.#webhook.metric('dorgu_webhook_connections'),
    ]);
    this.requests = Math.max(this.requests, requests);
    this.connections = Math.max(this.connections, connections);
  }
}

/** As Go's client does where an idle connection was closed while it sent: once more, on another one. */
async function callAgain(webhook: ServedWebhook): Promise<number> {
  const told = await webhook.call(goodBody).catch(() => webhook.call(goodBody));
  return told.status;
}

describe('more calls than there should be (E8)', function () {
  this.timeout(180_000);

  it(`${perSecond}/s and ${slowCallers} slow connections: each call is answered with 200 or 503, requests and connections stay within their budget, memory is flat`, async () => {
    const webhook = await new ServedWebhook({ mostConnections, loadLimits }).start();
    const most = new Watermark(webhook);
    for (let count = 0; count < 500; count += 1) await webhook.call(goodBody);
    const before = readHeldMiB();
    const slow: RawConnection[] = [];
    while (slow.length < slowCallers) {
      const group = await Promise.all(Array.from({ length: 20 }, () => webhook.open()));
      for (const caller of group) caller.write(`${formatHead({ 'content-length': 50 })}{`);
      slow.push(...group);
      await most.look();
    }
    const calls: Promise<number>[] = [];
    const startedAt = performance.now();
    while (calls.length < perSecond * seconds) {
      const due = Math.min(perSecond * seconds, ((performance.now() - startedAt) / 1000) * perSecond);
      while (calls.length < due) calls.push(callAgain(webhook));
      await sleep(tickMs);
      await most.look();
    }
    const statuses = await Promise.all(calls);
    expect([...new Set(statuses)].filter((status) => status !== 200 && status !== 503)).to.deep.equal([]);
    expect(statuses).to.include(200);
    expect(most.connections).to.be.within(1, mostConnections);
    expect(most.requests).to.be.within(1, loadLimits.mostRequests);
    for (const { socket } of slow) socket.destroy();
    await Promise.all(slow.map(({ ended }) => ended));
    expect((await webhook.call(goodBody)).status).to.equal(200);
    calls.length = 0;
    slow.length = 0;
    expect(readHeldMiB() - before).to.be.below(mostGrowthMiB);
    await webhook.stop();
  });
});
