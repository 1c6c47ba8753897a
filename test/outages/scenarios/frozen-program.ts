// A2 and A4: the API server, etcd or what stands between stands still, its sockets open; then it goes on as if nothing had been.
import { expect } from 'chai';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Troupe } from '../expectation.ts';
import { findTrespasses } from '../lease-writes.ts';
import type { OperatorChild } from '../operator-child.ts';
import type { Stage } from '../stage.ts';
import { churn } from './handover.ts';

/** Whatever can stand still. */
export interface Freezable {
  pause(): void;
  resume(): void;
}

/** How the operator took it, in milliseconds. */
export interface FreezeFigures {
  /** From the freezing to the first /readyz that was not 200; undefined: it was ready all the time. */
  unreadyMs: number | undefined;
  /** From the freezing to the first watch that was given up for its silence. */
  foundMs: number | undefined;
  /** From the API server's first good /readyz afterwards. */
  readyMs: number;
  rightMs: number;
  writes: number;
}

/** Stops it in the middle of work, for so long. */
export async function freezeProgram(
  stage: Stage,
  troupe: Troupe,
  operator: OperatorChild,
  program: Freezable,
  frozenMs: number,
): Promise<FreezeFigures> {
  await troupe.untilRight(30_000);
  const begunAt = Date.now();
  await churn(troupe, begunAt + 700);
  program.pause();
  const frozenAt = Date.now();
  let unreadyAt: number | undefined;
  while (Date.now() < frozenAt + frozenMs) {
    expect(operator.end).to.equal(undefined);
    if ((await operator.askReady()).status !== 200) unreadyAt ??= Date.now();
    await sleep(50);
  }
  program.resume();
  const backAt = await stage.untilApiServerReady();
  const ready = operator.untilReady(true, 60_000);
  await troupe.setReady('app-0', 1);
  await troupe.removeDeployment('app-1');
  const rightAt = await troupe.untilRight(60_000);
  const readyAt = await ready;
  const writes = await troupe.writesSince(begunAt);
  expect(findTrespasses(await stage.audit())).to.deep.equal([]);
  await troupe.addDeployment('app-1', 2);
  await troupe.untilRight(10_000);
  const foundAt = await findSilence(operator, frozenAt);
  return {
    unreadyMs: unreadyAt === undefined ? undefined : unreadyAt - frozenAt,
    foundMs: foundAt === undefined ? undefined : foundAt - frozenAt,
    readyMs: Math.max(0, readyAt - backAt),
    rightMs: rightAt - backAt,
    writes: writes.length,
  };
}

/** As {@link freezeProgram}, of what answers calls: unready within ten seconds, and every silent watch given up within 75. */
export async function freezeWhatAnswers(...of: Parameters<typeof freezeProgram>): Promise<FreezeFigures> {
  const figures = await freezeProgram(...of);
  const [, , , , frozenMs] = of;
  expect(figures.unreadyMs, 'unready, from the freezing').to.be.below(10_000);
  if (frozenMs > 75_000) expect(figures.foundMs, 'silence found').to.be.below(75_000);
  return figures;
}

async function findSilence(operator: OperatorChild, sinceMs: number): Promise<number | undefined> {
  const lines = (await operator.log()).split('\n').filter((line) => line.includes('"Watch fails"'));
  const told = lines
    .map((line) => JSON.parse(line) as { time: string; reason?: string })
    .filter(({ reason = '', time }) => /nothing came for/.test(reason) && Date.parse(time) > sinceMs)
    .map(({ time }) => Date.parse(time));
  return told.length === 0 ? undefined : Math.min(...told);
}
