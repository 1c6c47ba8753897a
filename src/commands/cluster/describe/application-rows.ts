// What runs in the cluster by persona, what it is held to, and what could not be read.
import { compareText } from '../../../api/compare-text.ts';
import type { ClusterPersona, ClusterSecurityPolicy } from '../../../api/personas.ts';
import { applicationPhases } from '../../../api/vocabulary.ts';
import type { ClusterDescription } from '../../../cluster/discover-description.ts';
import type { Row } from '../../persona/status/screen-model.ts';

/** Below the tables. */
export function listApplicationRows(description: ClusterDescription): Row[] {
  const { persona, failures } = description;
  const policies = persona === undefined ? '' : describePolicies(persona);
  return [
    { label: 'Personas', main: describePersonas(description) },
    { label: 'Namespaces', main: describeNamespaces(description) },
    { label: 'Policies', main: policies },
    ...failures.map(({ part, reason }) => ({
      label: 'Unseen',
      main: `${part}: ${reason}`,
      tone: 'warning' as const,
    })),
  ].filter(({ main }) => main !== '');
}

/** `41 in 12 of 19 namespaces: 36 Active, 3 Degraded`; empty where they are unknown. */
function describePersonas({ personas, status }: ClusterDescription): string {
  const { count, namespaces, phases } = personas ?? {
    count: status.applicationCount,
    namespaces: status.namespaces?.withPersonas,
    phases: new Map<string, number>(),
  };
  if (count === undefined) return '';
  if (count === 0) return 'none';
  const total = status.namespaces?.total;
  const place =
    namespaces === undefined || total === undefined ? '' : ` in ${namespaces} of ${total} namespaces`;
  return [`${count}${place}`, ...describePhases(phases)].join(': ');
}

/** Where the line of the personas does not say it. */
function describeNamespaces({ personas, status }: ClusterDescription): string {
  const { total } = status.namespaces ?? {};
  const count = personas?.count ?? status.applicationCount ?? 0;
  return total === undefined || count > 0 ? '' : `${total}`;
}

const phaseOrder = ['Active', 'Degraded', 'Failed', 'Pending'];

/** One text, healthy ones first; none where no phase is known. */
function describePhases(phases: ReadonlyMap<string, number>): string[] {
  const others = [...phases.keys()].filter((phase) => !applicationPhases.some((known) => known === phase));
  const parts = [...phaseOrder, ...others.sort(compareText)]
    .map((phase) => [phase === '' ? 'not looked at yet' : phase, phases.get(phase) ?? 0] as const)
    .filter(([, count]) => count > 0)
    .map(([phase, count]) => `${count} ${phase}`);
  return parts.length === 0 ? [] : [parts.join(', ')];
}

function describePolicies({ spec }: ClusterPersona): string {
  const { security = {}, networking = {}, requirePersona = 'off' } = spec.policies ?? {};
  const denied = [
    ...(networking.defaultDenyIngress === true ? ['ingress'] : []),
    ...(networking.defaultDenyEgress === true ? ['egress'] : []),
  ].join(' and ');
  return [
    ...describeSecurity(security),
    ...(denied === '' ? [] : [`${denied} denied by default`]),
    ...(requirePersona === 'off' ? [] : [`personas required: ${requirePersona}`]),
  ].join('; ');
}

function describeSecurity(security: ClusterSecurityPolicy): string[] {
  const { podSecurityStandard, allowedRegistries = [], enforceReadOnlyRoot } = security;
  return [
    ...(podSecurityStandard === undefined ? [] : [`Pod Security ${podSecurityStandard}`]),
    ...(allowedRegistries.length === 0 ? [] : [`images from ${allowedRegistries.join(', ')} only`]),
    ...(enforceReadOnlyRoot === true ? ['read-only root'] : []),
  ];
}
