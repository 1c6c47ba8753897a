// Why a workload is as it is, around its pod.
import { knownSchedule } from '../manifests/cron-job.ts';
import { isSingleton } from '../manifests/scaling.ts';
import { selectorFields } from './metadata-fields.ts';
import { explainReplicas, explainVolume } from './plan-reasons.ts';
import { itemOf } from './item-of.ts';
import { podFields } from './pod-fields.ts';
import { always, below, type ComponentFieldView, type FieldTable, type Reason } from './reason.ts';

const shared: FieldTable<ComponentFieldView> = {
  'spec.revisionHistoryLimit': always('five versions back are enough to return to, and the rest is in git'),
  'spec.replicas': ({ component }) => explainReplicas(component),
  ...selectorFields('spec.selector.matchLabels.', 'the workload'),
  ...below('spec.template.', podFields),
};

const surge = (name: 'max_surge' | 'max_unavailable') => (): Reason => ({
  because: 'a quarter at a time: a bad version is noticed before all pods are of it',
  settings: [`deployment_policy.${name}`],
  rule: 'rollout/strategy',
});

const deployment: FieldTable<ComponentFieldView> = {
  ...shared,
  'spec.progressDeadlineSeconds': ({ component }) => ({
    because: `a rollout that has not moved for this long has failed: the ${component.startupGraceSeconds} seconds of a start, five minutes more, and ten at least`,
    settings: ['health.startup_grace_period'],
  }),
  'spec.strategy.type': ({ component }) => explainStrategy(component),
  'spec.strategy.rollingUpdate.maxSurge': surge('max_surge'),
  'spec.strategy.rollingUpdate.maxUnavailable': surge('max_unavailable'),
};

function explainStrategy({ component, volumes, rollout }: ComponentFieldView['component']): Reason {
  const settings = ['deployment_policy.strategy'];
  if (rollout.type === 'RollingUpdate')
    return { because: 'a new version comes up before the old one goes', settings, rule: 'rollout/strategy' };
  return {
    because: isSingleton(component, volumes)
      ? 'only one may run at a time: the old one goes first'
      : 'settings want the old one gone first',
    evidence: component.runtime.volumes
      .filter(({ kind }) => kind === 'data')
      .flatMap(({ evidence }) => evidence),
    settings,
    rule: 'rollout/strategy',
  };
}

const claim = 'spec.volumeClaimTemplates[].';

const explainClaim = (view: ComponentFieldView): Reason => {
  const template = itemOf(view, 'volumeClaimTemplates')?.['metadata'] as { name?: string } | undefined;
  const { name } = (view.object['metadata'] ?? {}) as { name?: string };
  return explainVolume(
    view.component,
    view.component.volumes.find(
      (volume) =>
        (template !== undefined && volume.name === template.name) ||
        (volume.source.kind === 'claim' && volume.source.claimName === name),
    ),
  );
};

const claimSize = (view: ComponentFieldView): Reason => ({
  ...explainClaim(view),
  because: 'the size that the source says, else 1Gi to begin with: most storage classes can grow it later',
});

const statefulSet: FieldTable<ComponentFieldView> = {
  ...shared,
  'spec.serviceName': always('the headless Service that gives each pod its name, generated beside it'),
  'spec.podManagementPolicy': always(
    'in order, a pod that never gets ready would stand in the way of the version that mends it',
  ),
  'spec.updateStrategy.type': always('a new version replaces pods one by one', 'rollout/strategy'),
  [`${claim}apiVersion`]: always('claims are of the core API'),
  [`${claim}kind`]: always('each pod gets a claim of its own, and keeps it'),
  [`${claim}metadata.name`]: explainClaim,
  ...selectorFields(`${claim}metadata.labels.`, 'whoever looks for the claim'),
  [`${claim}spec.accessModes[]`]: always(
    'one node at a time writes to the disk, which every storage class can do',
  ),
  [`${claim}spec.resources.requests.storage`]: claimSize,
};

const daemonSet: FieldTable<ComponentFieldView> = {
  ...shared,
  'spec.updateStrategy.type': always('a new version replaces pods node by node', 'rollout/strategy'),
  'spec.updateStrategy.rollingUpdate.maxUnavailable': always('a tenth of the nodes at a time is without it'),
};

const cronJob: FieldTable<ComponentFieldView> = {
  'spec.schedule': ({ component }) => ({
    because:
      knownSchedule(component) === undefined
        ? 'nothing says when it runs: three at night, and suspended until somebody says'
        : component.settings.schedule === undefined
          ? 'the source says when it runs'
          : 'settings say when it runs',
    evidence: component.component.schedule?.evidence ?? [],
    settings: ['schedule'],
  }),
  'spec.timeZone': always('the same hour on every cluster, summer and winter'),
  'spec.suspend': ({ component }) => ({
    because:
      knownSchedule(component) === undefined
        ? 'nothing runs at a guessed hour: a schedule lets it go'
        : 'its schedule is known, so it runs',
    evidence: component.component.schedule?.evidence ?? [],
    settings: ['schedule'],
  }),
  'spec.concurrencyPolicy': always('a run that takes longer than its turn is not joined by the next'),
  'spec.startingDeadlineSeconds': always(
    'a turn that was missed is made up for within five minutes, or not at all',
  ),
  'spec.successfulJobsHistoryLimit': always('the last three runs and their logs are there to look at'),
  'spec.failedJobsHistoryLimit': always('the last failure and its log are there to look at'),
  'spec.jobTemplate.spec.backoffLimit': always('two more attempts, and then it waits for its next turn'),
  'spec.jobTemplate.spec.ttlSecondsAfterFinished': always('a run is tidied away after a day'),
  ...below('spec.jobTemplate.spec.template.', podFields),
};

const job: FieldTable<ComponentFieldView> = {
  'spec.backoffLimit': always('it may have to wait for its database: six attempts take about ten minutes'),
  ...below('spec.template.', podFields),
};

const persistentVolumeClaim: FieldTable<ComponentFieldView> = {
  'spec.accessModes[]': always('one node at a time writes to the disk, which every storage class can do'),
  'spec.resources.requests.storage': claimSize,
};

/** By kind, without metadata. */
export const workloadTables: ReadonlyMap<string, FieldTable<ComponentFieldView>> = new Map([
  ['Deployment', deployment],
  ['StatefulSet', statefulSet],
  ['DaemonSet', daemonSet],
  ['CronJob', cronJob],
  ['Job', job],
  ['PersistentVolumeClaim', persistentVolumeClaim],
]);
