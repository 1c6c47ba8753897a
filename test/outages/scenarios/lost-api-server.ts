// A1: the API server is killed and comes back; what changes right then is seen, and nothing is invented.
import { expect } from 'chai';
import { setTimeout as sleep } from 'node:timers/promises';
import { listAbsences, type Troupe } from '../expectation.ts';
import type { OperatorChild } from '../operator-child.ts';
import type { Stage } from '../stage.ts';

/** Kills it for so long. Times in milliseconds, of the return from the first /readyz of the API server that was answered well. */
export async function loseApiServer(
  stage: Stage,
  troupe: Troupe,
  operator: OperatorChild,
  downMs: number,
): Promise<{ unreadyMs: number; resumedMs: number; rightMs: number; writes: number }> {
  const grown = `grown-${downMs}`;
  const gone = `gone-${downMs}`;
  const hurt = `hurt-${downMs}`;
  const fresh = `fresh-${downMs}`;
  await troupe.add(grown);
  await troupe.add(gone, 2);
  await troupe.add(hurt, 2);
  await troupe.untilRight(20_000);
  const lostAt = Date.now();
  await stage.apiServer.kill();
  const unreadyAt = await operator.untilReady(false, 10_000);
  await sleep(Math.max(0, lostAt + downMs - Date.now()));
  expect(operator.end).to.equal(undefined);
  await stage.apiServer.startAgain();
  const backAt = await stage.untilApiServerReady();
  const resumed = operator.untilReady(true, 30_000);
  await Promise.all([
    troupe.addDeployment(grown, 1),
    troupe.removeDeployment(gone),
    troupe.setReady(hurt, 0),
    troupe.add(fresh, 2),
  ]);
  const rightAt = await troupe.untilRight(30_000);
  const resumedAt = await resumed;
  const writes = await troupe.writesSince(lostAt);
  expect(listAbsences(writes), 'absences, invented but for these').to.have.members(
    listAbsences(writes).filter((name) => [gone, fresh].includes(name)),
  );
  const written = new Set(writes.map(({ persona }) => persona.metadata.name));
  expect([...written]).to.have.members([grown, gone, hurt, fresh]);
  return {
    unreadyMs: unreadyAt - lostAt,
    resumedMs: resumedAt - backAt,
    rightMs: rightAt - backAt,
    writes: writes.length,
  };
}
