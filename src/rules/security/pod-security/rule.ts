// security/pod-security: pods meet the Pod Security Standard that the cluster asks.
import type { EffectiveClusterPersona } from '../../../api/personas.ts';
import type { Rule, RuleReport } from '../../rule.ts';
import { showValue } from '../../show-value.ts';
import type { PodSecurityCheck, PodSecurityProblem } from './check.ts';
import { confinementChecks, privileged } from './confinement.ts';
import { hostAccessChecks } from './host-access.ts';
import { restrictedChecks } from './restricted.ts';

/** The version of the standards that the checks follow: what `latest` means to a Kubernetes of this version. */
export const podSecurityVersion = 'v1.35';

const baselineChecks: readonly PodSecurityCheck[] = [...hostAccessChecks, ...confinementChecks];

/** Whether the pod meets the ClusterPersona's standard. */
export const podSecurity: Rule = {
  id: 'security/pod-security',
  title: 'Pods meet the Pod Security Standard of the cluster',
  semantics:
    `The ClusterPersona’s policies.security.podSecurityStandard (baseline or restricted) is judged as Pod Security Admission of ${podSecurityVersion} does it. ` +
    'Baseline: no host namespaces, ports, paths or probe hosts, no privileged or HostProcess container, added capabilities of the default set only, no unconfined seccomp or AppArmor profile, no SELinux type, user or role of its own, /proc masked, safe sysctls only. ' +
    'Restricted: also volumes of configMap, csi, downwardAPI, emptyDir, ephemeral, image, persistentVolumeClaim, projected and secret only, allowPrivilegeEscalation: false, runAsNonRoot: true, no runAsUser 0, a seccomp profile, all capabilities dropped and none but NET_BIND_SERVICE added. ' +
    'Pods for Windows and pods with hostUsers: false are spared what cannot apply to them. Under the standard privileged, privileged containers are still refused where disallowPrivileged is true. Asked where there is a ClusterPersona.',
  rationale:
    'A namespace that enforces the standard refuses such pods only when they are created, long after the Deployment was accepted.',
  severity: 'error',
  otherSeverities: '',
  bad: '# cluster: {policies: {security: {podSecurityStandard: baseline}}}\nspec:\n  template:\n    spec:\n      hostNetwork: true\n',
  good: '# cluster: {policies: {security: {podSecurityStandard: baseline}}}\nspec:\n  template:\n    spec:\n      hostNetwork: false\n',
  needsSurroundings: false,
  evaluate: ({ workload, clusterPersona }) => {
    const checks = chooseChecks(clusterPersona);
    if (clusterPersona === undefined || checks.length === 0) return 'not-applicable';
    const standard = clusterPersona.spec.policies.security.podSecurityStandard;
    return checks.flatMap((check) =>
      check.find(workload.pod).map((problem) => report(check, problem, standard)),
    );
  },
};

function chooseChecks(clusterPersona: EffectiveClusterPersona | undefined): readonly PodSecurityCheck[] {
  const policy = clusterPersona?.spec.policies.security;
  if (policy === undefined) return [];
  if (policy.podSecurityStandard === 'restricted') return [...baselineChecks, ...restrictedChecks];
  if (policy.podSecurityStandard === 'baseline') return baselineChecks;
  return policy.disallowPrivileged ? [privileged] : [];
}

function report(check: PodSecurityCheck, problem: PodSecurityProblem, standard: string): RuleReport {
  const { field, container, expected, subject } = problem;
  const actual = showValue(problem.actual);
  const asker = standard === 'privileged' ? 'disallowPrivileged' : check.level;
  return {
    field,
    ...(container === undefined ? {} : { container }),
    subject: `${check.id} ${actual}`,
    actual,
    expected,
    message: `${subject} is ${actual}, ${expected} expected (${asker})`,
    ...suggest(problem),
  };
}

// A line of YAML where one value would do.
function suggest({ field, expected, actual }: PodSecurityProblem): { suggestion?: string } {
  const name = field.slice(field.lastIndexOf('.') + 1);
  if (name === 'add') return { suggestion: `remove ${showValue(actual)} from capabilities.add` };
  const [value = ''] = expected.split(' or ');
  if (value === 'unset') return { suggestion: `remove ${name}` };
  return /^[\w[\]]+$/.test(value) && /^\w+$/.test(name) ? { suggestion: `${name}: ${value}` } : {};
}
