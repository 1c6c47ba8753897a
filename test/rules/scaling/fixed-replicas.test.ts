// A fixed number of replicas against the persona's bounds.
import { paused } from '../../../src/rules/scaling/paused.ts';
import { replicasAboveMax } from '../../../src/rules/scaling/replicas-above-max.ts';
import { replicasBelowMin } from '../../../src/rules/scaling/replicas-below-min.ts';
import { replicas as wholeReplicas } from '../../../src/rules/scaling/replicas.ts';
import { describeRule } from '../rule-cases.ts';

const replicas = (value: unknown) => ({ spec: { replicas: value } });
const persona = { scaling: { minReplicas: 2, maxReplicas: 4 } };
const leftToHpa = { metadata: { annotations: { 'dorgu.io/replicas': 'hpa' } } };

describeRule(replicasBelowMin, {
  'fewer than the minimum is an error': {
    persona,
    workload: replicas(1),
    says: ['error spec.replicas: 1, at least 2'],
  },
  'absent is 1': { persona, workload: replicas(null), says: ['error spec.replicas: unset, at least 2'] },
  'the minimum is enough': { persona, workload: replicas(2), says: 'nothing' },
  '0 is a pause': { persona, workload: replicas(0), says: 'not-applicable' },
  'an HPA decides itself': {
    persona,
    workload: replicas(1),
    around: [{ kind: 'HorizontalPodAutoscaler' }],
    says: 'not-applicable',
  },
  'so does KEDA': {
    persona,
    workload: replicas(1),
    around: [{ kind: 'ScaledObject' }],
    says: 'not-applicable',
  },
  'an HPA of another workload does not': {
    persona,
    workload: replicas(1),
    around: [{ kind: 'HorizontalPodAutoscaler', spec: { scaleTargetRef: { name: 'cart' } } }],
    says: ['error spec.replicas: 1, at least 2'],
  },
  'an HPA of a StatefulSet of the same name does not': {
    persona,
    workload: replicas(1),
    around: [{ kind: 'HorizontalPodAutoscaler', spec: { scaleTargetRef: { kind: 'StatefulSet' } } }],
    says: ['error spec.replicas: 1, at least 2'],
  },
  'the annotation is believed where nothing can be seen': {
    persona,
    workload: { ...replicas(null), ...leftToHpa },
    around: 'unseen',
    source: 'admission',
    says: 'not-applicable',
  },
  'without it, replicas are judged at admission': {
    persona,
    workload: replicas(1),
    around: 'unseen',
    source: 'admission',
    says: ['error spec.replicas: 1, at least 2'],
  },
  'a StatefulSet has replicas': {
    persona,
    workload: { kind: 'StatefulSet', ...replicas(1) },
    says: ['error spec.replicas: 1, at least 2'],
  },
  'a DaemonSet has none': { persona, workload: { kind: 'DaemonSet' }, says: 'not-applicable' },
  'a CronJob has none': { persona, workload: { kind: 'CronJob' }, says: 'not-applicable' },
  'a persona without a minimum asks for none': { workload: replicas(1), says: 'not-applicable' },
});

describeRule(replicasAboveMax, {
  'more than the maximum is a warning': {
    persona,
    workload: replicas(5),
    says: ['warning spec.replicas: 5, at most 4'],
  },
  'the maximum is fine': { persona, workload: replicas(4), says: 'nothing' },
  'an HPA decides itself': {
    persona,
    workload: replicas(5),
    around: [{ kind: 'HorizontalPodAutoscaler' }],
    says: 'not-applicable',
  },
});

describeRule(wholeReplicas, {
  'text is no number': {
    workload: replicas('2'),
    says: ['error spec.replicas: "2", a whole number'],
  },
  'nor is a part of one': { workload: replicas(1.5), says: ['error spec.replicas: 1.5, a whole number'] },
  'nor less than nothing': { workload: replicas(-1), says: ['error spec.replicas: -1, a whole number'] },
  'nor more than 32 bits hold': {
    workload: replicas(2 ** 31),
    says: ['error spec.replicas: 2147483648, a whole number'],
  },
  'absent is fine': { workload: replicas(null), says: 'nothing' },
});

describeRule(paused, {
  '0 is said, and is no fault': {
    persona,
    workload: replicas(0),
    says: ['info spec.replicas: 0, at least 2'],
  },
  '0 is not said where the persona allows it': {
    persona: { scaling: { minReplicas: 0 } },
    workload: replicas(0),
    says: 'nothing',
  },
  'absent is not 0': { persona, workload: replicas(null), says: 'nothing' },
  'a Job has no replicas': { workload: { kind: 'CronJob', ...replicas(0) }, says: 'not-applicable' },
});
