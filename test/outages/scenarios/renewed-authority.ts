// A10: the API server is signed by another CA, and the mounted file names it a while later.
import { writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultProxy } from '../../faults/fault-proxy.ts';
import type { Troupe } from '../expectation.ts';
import type { OperatorChild } from '../operator-child.ts';
import type { Account } from '../stage.ts';

/** As bad as it gets: for a while nobody has told the operator, and something changes meanwhile. Times from the file's being rewritten. */
export async function renewAuthority(
  proxy: FaultProxy,
  troupe: Troupe,
  operator: OperatorChild,
  { authorityFile }: Account,
  untoldMs: number,
): Promise<{ readyMs: number; rightMs: number }> {
  await troupe.untilRight(30_000);
  const begunAt = Date.now();
  const authority = await proxy.renewIdentity();
  await operator.untilReady(false, 10_000);
  try {
    await expectNothingWritten(troupe, begunAt + untoldMs);
    expect(operator.end).to.equal(undefined);
  } finally {
    // Whatever was found: the cases that follow need an operator that trusts its API server.
    await writeFile(authorityFile, authority);
  }
  const renewedAt = Date.now();
  const ready = operator.untilReady(true, 60_000);
  const rightAt = await troupe.untilRight(60_000);
  const readyAt = await ready;
  await troupe.writesSince(begunAt);
  return { readyMs: readyAt - renewedAt, rightMs: rightAt - renewedAt };
}

/** Until then, though something changes. */
async function expectNothingWritten(troupe: Troupe, untilMs: number): Promise<void> {
  // What was on its way when the connections were cut has come through or not by now.
  const untrustedAt = Date.now();
  await troupe.changeReady('app-12');
  await sleep(Math.max(0, untilMs - Date.now()));
  const writesBefore = await troupe.writesSince(untrustedAt);
  const told = writesBefore.map(({ key, atMs }) => `${key} ${atMs - untrustedAt} ms after that`);
  expect(told, 'written past a server that is not trusted').to.deep.equal([]);
}
