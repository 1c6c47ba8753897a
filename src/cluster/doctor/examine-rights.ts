// What the user may do with personas, asked of the server beforehand.
import { fieldAt } from '../../api/foreign-fields.ts';
import { group } from '../../api/group-version.ts';
import type { KubeClient } from '../../kube/client.ts';
import { KubeError } from '../../kube/kube-error.ts';
import { admitIgnorance, fail, pass, warn, type Check } from './check.ts';

interface Right {
  verb: string;
  group: string;
  resource: string;
  /** What cannot be done without. */
  use: string;
}

/** Without the first of them nothing of a namespace can be shown. */
const needed: readonly Right[] = [
  { verb: 'list', group, resource: 'applicationpersonas', use: 'persona list, persona status' },
  { verb: 'watch', group, resource: 'applicationpersonas', use: 'persona watch' },
  { verb: 'patch', group, resource: 'applicationpersonas', use: 'persona apply' },
  { verb: 'list', group: 'apps', resource: 'deployments', use: 'judging what runs from here' },
  { verb: 'list', group: '', resource: 'pods', use: 'saying why an application is not up' },
];

/** `rights`, in the client's namespace. @throws the signal's reason */
export async function examineRights(
  client: KubeClient,
  { user, signal }: { user: string | undefined; signal: AbortSignal },
): Promise<Check> {
  const { namespace } = client;
  try {
    const answers = await Promise.all(needed.map((right) => isAllowed(client, right, signal)));
    const missing = needed.filter((_, index) => !answers[index]);
    const [first] = missing;
    if (first === undefined) return pass('rights', `personas of ${namespace} may be read and applied`);
    const list = missing.map(({ verb, resource, use }) => `${verb} ${resource} (for ${use})`).join(', ');
    const role = missing.some(({ verb }) => verb === 'patch') ? 'edit' : 'view';
    const verdict = first === needed[0] ? fail : warn;
    return verdict(
      'rights',
      `in ${namespace} this user may not ${list}`,
      `let an admin run: kubectl create rolebinding dorgu-${role} --clusterrole=${role} --user=${quote(user)} -n ${namespace}`,
    );
  } catch (error) {
    return admitIgnorance('rights', error);
  }
}

/** Names of users have colons and at signs, and blanks where a company likes them. */
function quote(user = 'NAME'): string {
  return /^[\w.:@/-]+$/.test(user) ? user : `'${user.replaceAll("'", String.raw`'\''`)}'`;
}

async function isAllowed(
  client: KubeClient,
  { verb, group: apiGroup, resource }: Right,
  signal: AbortSignal,
): Promise<boolean> {
  const resourceAttributes = { namespace: client.namespace, verb, group: apiGroup, resource };
  const { body } = await client.request({
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    body: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes },
    },
    signal,
  });
  if (fieldAt(body, 'status') === undefined)
    throw new KubeError('BrokenAnswer', 'the API server does not say what this user may do', {});
  return fieldAt(body, 'status', 'allowed') === true;
}
