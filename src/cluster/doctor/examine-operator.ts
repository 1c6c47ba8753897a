// Whether an operator runs, of which version, and whether it leads.
import manifest from '../../../package.json' with { type: 'json' };
import { compareText } from '../../api/compare-text.ts';
import { fieldAt, textOf } from '../../api/foreign-fields.ts';
import type { KubeClient } from '../../kube/client.ts';
import { KubeError } from '../../kube/kube-error.ts';
import { listObjects } from '../../kube/list.ts';
import { findObject } from '../../kube/read.ts';
import { resources } from '../../kube/resources.ts';
import { findFailuresOfPod } from '../../status/pod-failure.ts';
import { formatCount } from '../../status/plain-text.ts';
import { operatorSelector } from '../follow/stream/find-stream-pods.ts';
import { isLeaseHeld, leases, operatorLeaseName } from '../operator-lease.ts';
import { admitIgnorance, fail, pass, warn, type Check } from './check.ts';
import type { Looking } from './examine-server.ts';
import type { InstalledOperator } from './find-operator.ts';
import { installCommand, toLogCommand } from './fixes.ts';

/** `operator`, of those that were found. @throws the signal's reason */
export async function examineOperator(
  client: KubeClient,
  operators: readonly InstalledOperator[],
  { now, signal }: Looking,
): Promise<Check> {
  const [operator] = operators;
  if (operator === undefined)
    return fail(
      'operator',
      'there is none in this cluster: personas are judged by this plugin alone, when it is run',
      installCommand,
    );
  if (operators.length > 1) {
    const places = operators.map(({ namespace }) => namespace).sort(compareText);
    return fail(
      'operator',
      `there are ${operators.length}, in ${places.join(' and ')}: they write the same statuses in turns`,
      `kubectl delete deployment ${operator.name} -n NAMESPACE of all but one`,
    );
  }
  try {
    return (
      (await examinePods(client, operator, { now, signal })) ??
      (await examineLeader(client, operator, { now, signal })) ??
      compareVersions(operator)
    );
  } catch (error) {
    return admitIgnorance('operator', error);
  }
}

/** What keeps its pods from being ready; undefined where nothing does. */
async function examinePods(
  client: KubeClient,
  { namespace, replicas }: InstalledOperator,
  { now, signal }: Looking,
): Promise<Check | undefined> {
  const { asked, ready } = replicas;
  if (asked === 0)
    return fail('operator', `it is scaled to nothing in ${namespace}`, `kubectl scale deployment -n ${namespace} dorgu-operator --replicas=2`); // prettier-ignore
  if (ready >= asked) return undefined;
  const pods = await listObjects(client, resources.pods, {
    namespace,
    labelSelector: operatorSelector,
    signal,
  });
  const [failure] = pods.flatMap((pod) => findFailuresOfPod(pod, new Date(now())));
  const why = failure === undefined ? '' : `: ${failure.reason} ${failure.message}`.trimEnd();
  const verdict = ready === 0 ? fail : warn;
  const text = `${ready} of ${formatCount(asked, 'replica')} ${ready === 1 ? 'is' : 'are'} ready in ${namespace}${why}`;
  return verdict('operator', text, toLogCommand(namespace));
}

/** Who is ready but does not lead writes nothing; undefined where one leads, or nobody may look. */
async function examineLeader(
  client: KubeClient,
  { namespace }: InstalledOperator,
  { now, signal }: Looking,
): Promise<Check | undefined> {
  const key = { namespace, name: operatorLeaseName };
  const lease = await findObject(client, leases, key, { signal }).catch((error: unknown) => {
    if (error instanceof KubeError && error.httpStatus === 403) return 'unseen' as const;
    throw error;
  });
  if (lease === 'unseen' || isLeaseHeld(lease, new Date(now()))) return undefined;
  const holder = textOf(fieldAt(lease, 'spec', 'holderIdentity'));
  const last = holder === '' ? '' : `; ${holder} was the last`;
  return fail(
    'operator',
    `its pods are ready in ${namespace}, but none leads${last}`,
    toLogCommand(namespace),
  );
}

/** One minor version apart is none too many: both sides ignore fields that they do not know. */
function compareVersions({ namespace, version, replicas, image }: InstalledOperator): Check {
  const ours = manifest.version;
  const where = `${formatCount(replicas.ready, 'replica')} in ${namespace}`;
  if (version === undefined) return pass('operator', `${where}, image ${image}`);
  if (version === ours) return pass('operator', `${version}, ${where}`);
  const isOlder = compareVersionNumbers(version, ours) < 0;
  return warn(
    'operator',
    `${version}, ${where}; this plugin is ${ours}: what only one of the two knows is not told`,
    isOlder ? installCommand : 'kubectl krew upgrade dorgu',
  );
}

function compareVersionNumbers(left: string, right: string): number {
  const [a, b] = [left, right].map((text) => text.split(/[.+-]/).slice(0, 3).map(Number));
  const at = [0, 1, 2].find((index) => a?.[index] !== b?.[index]);
  // The same numbers, another suffix: a pre-release goes before.
  return at === undefined ? right.length - left.length : (a?.[at] ?? 0) - (b?.[at] ?? 0);
}
