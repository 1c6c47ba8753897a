// The labelled lines above the tables: version and platform, who says so, the ClusterPersona, the nodes.
import { freshForMs, type ClusterDescription } from '../../../cluster/discover-description.ts';
import { installCrdsCommand } from '../../../kube/discovery.ts';
import { parseInstant } from '../../../status/plain-text.ts';
import { formatAgeOf } from '../../../ui/age.ts';
import type { Row } from '../../persona/status/screen-model.ts';
import { listNodeRows } from './node-rows.ts';

/** In their order. */
export function listClusterRows(description: ClusterDescription, now: Date): Row[] {
  return [
    { label: 'Kubernetes', main: describeVersion(description, now) },
    ...listJudgeRow(description, now),
    ...listPersonaRow(description),
    ...listNodeRows(description),
  ];
}

function describeVersion({ status, judgedBy }: ClusterDescription, now: Date): string {
  const { kubernetesVersion = 'of an unknown version', platform, lastDiscovery } = status;
  const place = platform === undefined ? '' : ` on ${platform}`;
  const when = judgedBy === 'cluster' ? 'asked just now' : describeAge(lastDiscovery, now);
  return `${kubernetesVersion}${place}, ${when}`;
}

/** An operator that has nothing new to say writes nothing: what is old and still counts has not changed since. */
function describeAge(lastDiscovery: string | undefined, now: Date): string {
  const age = formatAgeOf(lastDiscovery, now) ?? 'some time';
  const atMs = parseInstant(lastDiscovery) ?? now.getTime();
  return now.getTime() - atMs <= freshForMs ? `discovered ${age} ago` : `unchanged for ${age}`;
}

function listJudgeRow({ judgedBy, persona, staleSince }: ClusterDescription, now: Date): Row[] {
  if (judgedBy === 'operator' || persona === undefined) return [];
  const age = formatAgeOf(staleSince, now);
  const why = age === undefined ? 'no operator has looked at it' : `the operator's word is ${age} old`;
  return [
    {
      label: 'Judged',
      main: `from here: ${why}`,
      side: 'kubectl get pods -A -l app.kubernetes.io/name=dorgu-operator',
    },
  ];
}

/** Why there is no ClusterPersona, and what to type; none where there is one. */
export function listAbsenceRow({ persona, hasCrds, personaUnseen }: ClusterDescription): Row[] {
  const label = 'Persona';
  if (persona !== undefined) return [];
  if (personaUnseen !== undefined) return [{ label, main: `unseen: ${personaUnseen}`, tone: 'warning' }];
  if (hasCrds)
    return [{ label, main: 'none: this cluster is not described yet', side: 'kubectl dorgu cluster init' }];
  return [{ label, main: 'none: the CRDs are not installed', side: installCrdsCommand }];
}

/** Whether there is a ClusterPersona, and whether it is the one. */
function listPersonaRow(description: ClusterDescription): Row[] {
  const { persona, others, status } = description;
  if (persona === undefined) return listAbsenceRow(description);
  if (others.length === 0) return [];
  const ready = status.conditions?.find(({ type }) => type === 'Ready');
  if (ready?.reason === 'Superseded')
    return [{ label: 'Persona', main: `does not count: ${ready.message}`, tone: 'warning' }];
  return [{ label: 'Persona', main: `counts; younger ones do not: ${others.join(', ')}` }];
}
