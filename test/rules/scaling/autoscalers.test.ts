// Whether a workload has the autoscaler that is meant for it, and only that.
import { duplicateHpa } from '../../../src/rules/scaling/duplicate-hpa.ts';
import { hpaMissing } from '../../../src/rules/scaling/hpa-missing.ts';
import { hpaTargetMissing } from '../../../src/rules/scaling/hpa-target-missing.ts';
import { describeRule } from '../rule-cases.ts';

const hpa = (name: string, scaleTargetRef: object = {}) => ({
  kind: 'HorizontalPodAutoscaler',
  metadata: { name },
  spec: { scaleTargetRef },
});
const keda = (name: string) => ({ kind: 'ScaledObject', metadata: { name } });
const cart = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'cart' }, spec: {} };
const leftToHpa = {
  metadata: { annotations: { 'dorgu.io/replicas': 'hpa' } },
  spec: { replicas: null },
};
const annotation = 'metadata.annotations["dorgu.io/replicas"]';

describeRule(duplicateHpa, {
  'two HPAs for one workload': {
    around: [hpa('shop'), hpa('shop-memory')],
    says: ['error HorizontalPodAutoscaler/shop-memory spec.scaleTargetRef: 2 autoscalers, 1'],
  },
  'an HPA and a ScaledObject': {
    around: [hpa('shop'), keda('shop')],
    says: ['error ScaledObject/shop spec.scaleTargetRef: 2 autoscalers, 1'],
  },
  'the HPA that KEDA makes is KEDA’s': { around: [keda('shop'), hpa('keda-hpa-shop')], says: 'nothing' },
  'one is right': { around: [hpa('shop')], says: 'nothing' },
  'none is not too many': { says: 'not-applicable' },
});

describeRule(hpaTargetMissing, {
  'a slip in the name': {
    around: [hpa('shop', { name: 'shpo' })],
    says: ['error HorizontalPodAutoscaler/shop spec.scaleTargetRef: Deployment/shpo, Deployment/shop'],
  },
  'a slip in the kind': {
    around: [hpa('web', { kind: 'StatefulSet' })],
    says: ['error HorizontalPodAutoscaler/web spec.scaleTargetRef: StatefulSet/shop, Deployment/shop'],
  },
  'an HPA of this name for another workload that is there': {
    around: [hpa('shop', { name: 'cart' }), cart],
    says: 'nothing',
  },
  'a kind in small letters': {
    around: [hpa('shop', { kind: 'deployment' })],
    says: ['error HorizontalPodAutoscaler/shop spec.scaleTargetRef: deployment/shop, Deployment/shop'],
  },
  'a kind that nobody has listed': {
    around: [hpa('shop', { apiVersion: 'acme.example/v1', kind: 'Fleet' })],
    says: 'nothing',
  },
  'the slip of another application’s HPA': { around: [hpa('cart', { name: 'crat' })], says: 'nothing' },
  'where nothing can be seen': {
    around: 'unseen',
    source: 'admission',
    says: 'not-applicable',
  },
});

describeRule(hpaMissing, {
  'the annotation without an HPA, in a cluster': {
    workload: leftToHpa,
    source: 'cluster',
    says: [`error ${annotation}: no autoscaler, an HPA`],
  },
  'in a file it may lie elsewhere': {
    workload: leftToHpa,
    says: [`warning ${annotation}: no autoscaler, an HPA`],
  },
  'with an HPA': { workload: leftToHpa, around: [hpa('shop')], says: 'nothing' },
  'with KEDA': { workload: leftToHpa, around: [keda('shop')], says: 'nothing' },
  'without the annotation': { says: 'not-applicable' },
  'where nothing can be seen': {
    workload: leftToHpa,
    around: 'unseen',
    source: 'admission',
    says: 'not-applicable',
  },
});
