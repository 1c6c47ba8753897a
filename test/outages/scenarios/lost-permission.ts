// A11: one permission is taken away live, and given back.
import { expect } from 'chai';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from '../../cluster/wait-until.ts';
import type { Troupe } from '../expectation.ts';
import { listAbsences } from '../expectation.ts';
import type { OperatorChild } from '../operator-child.ts';
import type { Stage } from '../stage.ts';

const roleName = 'dorgu-operator';

interface Rule {
  apiGroups: string[];
  /** Missing where the rule is about URLs. */
  resources?: string[];
  verbs: string[];
}

interface Role {
  metadata: { name: string; managedFields?: unknown; resourceVersion?: string };
  /** Missing where others are aggregated. */
  rules?: Rule[];
}

/** Takes verbs of one resource out of the operator's ClusterRole; returns what puts them back. */
export async function withdraw(
  stage: Stage,
  resource: string,
  verbs: readonly string[],
): Promise<() => Promise<void>> {
  const { items } = JSON.parse(await stage.kubectl(['get', 'clusterroles', '-o', 'json'])) as {
    items: Role[];
  };
  const isMeant = ({ resources, verbs: given }: Rule) =>
    resources?.includes(resource) === true && verbs.every((verb) => given.includes(verb));
  const role = items.find(({ metadata, rules }) => metadata.name === roleName && rules?.some(isMeant));
  if (role?.rules === undefined) throw new Error(`${roleName} lets nobody ${verbs.join(', ')} ${resource}`);
  const { rules } = role;
  const write = async (next: Rule[]): Promise<void> => {
    const patch = JSON.stringify({ rules: next });
    await stage.kubectl(['patch', 'clusterrole', roleName, '--type=merge', '-p', patch]);
  };
  await write(rules.flatMap((rule) => (isMeant(rule) ? splitRule(rule, resource, verbs) : [rule])));
  return () => write(rules);
}

/** The rule for its other resources, and what is left for this one. */
function splitRule(rule: Rule, resource: string, verbs: readonly string[]): Rule[] {
  const { resources = [] } = rule;
  const others = { ...rule, resources: resources.filter((name) => name !== resource) };
  const rest = { ...rule, resources: [resource], verbs: rule.verbs.filter((verb) => !verbs.includes(verb)) };
  return [others, rest].filter((part) => part.resources.length > 0 && part.verbs.length > 0);
}

/** Statuses may not be written for a while: nothing crashes, and all are right soon after. */
export async function loseWriting(
  stage: Stage,
  troupe: Troupe,
  operator: OperatorChild,
): Promise<{ backMs: number }> {
  await troupe.untilRight(30_000);
  const restore = await withdraw(stage, 'applicationpersonas/status', ['patch']);
  const begunAt = Date.now();
  await troupe.changeReady('app-2');
  await untilRefused(stage, begunAt, 'applicationpersonas');
  expect(operator.end).to.equal(undefined);
  await restore();
  const restoredAt = Date.now();
  const rightAt = await troupe.untilRight(60_000);
  await troupe.writesSince(begunAt);
  return { backMs: rightAt - restoredAt };
}

/** Deployments may not be watched for a while, noticed when the server restarts: what was known stays, what is new comes later. */
export async function loseReading(
  stage: Stage,
  troupe: Troupe,
  operator: OperatorChild,
): Promise<{ backMs: number }> {
  await troupe.untilRight(30_000);
  const restore = await withdraw(stage, 'deployments', ['list', 'watch']);
  const begunAt = Date.now();
  await stage.apiServer.kill();
  await stage.apiServer.startAgain();
  await stage.untilApiServerReady();
  const refusal = /"Watch fails".*deployments.*is forbidden/;
  const isTold = async () => refusal.test(await operator.log()) || undefined;
  await waitUntil('the log to name Deployments', isTold, { timeoutMs: 45_000 });
  // That one thing may not be read does not make the whole of it unready.
  await operator.untilReady(true, 20_000);
  await troupe.changeReady('app-3');
  // The rest goes on: a persona that changes is judged by what was known.
  await troupe.revise('app-4');
  await troupe.untilRight(10_000, ['app-4']);
  // Long enough for the pauses between the attempts to grow.
  await sleep(15_000);
  expect(operator.end).to.equal(undefined);
  await restore();
  const restoredAt = Date.now();
  const rightAt = await troupe.untilRight(60_000);
  expect(listAbsences(await troupe.writesSince(begunAt)), 'absences invented').to.deep.equal([]);
  return { backMs: rightAt - restoredAt };
}

async function untilRefused(stage: Stage, sinceMs: number, resource: string): Promise<void> {
  const find = async () => {
    const entries = await stage.audit();
    const isRefusal = entries.some(
      ({ objectRef, responseStatus, requestReceivedTimestamp, user }) =>
        objectRef?.resource === resource &&
        responseStatus?.code === 403 &&
        user.username.startsWith('system:serviceaccount:') &&
        Date.parse(requestReceivedTimestamp) >= sinceMs,
    );
    return isRefusal || undefined;
  };
  await waitUntil(`a refusal of ${resource}`, find, { timeoutMs: 45_000, intervalMs: 100 });
}
