// A2 and A4: the API server or etcd stands still, its sockets open; then it goes on as if nothing had been.
import { expect } from 'chai';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ControlledProgram } from '../../cluster/control-plane.ts';
import type { Troupe } from '../expectation.ts';
import { findTrespasses } from '../lease-writes.ts';
import type { OperatorChild } from '../operator-child.ts';
import type { Stage } from '../stage.ts';
import { churn } from './handover.ts';

/** Stops the program in the middle of work, for so long. Times from the API server's first good /readyz afterwards. */
export async function freezeProgram(
  stage: Stage,
  troupe: Troupe,
  operator: OperatorChild,
  program: ControlledProgram,
  frozenMs: number,
): Promise<{ unreadyMs: number | undefined; readyMs: number; rightMs: number; writes: number }> {
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
  return {
    unreadyMs: unreadyAt === undefined ? undefined : unreadyAt - frozenAt,
    readyMs: Math.max(0, readyAt - backAt),
    rightMs: rightAt - backAt,
    writes: writes.length,
  };
}
