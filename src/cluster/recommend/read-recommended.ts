// The advice that an operator has written into personas, without asking any Prometheus.
import type { ApplicationPersona } from '../../api/personas.ts';
import type { KubeClient } from '../../kube/client.ts';
import { listPages } from '../../kube/list.ts';
import { resources } from '../../kube/resources.ts';
import { countReplicas, findTeam, type ChosenWorkload } from './choose-workloads.ts';
import { sortAdvice, sortAdvised } from './order-advice.ts';
import { readAdvice } from './read-advice.ts';
import type { AdvisedWorkload, RecommendReport } from './recommended.ts';
import { selectWorkloads, type Selected, type Selection } from './select-workloads.ts';
import { explainSilence } from './silence.ts';

/** @throws as {@link selectWorkloads} does; DorguError Preflight where the cluster lacks our CRDs, KubeError where personas may not be read */
export async function readRecommended(client: KubeClient, selection: Selection): Promise<RecommendReport> {
  const selected = await selectWorkloads(client, selection);
  if (selected.views.every(({ personas }) => personas.length === 0)) {
    // Once more and by itself, so that the server says why: no right, or no such kind.
    const { namespace, signal } = selection;
    await listPages(client, resources.applicationPersonas, { namespace, limit: 1, signal }).next();
  }
  return toReport(selected, selection);
}

/** Pure. */
export function toReport(
  { views, chosen, unseen }: Selected,
  { name, labelSelector }: Pick<Selection, 'name' | 'labelSelector'>,
): RecommendReport {
  const workloads = chosen.flatMap(toAdvised);
  const speaking = new Set(workloads.flatMap(({ namespace, personas }) => personas.map((one) => `${namespace}/${one}`))); // prettier-ignore
  const isWhole = name === undefined && labelSelector === undefined;
  const asked = isWhole
    ? views.flatMap(({ personas }) => personas)
    : [...new Set(chosen.flatMap(({ personas }) => personas)), ...listNamed(views, name?.name)];
  return {
    origin: 'personas',
    workloads: sortAdvised(workloads),
    silences: [...new Set(asked)]
      .filter(({ metadata }) => !speaking.has(`${metadata.namespace ?? ''}/${metadata.name}`))
      .map(explainSilence),
    count: chosen.length,
    withoutPersona: chosen.filter(({ personas }) => personas.length === 0).length,
    unseen,
  };
}

/** A persona that was named is answered for, even where no workload belongs to it. */
function listNamed(views: Selected['views'], name: string | undefined): ApplicationPersona[] {
  if (name === undefined) return [];
  return views.flatMap(({ personas }) => personas.filter(({ metadata }) => metadata.name === name));
}

function toAdvised(chosen: ChosenWorkload): AdvisedWorkload[] {
  const { view, workload, personas } = chosen;
  const advice = personas.flatMap(({ status }) => readAdvice(status?.recommendations ?? [], workload));
  if (advice.length === 0) return [];
  return [
    {
      namespace: view.namespace,
      workload,
      personas: personas.map(({ metadata }) => metadata.name),
      team: findTeam(chosen),
      replicas: countReplicas(workload),
      advice: sortAdvice(advice, workload),
      replay: undefined,
    },
  ];
}
