// When the standards are asked; what they say is held against the real admission plugin in the .cluster.test beside this.
import { expect } from 'chai';
import { podSecurity } from '../../../src/rules/security/pod-security/rule.ts';
import { describeRule } from '../rule-cases.ts';
import { shopInput } from '../shop-input.ts';

const standard = (podSecurityStandard: string, more = {}) => ({ policies: { security: { podSecurityStandard, ...more } } }); // prettier-ignore
const privileged = { securityContext: { privileged: true } };
const privilegedField = 'containers[0].securityContext.privileged';

describeRule(podSecurity, {
  'without a ClusterPersona nothing is asked': { pod: { hostNetwork: true }, says: 'not-applicable' },
  'a ClusterPersona that says nothing asks baseline': {
    cluster: {},
    pod: { hostNetwork: true },
    says: ['error hostNetwork: true, false'],
  },
  'a pod that says nothing meets baseline': { cluster: standard('baseline'), says: 'nothing' },
  'privileged asks nothing but what the cluster disallows': {
    cluster: standard('privileged'),
    container: privileged,
    pod: { hostNetwork: true },
    says: [`error ${privilegedField}: true, false`],
  },
  'privileged asks nothing where the cluster disallows nothing': {
    cluster: standard('privileged', { disallowPrivileged: false }),
    container: privileged,
    says: 'not-applicable',
  },
  'each problem is said once': {
    cluster: standard('restricted'),
    pod: { securityContext: { runAsNonRoot: true, seccompProfile: { type: 'Unconfined' } } },
    container: { securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'], add: ['NET_RAW'] } } },
    says: [
      'error containers[0].securityContext.capabilities.add: NET_RAW, capabilities of the default set only',
      'error securityContext.seccompProfile.type: Unconfined, RuntimeDefault or Localhost',
      'error containers[0].securityContext.seccompProfile.type: unset, RuntimeDefault or Localhost',
      'error containers[0].securityContext.capabilities.add: NET_RAW, at most NET_BIND_SERVICE',
    ],
  },
  'values of another type are not allowed': {
    cluster: standard('baseline'),
    pod: { hostPID: 'yes', securityContext: { sysctls: [null] } },
    container: { ports: [{ hostPort: '80' }], securityContext: { privileged: 'no', capabilities: { add: 'ALL' }, procMount: 1 } },
    says: [
      'error hostPID: yes, false',
      'error containers[0].ports[0].hostPort: "80", 0',
      'error containers[0].securityContext.privileged: no, false',
      'error containers[0].securityContext.capabilities.add: ALL, capabilities of the default set only',
      'error containers[0].securityContext.procMount: 1, Default',
      'error securityContext.sysctls[0].name: unset, a sysctl of the safe set',
    ],
  },
}); // prettier-ignore

describe('security/pod-security', () => {
  it('says what to change', () => {
    const input = shopInput({
      cluster: standard('restricted'),
      pod: { hostPID: true, volumes: [{ name: 'run', hostPath: { path: '/run' } }] },
      container: { securityContext: { capabilities: { add: ['NET_RAW'] } } },
    });
    const reports = podSecurity.evaluate(input);
    expect(reports === 'not-applicable' ? [] : reports.map(({ suggestion }) => suggestion)).to.deep.equal([
      'hostPID: false',
      'remove hostPath',
      'remove NET_RAW from capabilities.add',
      undefined,
      'allowPrivilegeEscalation: false',
      'runAsNonRoot: true',
      'type: RuntimeDefault',
      'drop: [ALL]',
      'remove NET_RAW from capabilities.add',
    ]);
  });
});
