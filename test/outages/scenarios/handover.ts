// C4 and C1: the leader leaves, or stands still; the standby leads, and never do two write.
import { expect } from 'chai';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from '../../cluster/wait-until.ts';
import type { Troupe } from '../expectation.ts';
import { findTrespasses, listAcquisitions, type Acquisition } from '../lease-writes.ts';
import type { OperatorChild } from '../operator-child.ts';
import type { Account, Stage } from '../stage.ts';

/** A replica and who it is. */
export interface Replica {
  account: Account;
  operator: OperatorChild;
}

/** Starts one; resolves once it is ready. */
export async function startReplica(stage: Stage, name: string, clockOffsetMs = 0): Promise<Replica> {
  const account = await stage.issueAccount(name);
  const operator = await stage.startOperator(account, ['--leader-elect'], clockOffsetMs);
  await operator.untilReady(true, 30_000);
  return { account, operator };
}

/** Resolves with when this replica has come to lead. */
export async function untilLeading(stage: Stage, { account }: Replica, timeoutMs: number): Promise<number> {
  const find = async () => {
    const last = listAcquisitions(await stage.audit()).at(-1);
    return last?.tokenId === account.tokenId ? last.atMs : undefined;
  };
  return waitUntil('the other to lead', find, { timeoutMs, intervalMs: 100 });
}

/** SIGTERM in the middle of work. */
export async function terminateLeader(
  stage: Stage,
  troupe: Troupe,
  leader: Replica,
  standby: Replica,
): Promise<{ exitMs: number; leadsMs: number; rightMs: number }> {
  await untilLeading(stage, leader, 20_000);
  await troupe.untilRight(30_000);
  const begunAt = Date.now();
  const work = churn(troupe, begunAt + 1500);
  await sleep(200);
  const termAt = Date.now();
  const { end, ms: exitMs } = await leader.operator.terminate();
  expect(end).to.equal('exit code 0');
  expect(exitMs).to.be.lessThan(5000);
  const leadsAt = await untilLeading(stage, standby, 20_000);
  const acquisitions = listAcquisitions(await stage.audit()).filter(({ atMs }) => atMs >= termAt);
  expect(namesOf(acquisitions, leader, standby), 'released, then taken').to.deep.equal(['nobody', 'standby']);
  await work;
  const doneAt = Date.now();
  const rightAt = await troupe.untilRight(20_000);
  await troupe.writesSince(begunAt);
  expect(findTrespasses(await stage.audit())).to.deep.equal([]);
  return { exitMs, leadsMs: leadsAt - termAt - exitMs, rightMs: Math.max(0, rightAt - doneAt) };
}

/** SIGSTOP in the middle of work, SIGCONT after so long. */
export async function stopLeader(
  stage: Stage,
  troupe: Troupe,
  leader: Replica,
  standby: Replica,
  stoppedMs: number,
): Promise<{ leadsMs: number; rightMs: number; trespasses: number }> {
  await untilLeading(stage, leader, 20_000);
  await troupe.untilRight(30_000);
  const begunAt = Date.now();
  const work = churn(troupe, begunAt + stoppedMs + 5000);
  await sleep(500);
  const stoppedAt = Date.now();
  leader.operator.pause();
  const leadsAt = await untilLeading(stage, standby, 30_000);
  await sleep(Math.max(0, stoppedAt + stoppedMs - Date.now()));
  leader.operator.resume();
  await work;
  const doneAt = Date.now();
  const rightAt = await troupe.untilRight(20_000);
  await leader.operator.untilReady(true, 30_000);
  await troupe.writesSince(begunAt);
  const trespasses = findTrespasses(await stage.audit());
  expect(trespasses).to.deep.equal([]);
  const later = listAcquisitions(await stage.audit()).filter(({ atMs }) => atMs >= stoppedAt);
  expect(namesOf(later, leader, standby), 'the old one does not snatch it back').to.deep.equal(['standby']);
  return { leadsMs: leadsAt - stoppedAt, rightMs: Math.max(0, rightAt - doneAt), trespasses: 0 };
}

function namesOf(acquisitions: readonly Acquisition[], leader: Replica, standby: Replica): string[] {
  const names = new Map([
    ['', 'nobody'],
    [leader.account.tokenId, 'leader'],
    [standby.account.tokenId, 'standby'],
  ]);
  return acquisitions.map(({ tokenId }) => names.get(tokenId) ?? tokenId);
}

/** Replicas come and go until then, so that there is always something to write. */
export async function churn(troupe: Troupe, untilMs: number): Promise<void> {
  const names = [...troupe.truth].filter(([, ready]) => ready !== undefined).map(([name]) => name);
  for (let turn = 0; Date.now() < untilMs; turn += 1) {
    const name = names[turn % names.length] ?? '';
    await troupe.setReady(name, turn % 3);
    await sleep(20);
  }
}
