// Budgets and spread of workloads with replicas.
import { pdbBlocksDrain } from '../../../src/rules/availability/pdb-blocks-drain.ts';
import { pdb } from '../../../src/rules/availability/pdb.ts';
import { spread } from '../../../src/rules/availability/spread.ts';
import { describeRule } from '../rule-cases.ts';

const replicas = (count: number | null) => ({ spec: { replicas: count } });
const budget = (spec: object = { maxUnavailable: 1 }, name = 'shop') => ({
  kind: 'PodDisruptionBudget',
  metadata: { name },
  spec,
});
const hpa = (spec: object) => ({ kind: 'HorizontalPodAutoscaler', spec });
const missing = ['warning spec.template.metadata.labels: no budget, a PodDisruptionBudget'];

describeRule(pdb, {
  'two replicas without a budget': { says: missing },
  'two replicas with one': { around: [budget()], says: 'nothing' },
  'a budget of others': {
    around: [budget({ selector: { matchLabels: { 'app.kubernetes.io/name': 'cart' } } })],
    says: missing,
  },
  'an empty selector is everybody’s': {
    around: [{ ...budget(), spec: { selector: {} } }],
    says: 'nothing',
  },
  'an absent selector is nobody’s': {
    around: [budget({ selector: null })],
    says: missing,
  },
  'one replica': { workload: replicas(1), says: 'not-applicable' },
  'replicas that are not there are one': { workload: replicas(null), says: 'not-applicable' },
  'a pause': { workload: replicas(0), says: 'not-applicable' },
  'an HPA from two up': {
    workload: replicas(null),
    around: [hpa({ minReplicas: 2 })],
    says: missing,
  },
  'an HPA from one up': { around: [hpa({})], says: 'not-applicable' },
  'tier best-effort': { persona: { tier: 'best-effort' }, says: 'not-applicable' },
  'tier critical': { persona: { tier: 'critical' }, says: missing },
  'a DaemonSet': { workload: { kind: 'DaemonSet' }, says: 'not-applicable' },
  'a CronJob': { workload: { kind: 'CronJob' }, says: 'not-applicable' },
  'where nothing can be seen': { around: 'unseen', source: 'admission', says: 'not-applicable' },
});

const blocked = (field: string, actual: string) => [
  `error PodDisruptionBudget/shop spec.${field}: ${actual}, at least one eviction`,
];

describeRule(pdbBlocksDrain, {
  'all have to be available': {
    around: [budget({ minAvailable: 2 })],
    says: blocked('minAvailable', '2'),
  },
  'one may be missing': { around: [budget({ minAvailable: 1 })], says: 'nothing' },
  'none may be missing': {
    around: [budget({ maxUnavailable: 0 })],
    says: blocked('maxUnavailable', '0'),
  },
  '0% of them may be missing': {
    around: [budget({ maxUnavailable: '0%' })],
    says: blocked('maxUnavailable', '0%'),
  },
  '1% of two rounds up to one that may be missing': {
    around: [budget({ maxUnavailable: '1%' })],
    says: 'nothing',
  },
  '51% of two rounds up to two that have to be available': {
    around: [budget({ minAvailable: '51%' })],
    says: blocked('minAvailable', '51%'),
  },
  '50% of two is one': { around: [budget({ minAvailable: '50%' })], says: 'nothing' },
  '50% of three rounds up to two, and one may go': {
    workload: replicas(3),
    around: [budget({ minAvailable: '50%' })],
    says: 'nothing',
  },
  '67% of three rounds up to three': {
    workload: replicas(3),
    around: [budget({ minAvailable: '67%' })],
    says: blocked('minAvailable', '67%'),
  },
  'neither of both allows none': { around: [budget({})], says: blocked('minAvailable', 'unset') },
  'the minimum of an HPA counts': {
    workload: replicas(null),
    around: [budget({ minAvailable: 2 }), hpa({ minReplicas: 2, maxReplicas: 10 })],
    says: blocked('minAvailable', '2'),
  },
  'two budgets for the same pods': {
    around: [budget(), budget({ maxUnavailable: 1 }, 'other')],
    says: ['error PodDisruptionBudget/shop spec.selector: 2 budgets, 1'],
  },
  'a value that is none': {
    around: [budget({ maxUnavailable: 'one' })],
    says: ['error PodDisruptionBudget/shop spec.maxUnavailable: one, a count or a percentage'],
  },
  'one replica that has to be available is a warning': {
    workload: replicas(1),
    around: [budget({ minAvailable: 1 })],
    says: ['warning PodDisruptionBudget/shop spec.minAvailable: 1, at least one eviction'],
  },
  'so is any for tier best-effort': {
    persona: { tier: 'best-effort' },
    around: [budget({ maxUnavailable: 0 })],
    says: ['warning PodDisruptionBudget/shop spec.maxUnavailable: 0, at least one eviction'],
  },
  'a pause': { workload: replicas(0), around: [budget({ minAvailable: 1 })], says: 'not-applicable' },
});

const constraint = (labels: object) => ({
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: 'kubernetes.io/hostname',
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: labels },
    },
  ],
});
const antiAffinity = (terms: readonly object[]) => ({
  affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: terms } },
});

describeRule(spread, {
  'nothing spreads them': { says: ['warning topologySpreadConstraints: unset, a constraint'] },
  'a constraint does': { pod: constraint({ 'app.kubernetes.io/name': 'shop' }), says: 'nothing' },
  'a constraint on other pods does not': {
    pod: constraint({ app: 'cart' }),
    says: ['warning topologySpreadConstraints: other pods, a constraint'],
  },
  'anti-affinity does': { pod: antiAffinity([{ weight: 1 }]), says: 'nothing' },
  'anti-affinity without terms does not': {
    pod: antiAffinity([]),
    says: ['warning topologySpreadConstraints: unset, a constraint'],
  },
  'one replica is where it is': { workload: replicas(1), says: 'not-applicable' },
  'tier best-effort': { persona: { tier: 'best-effort' }, says: 'not-applicable' },
});
