// security/privilege-escalation: no process may gain more privileges than the one that started it.
import type { Rule, RuleReport } from '../rule.ts';
import { showValue } from '../show-value.ts';
import type { Container } from '../../workload/workload.ts';

/** Whether each container forbids privilege escalation. */
export const privilegeEscalation: Rule = {
  id: 'security/privilege-escalation',
  title: 'Containers forbid privilege escalation',
  semantics:
    'For every container, sidecar and init container securityContext.allowPrivilegeEscalation has to be false; it exists on containers only, and unset means true. ' +
    'A privileged container and one with CAP_SYS_ADMIN can escalate whatever the field says. Not asked of Windows pods, nor where the persona’s policies.security.allowPrivilegeEscalation is true.',
  rationale:
    'Without it a set-uid binary in the image makes any user root in the container, so that running as another user protects from nothing.',
  severity: 'error',
  otherSeverities: '',
  bad: 'name: shop\nimage: ghcr.io/acme/shop:1.4.2\n',
  good: 'name: shop\nimage: ghcr.io/acme/shop:1.4.2\nsecurityContext:\n  allowPrivilegeEscalation: false\n',
  needsSurroundings: false,
  evaluate: ({ persona, workload }) => {
    const isAllowed = persona.spec.policies.security.allowPrivilegeEscalation;
    if (isAllowed || workload.pod.isWindows) return 'not-applicable';
    return workload.pod.containers.flatMap(judge);
  },
};

function judge(container: Container): RuleReport[] {
  const { securityContext: settings, name, path } = container;
  const reason = impliesEscalation(container);
  if (settings.allowPrivilegeEscalation === false && reason === undefined) return [];
  const actual = showValue(settings.fields['allowPrivilegeEscalation']);
  const report = { container: name, expected: 'false', suggestion: 'allowPrivilegeEscalation: false' };
  if (reason === undefined) {
    const field = `${path}.securityContext.allowPrivilegeEscalation`;
    return [
      {
        ...report,
        field,
        actual,
        message: `container ${name}: allowPrivilegeEscalation is ${actual}, false expected`,
      },
    ];
  }
  return [
    {
      ...report,
      field: `${path}.securityContext.${reason.field}`,
      actual: reason.actual,
      message: `container ${name}: ${reason.actual} implies privilege escalation, whatever allowPrivilegeEscalation says`,
      suggestion: reason.suggestion,
    },
  ];
}

function impliesEscalation({ securityContext }: Container) {
  if (securityContext.privileged === true) {
    return { field: 'privileged', actual: 'privileged', suggestion: 'privileged: false' };
  }
  const admin = securityContext.addedCapabilities.find((name) => /^(CAP_)?SYS_ADMIN$/i.test(name));
  if (admin === undefined) return undefined;
  return { field: 'capabilities.add', actual: admin, suggestion: `remove ${admin} from capabilities.add` };
}
