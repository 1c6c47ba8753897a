// How many nodes there are, of which role, and which are not ready.
import { compareText } from '../../../api/compare-text.ts';
import type { ClusterPersonaStatus } from '../../../api/personas.ts';
import type { ClusterDescription } from '../../../cluster/discover-description.ts';
import type { Row } from '../../persona/status/screen-model.ts';

const mostNames = 5;

/** One row, two where nodes are not ready; none where the nodes are unknown. */
export function listNodeRows({ status, roles }: ClusterDescription): Row[] {
  const { nodeCount, readyNodes = 0 } = status;
  if (nodeCount === undefined) return [];
  if (nodeCount === 0) return [{ label: 'Nodes', main: 'none' }];
  const counts = describeRoles(roles);
  const main = `${readyNodes} of ${nodeCount} ready${counts === '' ? '' : `: ${counts}`}`;
  if (readyNodes >= nodeCount) return [{ label: 'Nodes', main }];
  return [{ label: 'Nodes', main, tone: 'warning' }, ...listFailing(status, nodeCount - readyNodes)];
}

/** `3 control plane, 9 worker`. */
function describeRoles(roles: ReadonlyMap<string, number> | undefined): string {
  return [...(roles ?? [])]
    .sort(([left], [right]) => compareText(left, right))
    .map(([role, count]) => `${count} ${role.replaceAll('-', ' ')}`)
    .join(', ');
}

function listFailing({ nodes = [] }: ClusterPersonaStatus, count: number): Row[] {
  const names = nodes
    .filter(({ ready }) => !ready)
    .map(({ name }) => name)
    .slice(0, mostNames);
  if (names.length === 0) return [];
  const more = count - names.length;
  return [{ label: 'Not ready', main: `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}` }];
}
