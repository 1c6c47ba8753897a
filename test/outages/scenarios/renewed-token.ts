// A10: the token in the file is another one, and the old one is worth nothing any more.
import { writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import { waitUntil } from '../../cluster/wait-until.ts';
import type { Troupe } from '../expectation.ts';
import { operatorNamespace } from '../../cluster/operator-account.ts';
import type { OperatorChild } from '../operator-child.ts';
import { issueToken, type Account, type Stage } from '../stage.ts';

/**
 * The old one is withdrawn first (its Secret is deleted), then a change comes, then the new one is in the file: as bad as it gets. Time from the
 * rewritten file.
 */
export async function renewToken(
  stage: Stage,
  troupe: Troupe,
  operator: OperatorChild,
  account: Account,
): Promise<{ backMs: number }> {
  await troupe.untilRight(30_000);
  const begunAt = Date.now();
  await stage.kubectl(['delete', 'secret', account.boundTo, '-n', operatorNamespace]);
  const askWho = async () =>
    stage.kubectl(['--kubeconfig', account.kubeconfig, 'auth', 'whoami']).then(
      () => undefined,
      () => true,
    );
  await waitUntil('the old token to be worth nothing', askWho, { timeoutMs: 30_000, intervalMs: 250 });
  await troupe.changeReady('app-5');
  const { token, id } = await issueToken(stage.kubectl, `${account.boundTo}-renewed`);
  await writeFile(account.tokenFile, token);
  const renewedAt = Date.now();
  const rightAt = await troupe.untilRight(90_000);
  expect(operator.end).to.equal(undefined);
  const writes = await troupe.writesSince(begunAt);
  expect(writes.map(({ tokenId }) => tokenId)).to.deep.equal(writes.map(() => id));
  return { backMs: rightAt - renewedAt };
}
