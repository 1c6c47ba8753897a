// What kubectl itself shows with somebody's kubeconfig: `kubectl get`, where `kubectl auth can-i` says that they may watch it as well.
import type { Resource } from '../../../src/kube/resources.ts';
import type { Interest } from '../../../src/protocol/messages.ts';
import { runKubectl, type KubectlTarget } from '../../cluster/kubectl.ts';
import type { Lister, Listed } from './sights.ts';

/** By processes of kubectl, one after the other. */
export function createKubectlLister(target: KubectlTarget): Lister {
  return async (resource, interest, nameField) => {
    const kind = nameOf(resource);
    const place = toPlace(resource, interest);
    const selection = toSelection(interest, nameField);
    // A right to one object by its name is a right to the list that asks for that name, and no other.
    const isNamed = interest.name !== undefined && nameField === 'metadata.name';
    const object = isNamed ? `${kind}/${interest.name}` : kind;
    const { stdout, stderr, code } = await runKubectl(target, [
      'get',
      kind,
      ...place,
      ...selection,
      '-o',
      'json',
    ]);
    const isListed = code === 0;
    if (!isListed && !stderr.includes('(Forbidden)')) throw new Error(`kubectl get ${kind}: ${stderr}`);
    const mayList = await canI(target, 'list', object, place);
    if (mayList !== isListed)
      throw new Error(`kubectl get and kubectl auth can-i disagree on ${object} ${place.join(' ')}`);
    if (!isListed || !(await canI(target, 'watch', object, place))) return 'refused';
    return (JSON.parse(stdout) as { items: Listed }).items;
  };
}

function toPlace({ isNamespaced }: Resource, { namespace }: Interest): string[] {
  if (!isNamespaced) return [];
  return namespace === undefined ? ['-A'] : ['-n', namespace];
}

function toSelection({ name, labelSelector }: Interest, nameField: string): string[] {
  return [
    ...(labelSelector === undefined ? [] : ['-l', labelSelector]),
    ...(name === undefined ? [] : ['--field-selector', `${nameField}=${name}`]),
  ];
}

async function canI(
  target: KubectlTarget,
  verb: string,
  object: string,
  place: readonly string[],
): Promise<boolean> {
  const { stdout, stderr } = await runKubectl(target, ['auth', 'can-i', verb, object, ...place]);
  const answer = stdout.trim();
  if (!/^(yes|no)\b/.test(answer)) throw new Error(`kubectl auth can-i ${verb} ${object}: ${stderr}`);
  return answer.startsWith('yes');
}

function nameOf({ plural, group }: Resource): string {
  return group === '' ? plural : `${plural}.${group}`;
}
