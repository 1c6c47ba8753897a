// Ways to break what stands around workloads.
import { drop, set } from './break-object.ts';
import type { Break } from './break-object.ts';

/** By sentence: what is wrong. */
export const brokenCompanions: Readonly<Record<string, Break>> = {
  'an HPA of nothing': {
    file: 'front/hpa',
    change: set('spec.scaleTargetRef.name', 'x'),
    field: /scaleTargetRef/,
    says: /nothing to scale/,
  },
  'an HPA with max below min': {
    file: 'front/hpa',
    change: set('spec.maxReplicas', 1),
    field: /maxReplicas/,
    says: /below the minimum/,
  },
  'an HPA without maxReplicas': {
    file: 'front/hpa',
    change: drop('spec.maxReplicas'),
    field: /maxReplicas/,
    says: /missing/,
  },
  'fixed replicas under an HPA': {
    file: 'front/deployment',
    change: set('spec.replicas', 2),
    field: /scaleTargetRef/,
    says: /fight/,
  },
  'a budget with two bounds': {
    file: 'front/pdb',
    change: set('spec.minAvailable', 1),
    field: /spec/,
    says: /one bound/,
  },
  'a budget of nothing': {
    file: 'front/pdb',
    change: set('spec.selector.matchLabels', { a: 'b' }),
    field: /selector/,
    says: /one workload/,
  },
  'a policy with a range that is none': {
    file: 'front/networkpolicy',
    change: set('spec.egress.1.to.1.ipBlock.cidr', '0.0.0.0/33'),
    field: /cidr/,
    says: /no range/,
  },
  'a policy of nothing': {
    file: 'front/networkpolicy',
    change: set('spec.podSelector.matchLabels', { a: 'b' }),
    field: /podSelector/,
    says: /one workload/,
  },
  'a policy with port 0': {
    file: 'front/networkpolicy',
    change: set('spec.egress.0.ports.0.port', 0),
    field: /ports/,
    says: /no such port/,
  },
  'an Ingress to a Service that is not there': {
    file: 'web/ingress',
    change: set('spec.rules.0.http.paths.0.backend.service.name', 'x'),
    field: /backend/,
    says: /not there/,
  },
  'an Ingress to a port that is not there': {
    file: 'web/ingress',
    change: set('spec.rules.0.http.paths.0.backend.service.port.name', 'x'),
    field: /backend/,
    says: /no such port/,
  },
  'an Ingress without TLS': {
    file: 'web/ingress',
    change: drop('spec.tls'),
    field: /host/,
    says: /no TLS/,
  },
  'an Ingress of a host with a blank': {
    file: 'web/ingress',
    change: set('spec.rules.0.host', 'my shop'),
    field: /host/,
    says: /host is not valid/,
  },
  'an Ingress path without slash': {
    file: 'web/ingress',
    change: set('spec.rules.0.http.paths.0.path', 'x'),
    field: /path/,
    says: /not absolute/,
  },
  'a route on no Gateway': {
    file: 'web/httproute',
    change: set('spec.parentRefs', []),
    field: /parentRefs/,
    says: /no Gateway/,
  },
  'a route to a Service that is not there': {
    file: 'web/httproute',
    change: set('spec.rules.0.backendRefs.0.name', 'x'),
    field: /backendRefs/,
    says: /not there/,
  },
  'a claim of abc': {
    file: 'report/pvc',
    change: set('spec.resources.requests.storage', 'abc'),
    field: /storage/,
    says: /no amount/,
  },
  'a persona of type job': {
    file: 'front/persona',
    change: set('spec.type', 'job'),
    field: /spec.type/,
    says: /expected one of/,
  },
  'a persona with the profile api': {
    file: 'front/persona',
    change: set('spec.resources.profile', 'api'),
    field: /profile/,
    says: /expected one of/,
  },
  'a persona with an unknown field': {
    file: 'front/persona',
    change: set('spec.teir', 'critical'),
    field: /spec.teir/,
    says: /no such field/,
  },
  'a persona whose minimum is over its maximum': {
    file: 'front/persona',
    change: set('spec.scaling.minReplicas', 99),
    field: /scaling/,
    says: /minReplicas/,
  },
  'a Namespace with a namespace': {
    file: 'namespace',
    change: set('metadata.namespace', 'x'),
    field: /metadata.namespace/,
    says: /no namespace/,
  },
  'an object of a kind that is not generated': {
    file: 'front/pdb',
    change: set('kind', 'Role'),
    field: /kind/,
    says: /does not write/,
  },
  'two objects of one name': {
    file: 'front/serviceaccount',
    change: set('metadata.name', 'web'),
    field: /metadata.name|serviceAccountName/,
    says: /two of this|no such/,
  },
};
