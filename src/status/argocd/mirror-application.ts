// What a persona's status says of its Application: status.argoCD and condition ArgoCDSynced.
import { applicationConditions, argoCDReasons } from '../../api/conditions.ts';
import type { ArgoCDStatus, Condition } from '../../api/personas.ts';
import { formatInstant, parseInstant, toLine } from '../plain-text.ts';
import { isSameButTimes, setConditions } from '../set-conditions.ts';
import type { SeenStatus } from '../seen-status.ts';
import type { ArgoApplication } from './application.ts';

/** The fields that belong to the watcher of Argo CD; empty where there is no Application: then they are given up. */
export interface MirroredStatus {
  argoCD?: ArgoCDStatus;
  conditions?: Condition[];
}

/** What is to stand in the status, and whether that is something else than what stands there. */
export interface MirrorDecision {
  status: MirroredStatus;
  isChanged: boolean;
}

/** Never throws. `generation` is the persona's. */
export function mirrorApplication(
  application: ArgoApplication | undefined,
  seen: SeenStatus,
  { generation, now }: { generation: number | undefined; now: Date },
): MirrorDecision {
  const before: MirroredStatus = {
    ...(seen.argoCD === undefined ? {} : { argoCD: seen.argoCD }),
    ...keepOwn(seen.conditions),
  };
  const status: MirroredStatus =
    application === undefined
      ? {}
      : {
          argoCD: toArgoStatus(application),
          conditions: setConditions([toCondition(application)], seen.conditions, { generation, now }),
        };
  return { status, isChanged: !isSameButTimes(status, before) };
}

function keepOwn(conditions: readonly Condition[] = []): Pick<MirroredStatus, 'conditions'> {
  const own = conditions.filter(({ type }) => type === applicationConditions.argoCDSynced);
  return own.length === 0 ? {} : { conditions: own };
}

const syncStatuses = ['Synced', 'OutOfSync', 'Unknown'] as const;
const healthStatuses = ['Healthy', 'Degraded', 'Progressing', 'Suspended', 'Missing', 'Unknown'] as const;

function toArgoStatus(application: ArgoApplication): ArgoCDStatus {
  const { name, namespace, syncStatus, healthStatus, compared, synced, syncedAt } = application;
  const revisions = syncStatus === 'Synced' || synced.length === 0 ? compared : synced;
  const at = parseInstant(syncedAt);
  const revision = toLine(revisions.join(','));
  return {
    syncStatus: syncStatuses.find((known) => known === syncStatus) ?? 'Unknown',
    healthStatus: healthStatuses.find((known) => known === healthStatus) ?? 'Unknown',
    ...(at === undefined ? {} : { lastSyncTime: formatInstant(new Date(at)) }),
    ...(revision === '' ? {} : { revision }),
    applicationName: toLine(name),
    applicationNamespace: toLine(namespace),
  };
}

function toCondition({ namespace, name, syncStatus }: ArgoApplication) {
  const type = applicationConditions.argoCDSynced;
  const which = `Application ${namespace}/${name}`;
  if (syncStatus === 'Synced')
    return {
      type,
      status: 'True' as const,
      reason: argoCDReasons.synced,
      message: `${which} is synced`,
    };
  if (syncStatus === 'OutOfSync')
    return {
      type,
      status: 'False' as const,
      reason: argoCDReasons.outOfSync,
      message: `${which} is out of sync`,
    };
  return {
    type,
    status: 'Unknown' as const,
    reason: argoCDReasons.unknown,
    message: `${which} has not been compared`,
  };
}
