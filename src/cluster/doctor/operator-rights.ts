// What the operator's account may do, beside what it needs: one question for all of it, asked in its name.
import { fieldAt, listOf, textOf } from '../../api/foreign-fields.ts';
import type { KubeClient } from '../../kube/client.ts';
import { KubeError } from '../../kube/kube-error.ts';
import { admitIgnorance, fail, pass, type Check } from './check.ts';
import type { InstalledOperator } from './find-operator.ts';
import { installCommand } from './fixes.ts';
import { neededRights, type NeededRight } from './generated/needed-rights.ts';

/** Connects as somebody else. */
export type ConnectAs = (user: string) => Promise<KubeClient>;

/** `operator-rights`; unknown to those who may not act in its name. @throws the signal's reason */
export async function examineOperatorRights(
  { namespace, serviceAccount, hasWebhook }: InstalledOperator,
  { connectAs, signal }: { connectAs: ConnectAs; signal: AbortSignal },
): Promise<Check> {
  const account = `system:serviceaccount:${namespace}:${serviceAccount}`;
  const needed = neededRights.filter(({ group }) => hasWebhook || group !== 'admissionregistration.k8s.io');
  try {
    const client = await connectAs(account);
    const places = [...new Set(needed.map((right) => right.namespace ?? namespace))];
    const rules = new Map(
      await Promise.all(
        places.map(async (place) => [place, await listRules(client, place, signal)] as const),
      ),
    );
    const missing = needed.flatMap((right) => {
      const verbs = right.verbs.filter(
        (verb) => !isGranted(rules.get(right.namespace ?? namespace) ?? [], right, verb),
      );
      return verbs.length === 0 ? [] : [{ ...right, verbs }];
    });
    return describe(missing, account);
  } catch (error) {
    if (error instanceof KubeError && error.httpStatus === 403)
      return {
        name: 'operator-rights',
        verdict: 'unknown',
        message: `only who may impersonate ${account} can ask for its rights`,
      };
    return admitIgnorance('operator-rights', error);
  }
}

async function listRules(
  client: KubeClient,
  namespace: string,
  signal: AbortSignal,
): Promise<readonly unknown[]> {
  const { body } = await client.request({
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
    body: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectRulesReview',
      spec: { namespace },
    },
    signal,
  });
  return listOf(fieldAt(body, 'status', 'resourceRules'));
}

/** As RBAC matches: one rule has to allow it whole. */
function isGranted(
  rules: readonly unknown[],
  { group, resource, names = [] }: NeededRight,
  verb: string,
): boolean {
  return rules.some((rule) => {
    const has = (field: string, value: string) =>
      listOf(fieldAt(rule, field)).some((one) => one === value || one === '*');
    const held = listOf(fieldAt(rule, 'resourceNames')).map(textOf);
    const coversNames = held.length === 0 || (names.length > 0 && names.every((name) => held.includes(name)));
    return has('verbs', verb) && has('apiGroups', group) && has('resources', resource) && coversNames;
  });
}

function describe(missing: readonly NeededRight[], account: string): Check {
  const [first, ...others] = missing;
  if (first === undefined) return pass('operator-rights', `${account} may do what the operator does`);
  const { verbs, resource, group, why } = first;
  const what = `${verbs.join(', ')} ${resource}${group === '' ? '' : `.${group}`}`;
  const more = others.length === 0 ? '' : `; ${others.length} more`;
  return fail('operator-rights', `${account} may not ${what} (${why})${more}`, installCommand);
}
