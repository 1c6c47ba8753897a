// What an autoscaler does against what the persona says.
import { hpaBounds } from '../../../src/rules/scaling/hpa-bounds.ts';
import { hpaWithoutRequests } from '../../../src/rules/scaling/hpa-without-requests.ts';
import { staticReplicasWithHpa } from '../../../src/rules/scaling/static-replicas-with-hpa.ts';
import { describeRule } from '../rule-cases.ts';

const hpa = (spec: object = {}) => ({ kind: 'HorizontalPodAutoscaler', spec });
const keda = (spec: object = {}) => ({ kind: 'ScaledObject', spec });
const metric = (name: string, averageUtilization?: number) => ({
  type: 'Resource',
  resource: {
    name,
    target:
      averageUtilization === undefined
        ? { type: 'AverageValue', averageValue: '500m' }
        : { type: 'Utilization', averageUtilization },
  },
});
const persona = { scaling: { minReplicas: 2, maxReplicas: 6 } };
const it = 'HorizontalPodAutoscaler/shop';

describeRule(hpaBounds, {
  'a minimum below the persona’s is an error': {
    persona,
    around: [hpa({ minReplicas: 1 })],
    says: [`error ${it} spec.minReplicas: 1, at least 2`],
  },
  'a minimum that is not there is 1': {
    persona,
    around: [hpa()],
    says: [`error ${it} spec.minReplicas: unset (1), at least 2`],
  },
  'and enough for a persona that asks for 1': {
    persona: { scaling: { minReplicas: 1 } },
    around: [hpa()],
    says: 'nothing',
  },
  'a maximum above the persona’s is a warning': {
    persona,
    around: [hpa({ minReplicas: 2, maxReplicas: 10 })],
    says: [`warning ${it} spec.maxReplicas: 10, at most 6`],
  },
  'a lower maximum is fine': {
    persona,
    around: [hpa({ minReplicas: 2, maxReplicas: 3 })],
    says: 'nothing',
  },
  'a maximum below the persona’s minimum is an error': {
    persona: { scaling: { minReplicas: 3 } },
    around: [hpa({ minReplicas: 3, maxReplicas: 2 })],
    says: [
      `error ${it} spec.minReplicas: 3, at most 2, the maximum`,
      `error ${it} spec.maxReplicas: 2, at least 3`,
    ],
  },
  'a bound that is no number is an error': {
    persona,
    around: [hpa({ minReplicas: '2', maxReplicas: -1 })],
    says: [
      `error ${it} spec.minReplicas: "2", a whole number`,
      `error ${it} spec.maxReplicas: -1, a whole number`,
    ],
  },
  'another target is a warning': {
    persona: { scaling: { targetCPU: 70, targetMemory: 80 } },
    around: [hpa({ metrics: [metric('cpu', 90)] })],
    says: [`warning ${it} spec.metrics: 90%, 70% of cpu`, `warning ${it} spec.metrics: unset, 80% of memory`],
  },
  'an HPA without metrics aims at 80% of cpu': {
    persona: { scaling: { targetCPU: 80 } },
    around: [hpa()],
    says: 'nothing',
  },
  'targets that the persona does not name are free': {
    persona,
    around: [hpa({ minReplicas: 2, metrics: [metric('memory', 40)] })],
    says: 'nothing',
  },
  'a ScaledObject goes down to 0 where it does not say': {
    persona,
    around: [keda({ maxReplicaCount: 6 })],
    says: ['error ScaledObject/shop spec.minReplicaCount: 0, at least 2'],
  },
  'and up to 100': {
    persona,
    around: [keda({ minReplicaCount: 2 })],
    says: ['warning ScaledObject/shop spec.maxReplicaCount: 100, at most 6'],
  },
  'targets of use say nothing of a ScaledObject that scales by events': {
    persona: { scaling: { targetCPU: 70 } },
    around: [keda({ minReplicaCount: 2, triggers: [{ type: 'kafka' }] })],
    says: 'nothing',
  },
  'the HPA of an old API is read as well': {
    persona: { scaling: { targetCPU: 70 } },
    around: [{ ...hpa({ targetCPUUtilizationPercentage: 50 }), apiVersion: 'autoscaling/v1' }],
    says: [`warning ${it} spec.metrics: 50%, 70% of cpu`],
  },
  'another workload’s HPA is another’s': {
    persona,
    around: [hpa({ scaleTargetRef: { name: 'cart' } })],
    says: 'not-applicable',
  },
  'a DaemonSet has no HPA': {
    persona,
    workload: { kind: 'DaemonSet' },
    around: [hpa()],
    says: 'not-applicable',
  },
});

describeRule(hpaWithoutRequests, {
  'a percentage needs a request of every container': {
    container: { resources: { requests: { cpu: '100m' } } },
    beside: [{ name: 'proxy' }],
    initContainers: [{ name: 'agent', restartPolicy: 'Always' }, { name: 'migrate' }],
    around: [hpa({ metrics: [metric('cpu', 70)] })],
    says: [
      'error containers[1].resources.requests.cpu: unset, a request',
      'error initContainers[0].resources.requests.cpu: unset, a request',
    ],
  },
  'a limit counts as a request': {
    container: { resources: { limits: { cpu: '1' } } },
    around: [hpa({ metrics: [metric('cpu', 70)] })],
    says: 'nothing',
  },
  'so does the pod’s request': {
    pod: { resources: { requests: { cpu: '1' } } },
    around: [hpa({ metrics: [metric('cpu', 70)] })],
    says: 'nothing',
  },
  'an amount needs none': { around: [hpa({ metrics: [metric('cpu')] })], says: 'nothing' },
  'memory is asked of memory': {
    container: { resources: { requests: { cpu: '100m' } } },
    around: [hpa({ metrics: [metric('memory', 70)] })],
    says: ['error containers[0].resources.requests.memory: unset, a request'],
  },
  'without an HPA there is nothing to measure': { says: 'not-applicable' },
});

const applied = (spec: object) => ({
  'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({ spec }),
});
const managed = (manager: string, operation: string) => [
  { manager, operation, fieldsV1: { 'f:spec': { 'f:replicas': {} } } },
];
const fights = ['warning spec.replicas: 2, unset'];

describeRule(staticReplicasWithHpa, {
  'a number in the file': { around: [hpa()], says: fights },
  'no number in the file': { workload: { spec: { replicas: null } }, around: [hpa()], says: 'nothing' },
  '0 is a pause': { workload: { spec: { replicas: 0 } }, around: [hpa()], says: 'nothing' },
  'no autoscaler': { says: 'not-applicable' },
  'a number in the cluster is the autoscaler’s own': { around: [hpa()], source: 'cluster', says: 'nothing' },
  'unless somebody applies it': {
    workload: { metadata: { managedFields: managed('argocd-controller', 'Apply') } },
    around: [hpa()],
    source: 'cluster',
    says: fights,
  },
  'one who made the object owns its defaults, too': {
    workload: { metadata: { managedFields: managed('helm', 'Update') } },
    around: [hpa()],
    source: 'cluster',
    says: 'nothing',
  },
  'what kubectl apply remembers': {
    workload: { metadata: { annotations: applied({ replicas: 2 }) } },
    around: [hpa()],
    source: 'cluster',
    says: fights,
  },
  'what it remembers without a number': {
    workload: { metadata: { annotations: applied({}) } },
    around: [hpa()],
    source: 'cluster',
    says: 'nothing',
  },
  'a memory that is broken remembers nothing': {
    workload: {
      metadata: { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{"spec' } },
    },
    around: [hpa()],
    source: 'cluster',
    says: 'nothing',
  },
});
