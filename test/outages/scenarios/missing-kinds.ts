// A12 and A13: kinds that are not there, come, go and come back: our own, and Argo CD's.
import { expect } from 'chai';
import { installCrds } from '../../cluster/crds.ts';
import { argoApplicationKind } from '../../cluster/open-kind.ts';
import { waitUntil } from '../../cluster/wait-until.ts';
import { createTroupe, type Troupe } from '../expectation.ts';
import type { OperatorChild } from '../operator-child.ts';
import type { Stage } from '../stage.ts';

/** Installs our kinds under an operator that runs without, and makes a troupe. Times from the CRDs being established. */
export async function installLate(
  stage: Stage,
  operator: OperatorChild,
): Promise<{ troupe: Troupe; rightMs: number; before: string }> {
  const live = async () => ((await operator.askReady()).status === 0 ? undefined : true);
  await waitUntil('the operator to answer', live, { timeoutMs: 20_000 });
  const { status, text } = await operator.askReady();
  expect(operator.end).to.equal(undefined);
  await installCrds(stage.plane.kubectl);
  const installedAt = Date.now();
  const troupe = await createTroupe(stage, 'troupe', 30);
  const rightAt = await troupe.untilRight(60_000);
  await operator.untilReady(true, 30_000);
  return { troupe, rightMs: rightAt - installedAt, before: `${status} ${text.trim()}` };
}

const crds = ['applicationpersonas.dorgu.io', 'clusterpersonas.dorgu.io'];

/** Deletes our kinds, and with them all personas, and installs them again. */
export async function reinstall(
  stage: Stage,
  operator: OperatorChild,
): Promise<{ rightMs: number; requestsWhileGone: number }> {
  await stage.kubectl(['delete', 'crd', ...crds]);
  const goneAt = Date.now();
  await waitUntil('a while', () => Date.now() > goneAt + 5000 || undefined, { timeoutMs: 10_000 });
  const asked = (await stage.audit()).filter(
    ({ user, requestReceivedTimestamp }) =>
      user.username.startsWith('system:serviceaccount:') && Date.parse(requestReceivedTimestamp) > goneAt,
  );
  expect(operator.end).to.equal(undefined);
  await installCrds(stage.plane.kubectl);
  const installedAt = Date.now();
  const again = await createTroupe(stage, 'again', 5);
  const rightAt = await again.untilRight(60_000);
  return { rightMs: rightAt - installedAt, requestsWhileGone: asked.length };
}

/** Argo CD comes and goes; times from the kind's being established, and from its removal. */
export async function followArgo(
  stage: Stage,
  troupe: Troupe,
  operator: OperatorChild,
): Promise<{ onMs: number; offMs: number }> {
  await stage.kubectl(['apply', '-f', '-'], argoApplicationKind);
  const crd = `crd/${argoApplicationKind.metadata.name}`;
  await stage.kubectl(['wait', '--for=condition=Established', '--timeout=30s', crd]);
  const establishedAt = Date.now();
  await stage.kubectl(['apply', '-f', '-'], applicationOf('app-4'));
  await untilMirrored(stage, 'app-4', 'Synced', 20_000);
  const onMs = Date.now() - establishedAt;
  const removedAt = Date.now();
  await stage.kubectl(['delete', crd]);
  await untilMirrored(stage, 'app-4', '', 20_000);
  const offMs = Date.now() - removedAt;
  await operator.untilReady(true, 10_000);
  await troupe.untilRight(10_000);
  await troupe.writesSince(establishedAt);
  return { onMs, offMs };
}

async function untilMirrored(stage: Stage, name: string, sync: string, timeoutMs: number): Promise<void> {
  const path = [
    'get',
    'applicationpersona',
    name,
    '-n',
    'troupe',
    '-o',
    'jsonpath={.status.argoCD.syncStatus}',
  ];
  const find = async () => (await stage.kubectl(path)) === sync || undefined;
  await waitUntil(`argoCD of ${name} to be "${sync}"`, find, { timeoutMs });
}

function applicationOf(name: string): object {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace: 'default' },
    spec: {
      destination: { server: 'https://kubernetes.default.svc', namespace: 'troupe' },
      project: 'default',
      source: { repoURL: 'https://git.example/shop.git', path: name, targetRevision: 'main' },
    },
    status: {
      sync: { status: 'Synced', revision: 'abc1234' },
      health: { status: 'Healthy' },
      resources: [{ group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'troupe', name }],
    },
  };
}
