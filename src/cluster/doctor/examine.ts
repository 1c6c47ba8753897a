// Everything that has to be right between this machine and a persona's status, looked at in one go.
import type { ConnectedClient } from '../../kube/client.ts';
import { KubeError } from '../../kube/kube-error.ts';
import { admitIgnorance, completeChecks, pass, type Check } from './check.ts';
import { examineKinds } from './examine-kinds.ts';
import { examineOperator } from './examine-operator.ts';
import { examineRights } from './examine-rights.ts';
import { examineServer, type Looking } from './examine-server.ts';
import { examineStream } from './examine-stream.ts';
import { examineWebhook } from './examine-webhook.ts';
import { findOperators, presumeOperator, type InstalledOperator } from './find-operator.ts';
import { examineOperatorRights, type ConnectAs } from './operator-rights.ts';

/** What is looked at, and by whom. */
export interface ExamineOptions extends Looking {
  /** Where the operator is; undefined: wherever it is found. */
  operatorNamespace: string | undefined;
  connectAs: ConnectAs;
}

/** One check for each name, in order. @throws the signal's reason */
export async function examine(client: ConnectedClient, options: ExamineOptions): Promise<Check[]> {
  const { checks: ofServer, user } = await examineServer(client, options);
  const checks = [describeKubeconfig(client), ...ofServer];
  const refused = checks.find(({ name, verdict }) => verdict === 'failed' && name !== 'clock');
  if (refused !== undefined) return completeChecks(checks);
  const [kinds, rights, others] = await Promise.all([
    examineKinds(client, options.signal),
    examineRights(client, { user, signal: options.signal }),
    examineInstallation(client, options),
  ]);
  return completeChecks([...checks, kinds, rights, ...others]);
}

function describeKubeconfig({ contextName, namespace }: ConnectedClient): Check {
  const context = contextName === undefined ? 'no context' : `context ${contextName}`;
  return pass('kubeconfig', `${context}, namespace ${namespace}`);
}

async function examineInstallation(client: ConnectedClient, options: ExamineOptions): Promise<Check[]> {
  const { operatorNamespace: namespace, signal } = options;
  let operators: InstalledOperator[];
  try {
    operators = await findOperators(client, { namespace, signal });
  } catch (error) {
    if (!(error instanceof KubeError)) throw error;
    return [
      admitIgnorance('operator', error),
      ...(await examineEdges(client, presumeOperator(namespace), options)),
    ];
  }
  const [operator] = operators;
  if (operator === undefined || operators.length > 1)
    return [await examineOperator(client, operators, options)];
  const [itself, rights, edges] = await Promise.all([
    examineOperator(client, operators, options),
    examineOperatorRights(operator, options),
    examineEdges(client, operator, options),
  ]);
  return [itself, rights, ...edges];
}

/** What others meet of an operator, also those who may not look at it. */
function examineEdges(
  client: ConnectedClient,
  operator: InstalledOperator,
  options: ExamineOptions,
): Promise<Check[]> {
  return Promise.all([examineWebhook(client, operator, options), examineStream(client, operator, options)]);
}
