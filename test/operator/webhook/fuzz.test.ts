// Bodies that nobody means: bytes changed, values exchanged. DORGU_FUZZ_BODIES=1000000 for more of them; memory is held to a bound.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import type { Answer } from '../../../operator/webhook/answer-body.ts';
import { createRandom } from '../../random.ts';
import { createDeployment, createPersona } from '../objects.ts';
import { ServedWebhook } from './served-webhook.ts';
import { formatReview, toRequest, toScaleRequest, World } from './world.ts';

const bodies = Number(process.env['DORGU_FUZZ_BODIES'] ?? 100_000);
/** One in so many has its values exchanged instead of its bytes, one in so many goes over a socket. */
const oneExchanged = 40;
const oneSent = 100;
const mostGrowthMiB = 16;

/** What is held, in MiB: what nobody holds any more is collected first. */
function readHeldMiB(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

const random = createRandom(20_261_123);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

const plain = createDeployment('shop', { annotations: { 'dorgu.io/replicas': 'hpa' } });
const seeds = [
  toRequest(plain),
  toRequest(plain, createDeployment('shop')),
  toScaleRequest('shop', 3, 1),
].map(formatReview);
const oddities = [null, true, 0, -1, 1e300, '', '__proto__', '\u202e\u0000', 'abc', '1e999', [], {}, [[]], { a: {} }, 'x'.repeat(300)]; // prettier-ignore

/** A few bytes changed, taken out or put in. */
function changeBytes(text: string): Buffer {
  const body = Buffer.from(text);
  for (let count = 1 + Math.floor(random() * 4); count > 0; count -= 1)
    body[Math.floor(random() * body.length)] = Math.floor(random() * 256);
  return random() < 0.2 ? body.subarray(0, Math.floor(random() * body.length)) : body;
}

/** Some values exchanged for others, so that it stays JSON. */
function exchangeValues(text: string): Buffer {
  const value = JSON.parse(text, (_, one: unknown) =>
    random() < 0.02 ? structuredClone(pick(oddities)) : one,
  ) as unknown;
  return Buffer.from(JSON.stringify(value));
}

function createBody(index: number): Buffer {
  const seed = pick(seeds);
  return index % oneExchanged === 0 ? exchangeValues(seed) : changeBytes(seed);
}

describe('bodies that nobody means (E1, E2)', function () {
  this.timeout(Math.max(120_000, bodies * 3));

  it(`get an answer of HTTP and no fault: ${bodies} of them, memory as before`, () => {
    const world = new World()
      .persona(createPersona('shop', { scaling: { minReplicas: 2 } }))
      .workload(createDeployment('shop'));
    const seen = new Map<string, number>();
    const look = ({ status, outcome }: Answer) =>
      void seen.set(`${status} ${outcome}`, (seen.get(`${status} ${outcome}`) ?? 0) + 1);
    const warmUp = Math.floor(bodies / 10);
    let before = 0;
    for (let index = 0; index < bodies; index += 1) {
      if (index === warmUp) before = readHeldMiB();
      const body = createBody(index);
      look(world.answer(body, pick(['advisory', 'enforcing'])));
    }
    expect(world.faults).to.deep.equal([]);
    expect([...seen.keys()]).to.include.members(['400 malformed', '200 denied', '200 warned', '200 no-opinion']); // prettier-ignore
    for (const key of seen.keys()) expect(key).to.match(/^(400 malformed|200 [a-z-]+)$/);
    expect(readHeldMiB() - before).to.be.below(mostGrowthMiB);
  });

  it(`get it over a socket as well: ${bodies / oneSent} of them`, async () => {
    const webhook = await new ServedWebhook().start();
    for (let sent = 0; sent < bodies / oneSent; sent += 20) {
      const group = Array.from({ length: 20 }, (_, index) => webhook.call(createBody(sent + index)));
      for (const { status } of await Promise.all(group)) expect(status).to.be.oneOf([200, 400]);
    }
    const faults = webhook.logger.lines.filter(({ level }) => level === 'error');
    expect(faults).to.deep.equal([]);
    await webhook.stop();
  });
});
