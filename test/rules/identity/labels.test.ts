// What a workload says it is.
import { labels } from '../../../src/rules/identity/labels.ts';
import { describeRule } from '../rule-cases.ts';

const name = 'app.kubernetes.io/name';
const conventions = {
  conventions: { requiredLabels: ['team', 'stage'], requiredAnnotations: ['acme.io/cost'] },
};
const template = (metadata: object) => ({ spec: { template: { metadata } } });

describeRule(labels, {
  'the shop is well labelled': { says: 'nothing' },
  'a cluster that asks for nothing': { cluster: {}, says: 'nothing' },
  'a cluster’s labels and annotations': {
    cluster: conventions,
    says: [
      'error metadata.labels[team]: unset, a value',
      'error metadata.labels[stage]: unset, a value',
      'error metadata.annotations[acme.io/cost]: unset, a value',
    ],
  },
  'they may be on the object or on its pods': {
    cluster: conventions,
    workload: {
      metadata: { labels: { team: 'a' }, annotations: { 'acme.io/cost': '1' } },
      ...template({ labels: { stage: 'test' } }),
    },
    says: 'nothing',
  },
  'an empty one is none': {
    cluster: { conventions: { requiredLabels: ['team'] } },
    workload: { metadata: { labels: { team: '' } } },
    says: ['error metadata.labels[team]: unset, a value'],
  },
  'one that is no text is none': {
    cluster: { conventions: { requiredLabels: ['team'] } },
    workload: { metadata: { labels: { team: 5 } } },
    says: ['error metadata.labels[team]: unset, a value'],
  },
  'a selector beside the template': {
    workload: { spec: { selector: { matchLabels: { tier: 'web' } } } },
    says: ['error spec.selector: tier=unset, tier=web'],
  },
  'an expression beside the template': {
    workload: { spec: { selector: { matchExpressions: [{ key: 'tier', operator: 'Exists' }] } } },
    says: ['error spec.selector: other labels, what the selector asks'],
  },
  'no selector': {
    workload: { spec: { selector: null } },
    says: ['error spec.selector: unset, labels of the pod template'],
  },
  'a selector that is text': {
    workload: { spec: { selector: 'app=shop' } },
    says: ['error spec.selector: other labels, what the selector asks'],
  },
  'a CronJob has none': { workload: { kind: 'CronJob', spec: { selector: null } }, says: 'nothing' },
  'a Rollout may take its pods from a Deployment': {
    workload: {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      spec: { workloadRef: { name: 'shop' }, selector: { matchLabels: { tier: 'web' } } },
    },
    says: 'nothing',
  },
  'other personas that claim it alike': {
    rivals: ['till', 'web'],
    says: ['error metadata.labels: 3 personas, one persona'],
  },
  'a workload that only its name belongs to the persona by': {
    persona: { name: 'till' },
    says: [`info metadata.labels[${name}]: shop, till`],
  },
  'a workload that its label app belongs to the persona by': {
    persona: { name: 'till' },
    workload: { metadata: { labels: { app: 'till' } } },
    says: 'nothing',
  },
});
