// Which workloads are meant: one by name, those with certain labels, or all.
import { adoptedKinds, isAdopted } from '../../adoption/claim-names.ts';
import { compareText } from '../../api/compare-text.ts';
import { DorguError } from '../../api/errors.ts';
import { findNearest } from '../../api/nearest-word.ts';
import type { KubeClient } from '../../kube/client.ts';
import { KubeError } from '../../kube/kube-error.ts';
import { listPages } from '../../kube/list.ts';
import { resources, type Resource } from '../../kube/resources.ts';
import { explainSelectorError } from '../explain-selector-error.ts';
import { isMissingResource } from '../missing-resource.ts';
import type { Workload, WorkloadKind } from '../../workload/workload.ts';

/** kubectl's words for the kinds. */
const words: ReadonlyMap<string, WorkloadKind> = new Map([
  ...adoptedKinds.flatMap((kind) => {
    const word = kind.toLowerCase();
    return [
      [word, kind],
      [`${word}s`, kind],
      [`${word}.apps`, kind],
      [`${word}s.apps`, kind],
    ] as [string, WorkloadKind][];
  }),
  ['deploy', 'Deployment'],
  ['sts', 'StatefulSet'],
  ['ds', 'DaemonSet'],
  ['cj', 'CronJob'],
  ['ro', 'Rollout'],
]);

/** A workload's name, and its kind where it is given. */
export interface WorkloadName {
  kind?: WorkloadKind;
  name: string;
}

/** Reads `shop` or `deployment/shop`; undefined where the kind is none that can be imported. */
export function parseWorkloadName(text: string): WorkloadName | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) return { name: text };
  const kind = words.get(text.slice(0, slash).toLowerCase());
  const name = text.slice(slash + 1);
  return kind === undefined || name === '' || name.includes('/') ? undefined : { kind, name };
}

/** Whether the workload is the one of that name. */
export function isNamed(workload: Workload, { kind, name }: WorkloadName): boolean {
  return workload.name === name && (kind === undefined || workload.kind === kind);
}

const selectable: readonly Resource[] = [
  resources.deployments,
  resources.statefulSets,
  resources.daemonSets,
  resources.cronJobs,
  resources.argoRollouts,
];

/** UIDs of the workloads whose labels the selector selects: the API server reads it as kubectl's. @throws KubeError; BadFlagValue (usage) where it is none */
export async function findSelected(
  client: KubeClient,
  labelSelector: string,
  { namespace, signal }: { namespace?: string | undefined; signal?: AbortSignal | undefined },
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const options = { namespace, signal, labelSelector, isMetadataOnly: true };
  await Promise.all(
    selectable.map(async (resource) => {
      try {
        for await (const { items } of listPages(client, resource, options))
          for (const { metadata } of items) if (metadata.uid !== undefined) found.add(metadata.uid);
      } catch (error) {
        // What may not be listed is not read either, and said there.
        const isForbidden = error instanceof KubeError && error.httpStatus === 403;
        if (!isForbidden && !isMissingResource(error)) throw explainSelectorError(error);
      }
    }),
  );
  return found;
}

/** The error where nothing has the name, or what has it is not imported. */
export function createNoWorkloadError(
  { kind, name }: WorkloadName,
  namespace: string,
  workloads: readonly Workload[],
): DorguError {
  const shown = `${kind === undefined ? 'workload' : kind.toLowerCase()} ${JSON.stringify(name)}`;
  const [other] = workloads.filter((workload) => isNamed(workload, { name }));
  const adopted = [...new Set(workloads.filter(isAdopted).map((workload) => workload.name))].sort(
    compareText,
  );
  const near = findNearest(name, adopted);
  if (other !== undefined && near !== name)
    return new DorguError('NotImported', `${other.kind} ${JSON.stringify(name)} gets no persona of its own`, {
      hint: `personas are made for ${adoptedKinds.join(', ')} that no other workload has made`,
    });
  const hint =
    near === undefined
      ? `kubectl get deployments,statefulsets,daemonsets,cronjobs -n ${namespace} shows what there is`
      : `did you mean ${near}?`;
  return new DorguError('NotFound', `${shown} was not found in namespace ${JSON.stringify(namespace)}`, {
    hint,
  });
}
