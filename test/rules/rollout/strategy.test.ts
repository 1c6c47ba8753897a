// How a new version replaces the old one, against the persona.
import { strategy } from '../../../src/rules/rollout/strategy.ts';
import { describeRule } from '../rule-cases.ts';

const policy = (deployment: object) => ({ policies: { deployment } });
const rolling = (rollingUpdate: object, more: object = {}) => ({
  spec: { strategy: { type: 'RollingUpdate', rollingUpdate }, ...more },
});
const field = (name: string) => `warning spec.strategy.rollingUpdate.${name}`;
const rollout = (of: object) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  spec: { strategy: of },
});

describeRule(strategy, {
  'a Deployment that says nothing rolls': { says: 'nothing' },
  'it rolls where Recreate is asked for': {
    persona: policy({ strategy: 'Recreate' }),
    says: ['warning spec.strategy.type: unset, Recreate'],
  },
  'Recreate where it has to roll': {
    workload: { spec: { strategy: { type: 'Recreate' } } },
    says: ['warning spec.strategy.type: Recreate, RollingUpdate'],
  },
  'Recreate where Recreate is asked for': {
    persona: policy({ strategy: 'Recreate' }),
    workload: { spec: { strategy: { type: 'Recreate' } } },
    says: 'nothing',
  },
  'BlueGreen expects a Rollout': {
    persona: policy({ strategy: 'BlueGreen' }),
    says: ['warning kind: Deployment, Rollout'],
  },
  'a Rollout that is blue and green': {
    persona: policy({ strategy: 'BlueGreen' }),
    workload: rollout({ blueGreen: {} }),
    says: 'nothing',
  },
  'a Rollout that is a canary instead': {
    persona: policy({ strategy: 'BlueGreen' }),
    workload: rollout({ canary: {} }),
    says: ['warning spec.strategy.blueGreen: Canary, BlueGreen'],
  },
  'a canary rolls': { workload: rollout({ canary: {} }), says: 'nothing' },
  'a canary is held to the shares': {
    persona: policy({ strategy: 'Canary', maxSurge: 1 }),
    workload: rollout({ canary: { maxSurge: 2 } }),
    says: ['warning spec.strategy.canary.maxSurge: 2, at most 1'],
  },
  'more surge than allowed': {
    persona: policy({ maxSurge: 1 }),
    workload: rolling({ maxSurge: 2 }),
    says: [`${field('maxSurge')}: 2, at most 1`],
  },
  'more surge than allowed, where nothing around it can be seen': {
    persona: policy({ maxSurge: 1 }),
    workload: rolling({ maxSurge: 2 }),
    around: 'unseen',
    says: [`${field('maxSurge')}: 2, at most 1`],
  },
  'a share of replicas that an autoscaler is yet to decide': {
    persona: policy({ maxUnavailable: 0 }),
    workload: {
      ...rolling({ maxUnavailable: '50%' }),
      metadata: { annotations: { 'dorgu.io/replicas': 'hpa' } },
    },
    says: 'nothing',
  },
  'less of both is fine': {
    persona: policy({ maxSurge: 2, maxUnavailable: 1 }),
    workload: rolling({ maxSurge: 1, maxUnavailable: 0 }),
    says: 'nothing',
  },
  'surge rounds up: 1% of two is one': {
    persona: policy({ maxSurge: '1%' }),
    workload: rolling({ maxSurge: 1 }),
    says: 'nothing',
  },
  'what is missing rounds down: 49% of two is none': {
    persona: policy({ maxUnavailable: '49%' }),
    workload: rolling({ maxUnavailable: 1 }),
    says: [`${field('maxUnavailable')}: 1, at most 49%`],
  },
  'and 49% is no more than 0': {
    persona: policy({ maxUnavailable: 0 }),
    workload: rolling({ maxUnavailable: '49%' }),
    says: 'nothing',
  },
  'until an autoscaler makes more of them': {
    persona: policy({ maxUnavailable: 0 }),
    workload: rolling({ maxUnavailable: '49%' }),
    around: [{ kind: 'HorizontalPodAutoscaler', spec: { minReplicas: 2, maxReplicas: 6 } }],
    says: [`${field('maxUnavailable')}: 49%, at most 0`],
  },
  'a share that is not written is 25%': {
    persona: policy({ maxUnavailable: 0 }),
    workload: { spec: { replicas: 4 } },
    says: [`${field('maxUnavailable')}: unset (25%), at most 0`],
  },
  'a share that is none': {
    workload: rolling({ maxSurge: 'some' }),
    says: [`${field('maxSurge')}: some, a count or a percentage`],
  },
  'a StatefulSet rolls one by one': {
    persona: policy({ maxUnavailable: 0 }),
    workload: { kind: 'StatefulSet' },
    says: 'nothing',
  },
  'a StatefulSet that takes two at once': {
    persona: policy({ maxUnavailable: 1 }),
    workload: { kind: 'StatefulSet', spec: { updateStrategy: { rollingUpdate: { maxUnavailable: 2 } } } },
    says: ['warning spec.updateStrategy.rollingUpdate.maxUnavailable: 2, at most 1'],
  },
  'a StatefulSet recreates as it rolls': {
    persona: policy({ strategy: 'Recreate' }),
    workload: { kind: 'StatefulSet' },
    says: 'nothing',
  },
  'a DaemonSet that waits for a person': {
    workload: { kind: 'DaemonSet', spec: { updateStrategy: { type: 'OnDelete' } } },
    says: ['warning spec.updateStrategy.type: OnDelete, RollingUpdate'],
  },
  'a DaemonSet’s shares are of nodes': {
    workload: {
      kind: 'DaemonSet',
      spec: { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 3 } } },
    },
    says: 'nothing',
  },
  'a CronJob has no rollout': { workload: { kind: 'CronJob' }, says: 'not-applicable' },
});
