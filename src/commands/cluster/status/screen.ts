// The screen of `cluster status`: the phase and its conditions.
import { clusterConditions, clusterHealthyReasons } from '../../../api/conditions.ts';
import type { Condition } from '../../../api/personas.ts';
import type { ClusterDescription } from '../../../cluster/discover-description.ts';
import { formatAgeOf } from '../../../ui/age.ts';
import { formatRows, formatTitle, type DescribeOptions } from '../describe/screen.ts';
import { listApplicationRows } from '../describe/application-rows.ts';
import { listAbsenceRow, listClusterRows } from '../describe/cluster-rows.ts';
import type { Row } from '../../persona/status/screen-model.ts';

/** Lines, without line breaks; wide ones add what the cluster is. */
export function formatClusterStatus(
  description: ClusterDescription,
  options: Omit<DescribeOptions, 'symbols'> & { isWide: boolean },
): string[] {
  const { now, window, isWide } = options;
  const rows = (description.status.conditions ?? []).map((condition) => toRow(condition, description, now));
  const more = isWide ? [...listClusterRows(description, now), ...listApplicationRows(description)] : [];
  return [
    ...formatTitle(description, options),
    '',
    ...formatRows([...rows, ...(isWide ? [] : listAbsenceRow(description))], window),
    ...(more.length === 0 ? [] : ['', ...formatRows(more, window)]),
  ];
}

function toRow(condition: Condition, { judgedBy }: ClusterDescription, now: Date): Row {
  const { type, status, reason, message, lastTransitionTime } = condition;
  // What was judged a moment ago holds since nobody knows when.
  const age = judgedBy === 'operator' ? formatAgeOf(lastTransitionTime, now) : undefined;
  const since = age === undefined ? '' : `, for ${age}`;
  if (status === 'True') return { label: type, main: `True${since}` };
  const isQuiet = reason === clusterHealthyReasons.noNodes;
  return {
    label: type,
    main: `${status}: ${message}${since}`,
    tone: isQuiet ? undefined : 'warning',
  };
}

/** Whether a person may rely on it: a ClusterPersona that counts, everything read, nodes and add-ons healthy. */
export function isClusterReady({ persona, status }: ClusterDescription): boolean {
  const ready = status.conditions?.find(({ type }) => type === clusterConditions.ready);
  return persona !== undefined && status.phase === 'Ready' && ready?.status === 'True';
}
