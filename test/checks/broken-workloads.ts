// Ways to break workloads and what names them.
import { drop, set } from './break-object.ts';
import type { Break } from './break-object.ts';

/** By sentence: what is wrong. */
export const brokenWorkloads: Readonly<Record<string, Break>> = {
  'a Deployment with an unknown field': {
    file: 'front/deployment',
    change: set('spec.paused2', true),
    field: /spec.paused2/,
    says: /no such field/,
  },
  'replicas as text': {
    file: 'worker/deployment',
    change: set('spec.replicas', '2'),
    field: /spec.replicas/,
    says: /does not fit/,
  },
  'negative replicas': {
    file: 'worker/deployment',
    change: set('spec.replicas', -1),
    field: /spec.replicas/,
    says: /fewer than none/,
  },
  'a Deployment without selector': {
    file: 'front/deployment',
    change: drop('spec.selector'),
    field: /spec.selector/,
    says: /missing|selects nothing/,
  },
  'a selector that misses its pods': {
    file: 'front/deployment',
    change: set('spec.selector.matchLabels[app.kubernetes.io/name]', 'x'),
    field: /spec.selector/,
    says: /own pods/,
  },
  'a label value with a blank': {
    file: 'front/deployment',
    change: set('metadata.labels.team', 'the shop'),
    field: /labels/,
    says: /label value/,
  },
  'a label key with two slashes': {
    file: 'front/deployment',
    change: set('metadata.labels[a/b/c]', 'x'),
    field: /labels/,
    says: /key is not valid/,
  },
  'a name in capitals': {
    file: 'front/deployment',
    change: set('metadata.name', 'Front'),
    field: /metadata.name/,
    says: /name is not valid/,
  },
  'no namespace': {
    file: 'front/deployment',
    change: drop('metadata.namespace'),
    field: /metadata.namespace/,
    says: /namespace is not/,
  },
  'a namespace that is not made': {
    file: 'front/pdb',
    change: set('metadata.namespace', 'other'),
    field: /metadata.namespace/,
    says: /not made/,
  },
  'a rollout that cannot move': {
    file: 'front/deployment',
    change: set('spec.strategy.rollingUpdate', { maxSurge: 0, maxUnavailable: 0 }),
    field: /rollingUpdate/,
    says: /never move/,
  },
  'maxSurge some': {
    file: 'front/deployment',
    change: set('spec.strategy.rollingUpdate.maxSurge', 'some'),
    field: /maxSurge/,
    says: /no number of pods/,
  },
  'an unknown strategy': {
    file: 'front/deployment',
    change: set('spec.strategy.type', 'Canary'),
    field: /strategy/,
    says: /does not fit|one of/,
  },
  'a schedule with hour 25': {
    file: 'report/cronjob',
    change: set('spec.schedule', '0 25 * * *'),
    field: /spec.schedule/,
    says: /schedule is not valid/,
  },
  'a schedule of six fields': {
    file: 'report/cronjob',
    change: set('spec.schedule', '0 0 3 * * *'),
    field: /spec.schedule/,
    says: /schedule is not valid/,
  },
  'a CronJob named too long': {
    file: 'report/cronjob',
    change: set('metadata.name', 'r'.repeat(53)),
    field: /metadata.name/,
    says: /too long/,
  },
  'a Service that selects nothing': {
    file: 'front/service',
    change: set('spec.selector[app.kubernetes.io/name]', 'x'),
    field: /spec.selector/,
    says: /one workload/,
  },
  'a targetPort that no container has': {
    file: 'front/service',
    change: set('spec.ports.0.targetPort', 'web'),
    field: /targetPort/,
    says: /no container/,
  },
  'a Service port 70000': {
    file: 'front/service',
    change: set('spec.ports.0.port', 70000),
    field: /spec.ports/,
    says: /no such port/,
  },
  'a Service whose name begins with a digit': {
    file: 'front/service',
    change: set('metadata.name', '1front'),
    field: /metadata.name/,
    says: /name is not valid/,
  },
  'a Service without ports': {
    file: 'front/service',
    change: set('spec.ports', []),
    field: /spec.ports/,
    says: /has ports/,
  },
  'an account with an unknown field': {
    file: 'front/serviceaccount',
    change: set('automountToken', false),
    field: /automountToken/,
    says: /no such field/,
  },
  'a config key with a blank': {
    file: 'front/configmap',
    change: set('data[a b]', 'x'),
    field: /data/,
    says: /key is not valid/,
  },
  'a config value that is a number': {
    file: 'front/configmap',
    change: set('data.LOG_LEVEL', 1),
    field: /data/,
    says: /does not fit/,
  },
  'a StatefulSet whose pods get no names': {
    file: 'web/statefulset',
    change: set('spec.serviceName', 'web'),
    field: /serviceName/,
    says: /no names/,
  },
  'a StatefulSet that claims a disk of abc': {
    file: 'web/statefulset',
    change: set('spec.volumeClaimTemplates.0.spec.resources.requests.storage', 'abc'),
    field: /storage/,
    says: /no amount/,
  },
  'a StatefulSet that mounts a claim which it does not make': {
    file: 'web/statefulset',
    change: set('spec.volumeClaimTemplates.0.metadata.name', 'other'),
    field: /volumeMounts/,
    says: /no such volume|does not have|not there|no volume/,
  },
  'a StatefulSet whose name leaves no room for a hash': {
    file: 'web/statefulset',
    change: set('metadata.name', 'x'.repeat(53)),
    field: /metadata.name/,
    says: /too long/,
  },
};
