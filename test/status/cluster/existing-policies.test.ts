// Policies of namespaces that become policies of a ClusterPersona.
import { expect } from 'chai';
import {
  isApplicationNamespace,
  readExistingPolicies,
} from '../../../src/status/cluster/existing-policies.ts';

const namespace = (name: string, standard?: string) => ({
  name,
  labels: new Map(standard === undefined ? [] : [['pod-security.kubernetes.io/enforce', standard]]),
});
const policy = (where: string, spec: object) => ({
  metadata: { namespace: where },
  spec: { podSelector: {}, ...spec },
});
const quota = (where: string, hard: object) => ({ metadata: { namespace: where }, spec: { hard } });
const none = { networkPolicies: [], resourceQuotas: [] };

const cases: Record<
  string,
  { given: Parameters<typeof readExistingPolicies>[0]; spec: unknown; notes: string[] }
> = {
  'the loosest standard that all enforce': {
    given: { ...none, namespaces: [namespace('a', 'restricted'), namespace('b', 'baseline')] },
    spec: { policies: { security: { podSecurityStandard: 'baseline' } } },
    notes: [],
  },
  'no standard where one namespace enforces none': {
    given: { ...none, namespaces: [namespace('a', 'restricted'), namespace('b')] },
    spec: {},
    notes: ['Pod Security is enforced in 1 of 2 namespaces with applications: left out'],
  },
  'a word that is no standard is none': {
    given: { ...none, namespaces: [namespace('a', 'strict')] },
    spec: {},
    notes: [],
  },
  'ingress denied by default everywhere, egress in one place': {
    given: {
      namespaces: [namespace('a'), namespace('b')],
      networkPolicies: [policy('a', { policyTypes: ['Ingress', 'Egress'] }), policy('b', {})],
      resourceQuotas: [],
    },
    spec: { policies: { networking: { defaultDenyIngress: true } } },
    notes: ['Egress is denied by default in 1 of 2 namespaces with applications: left out'],
  },
  'a policy that lets something through, or is for some pods, denies nothing by default': {
    given: {
      namespaces: [namespace('a')],
      networkPolicies: [
        policy('a', { policyTypes: ['Ingress'], ingress: [{}] }),
        policy('a', { podSelector: { matchLabels: { app: 'x' } } }),
      ],
      resourceQuotas: [],
    },
    spec: {},
    notes: [],
  },
  'quotas that agree': {
    given: {
      namespaces: [namespace('a'), namespace('b')],
      networkPolicies: [],
      resourceQuotas: [
        quota('a', { pods: '50', 'limits.cpu': '8' }),
        quota('b', { pods: 50, 'limits.cpu': '8000m' }),
      ],
    },
    spec: { resourceQuotas: { maxPodsPerNamespace: 50, maxCPUPerNamespace: '8' } },
    notes: [],
  },
  'quotas that differ': {
    given: {
      namespaces: [namespace('a'), namespace('b')],
      networkPolicies: [],
      resourceQuotas: [quota('a', { pods: '50' })],
    },
    spec: {},
    notes: ['quotas differ from namespace to namespace: left out'],
  },
  'nothing of a cluster without applications': { given: { ...none, namespaces: [] }, spec: {}, notes: [] },
};

describe('a ClusterPersona takes over', () => {
  for (const [name, { given, spec, notes }] of Object.entries(cases))
    it(name, () => expect(readExistingPolicies(given)).to.deep.equal({ spec, notes }));

  it('what holds for applications, not for Kubernetes itself', () => {
    expect(
      ['kube-system', 'openshift-ingress', 'shop', 'default'].filter(isApplicationNamespace),
    ).to.deep.equal(['shop', 'default']);
  });
});
