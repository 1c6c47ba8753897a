// The rows of what only an operator can know: Argo CD's word, and what was measured.
import { applicationConditions } from '../../../api/conditions.ts';
import type { ApplicationPersonaStatus, ArgoCDStatus, Learned } from '../../../api/personas.ts';
import { formatAgeOf } from '../../../ui/age.ts';
import type { Row, Tone } from './screen-model.ts';

/** Argo CD, learned use, incidents; what is absent takes no line. */
export function listOperatorRows(status: ApplicationPersonaStatus, { now }: { now: Date }): Row[] {
  return [
    ...(status.argoCD === undefined ? [] : [toArgoRow(status.argoCD, now)]),
    ...(status.learned === undefined ? [] : listLearnedRows(status.learned, now)),
    ...listGapRows(status, now),
  ];
}

/** Why there is no advice, or none that is newer. */
function listGapRows({ conditions }: ApplicationPersonaStatus, now: Date): Row[] {
  const condition = conditions?.find(({ type }) => type === applicationConditions.metricsAvailable);
  if (condition === undefined || condition.status === 'True') return [];
  const age = formatAgeOf(condition.lastTransitionTime, now);
  const main = `${condition.status}: ${condition.reason}${age === undefined ? '' : `, for ${age}`}`;
  return [{ label: 'Metrics', main, side: condition.message }];
}

function toArgoRow(argoCD: ArgoCDStatus, now: Date): Row {
  const { syncStatus, healthStatus, revision, applicationName, applicationNamespace } = argoCD;
  const age = formatAgeOf(argoCD.lastSyncTime, now);
  const synced = [
    revision === undefined ? '' : revision.split(',').map(shortenRevision).join(','),
    age === undefined ? '' : `${age} ago`,
  ].filter((part) => part !== '');
  const state = [syncStatus, healthStatus].filter((part) => part !== undefined).join(', ');
  return {
    label: 'Argo CD',
    main: [state, synced.join(', ')].filter((part) => part !== '').join('    '),
    tone: argoTone(argoCD),
    side: [applicationNamespace, applicationName].filter((part) => part !== undefined).join('/'),
  };
}

/** A commit is known by seven digits; a branch or a version stays as it is. */
function shortenRevision(revision: string): string {
  return /^[0-9a-f]{40}$/.test(revision.trim()) ? revision.trim().slice(0, 7) : revision.trim();
}

function argoTone({ syncStatus, healthStatus }: ArgoCDStatus): Tone {
  if (healthStatus === 'Degraded' || healthStatus === 'Missing') return 'failing';
  return syncStatus === 'OutOfSync' ? 'warning' : undefined;
}

function listLearnedRows({ resourceBaseline, incidentCount = 0, lastIncident }: Learned, now: Date): Row[] {
  const { avgCPU, peakCPU, avgMemory, peakMemory, windowEnd } = resourceBaseline ?? {};
  const parts = [formatUse('CPU', avgCPU, peakCPU), formatUse('memory', avgMemory, peakMemory)];
  const use = parts.filter((part) => part !== '').join('; ');
  return [
    ...(use === '' ? [] : [{ label: 'Learned', main: use, side: formatHour(windowEnd, now) }]),
    ...(incidentCount === 0
      ? []
      : [
          {
            label: 'Incidents',
            main: String(incidentCount),
            side: lastIncident === undefined ? undefined : `last: ${lastIncident}`,
          },
        ]),
  ];
}

/** The hour that was measured: `a pod, 1 h to 09:41 UTC`, with the day where it is another. */
function formatHour(windowEnd: string | undefined, now: Date): string {
  const end = new Date(windowEnd ?? '');
  if (Number.isNaN(end.getTime())) return 'a pod, over an hour';
  const [day = '', time = ''] = end.toISOString().split('T');
  const isToday = now.toISOString().startsWith(day);
  return `a pod, 1 h to ${isToday ? '' : `${day} `}${time.slice(0, 5)} UTC`;
}

function formatUse(what: string, average: string | undefined, peak: string | undefined): string {
  if (average === undefined) return peak === undefined ? '' : `${what} peak ${peak}`;
  return peak === undefined ? `${what} ${average}` : `${what} ${average}, peak ${peak}`;
}
