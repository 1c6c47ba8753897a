// A14, A8 and A9: a slow network that breaks now and then, a server that pushes back, and answers that refuse a status.
import { expect } from 'chai';
import { toStatus } from '../../faults/api-server.ts';
import type { FaultProxy, FaultRule } from '../../faults/fault-proxy.ts';
import { waitUntil } from '../../cluster/wait-until.ts';
import { readyReason } from '../applications.ts';
import type { Troupe } from '../expectation.ts';
import type { OperatorChild } from '../operator-child.ts';

const isStatusWrite = ({ method, url }: { method: string; url: URL }, name = ''): boolean =>
  method === 'PATCH' && url.pathname.endsWith(`${name}/status`);

/** Two seconds a call, 64 kB a second, every hundredth request cut: every persona changes, and every status follows. */
export async function crawl(
  proxy: FaultProxy,
  troupe: Troupe,
  operator: OperatorChild,
): Promise<{ keys: number; rightMs: number; breaks: number }> {
  const begunAt = Date.now();
  let requests = 0;
  let breaks = 0;
  const isBroken = () => {
    requests += 1;
    const isNow = requests % 100 === 10;
    breaks += isNow ? 1 : 0;
    return isNow;
  };
  proxy.script([
    { fits: isBroken, fault: { kind: 'reset' } },
    { fits: () => true, fault: { kind: 'slow', delayMs: 2000, bytesPerSecond: 65_536 } },
  ]);
  const names = [...troupe.truth].filter(([, ready]) => ready !== undefined).map(([name]) => name);
  for (const [index, name] of names.entries()) await troupe.setReady(name, index % 3);
  const changedAt = Date.now();
  const rightAt = await troupe.untilRight(120_000);
  expect(operator.end).to.equal(undefined);
  proxy.script([]);
  await troupe.writesSince(begunAt);
  return { keys: names.length, rightMs: rightAt - changedAt, breaks };
}

/** 429 with Retry-After to the first so many writes of each status: nobody comes back before the time, nor twice at once. */
export async function pushBack(
  proxy: FaultProxy,
  troupe: Troupe,
): Promise<{ rightMs: number; attempts: number; soonestRetryMs: number }> {
  const attempts: number[] = [];
  const note: FaultRule['fits'] = (request) => {
    if (isStatusWrite(request, 'app-6')) attempts.push(Date.now());
    return false;
  };
  const refusal = toStatus(429, 'TooManyRequests', 'the server is busy', { retryAfterSeconds: 2 });
  proxy.script([
    { fits: note, fault: { kind: 'reset' } },
    {
      fits: (request) => isStatusWrite(request, 'app-6'),
      fault: { kind: 'answer', status: 429, body: refusal, headers: { 'retry-after': '2' } },
      times: 2,
    },
  ]);
  await troupe.changeReady('app-6');
  const changedAt = Date.now();
  const rightAt = await troupe.untilRight(30_000);
  proxy.script([]);
  const gaps = attempts.slice(1).map((at, index) => at - (attempts[index] ?? 0));
  const soonestRetryMs = Math.min(...gaps.slice(0, 2));
  expect(attempts).to.have.length.greaterThan(2);
  expect(soonestRetryMs).to.be.greaterThan(1990);
  return { rightMs: rightAt - changedAt, attempts: attempts.length, soonestRetryMs };
}

/** One refusal of a status, so many times, then none: the status comes, and few are the attempts. */
export async function refuse(
  proxy: FaultProxy,
  troupe: Troupe,
  name: string,
  refusal: { status: number; reason: string; times: number },
): Promise<{ rightMs: number; attempts: number }> {
  let attempts = 0;
  const count: FaultRule['fits'] = (request) => {
    attempts += isStatusWrite(request, name) ? 1 : 0;
    return false;
  };
  const body = toStatus(refusal.status, refusal.reason, `status of ${name} refused`);
  proxy.script([
    { fits: count, fault: { kind: 'reset' } },
    {
      fits: (request) => isStatusWrite(request, name),
      fault: { kind: 'answer', status: refusal.status, body },
      times: refusal.times,
    },
  ]);
  const begunAt = Date.now();
  await troupe.changeReady(name);
  const rightAt = await troupe.untilRight(75_000);
  proxy.script([]);
  await troupe.writesSince(begunAt);
  return { rightMs: rightAt - begunAt, attempts };
}

/** The server will never take this status: that is said once, in a status that it does take, and it is not tried again and again. */
export async function refuseForGood(
  proxy: FaultProxy,
  troupe: Troupe,
  name: string,
  refusal: { status: number; reason: string },
): Promise<{ attempts: number; rightMs: number }> {
  let attempts = 0;
  const isFirst: FaultRule['fits'] = (request) => {
    if (!isStatusWrite(request, name)) return false;
    attempts += 1;
    return attempts === 1;
  };
  const body = toStatus(refusal.status, refusal.reason, `status of ${name} refused`);
  proxy.script([{ fits: isFirst, fault: { kind: 'answer', status: refusal.status, body } }]);
  const begunAt = Date.now();
  await troupe.changeReady(name);
  const find = async () =>
    (await troupe.writesSince(begunAt)).some(({ persona }) => readyReason(persona) === 'StatusRefused') ||
    undefined;
  await waitUntil('the refusal to be told', find, { timeoutMs: 20_000, intervalMs: 100 });
  const told = (await troupe.writesSince(begunAt)).filter(({ persona }) => persona.metadata.name === name);
  expect(told.map(({ persona }) => readyReason(persona))[0]).to.equal('StatusRefused');
  // The refused one, and what was said instead.
  expect(attempts).to.equal(2);
  const changedAt = Date.now();
  await troupe.changeReady(name);
  const rightAt = await troupe.untilRight(20_000);
  proxy.script([]);
  return { attempts, rightMs: rightAt - changedAt };
}
