// security/run-as-non-root: no container may run as root.
import type { RuleInput } from '../rule-input.ts';
import type { Rule, RuleReport } from '../rule.ts';
import { showValue } from '../show-value.ts';
import type { Container, Workload } from '../../workload/workload.ts';

/** Whether each container is held to runAsNonRoot. */
export const runAsNonRoot: Rule = {
  id: 'security/run-as-non-root',
  title: 'Containers run as another user than root',
  semantics:
    'For every container, sidecar and init container the effective runAsNonRoot (the container’s, else the pod’s) has to be true. An explicit false on a container overrides the pod’s true. ' +
    'A runAsUser above 0 without the flag counts as met, with a note of severity info. Asked where the persona has policies.security.runAsNonRoot or the ClusterPersona enforceNonRoot.',
  rationale:
    'A process that escapes its container as root is root on the node; the flag makes the kubelet refuse an image that would run as root.',
  severity: 'error',
  otherSeverities: 'info where a user above 0 is set without the flag',
  bad: 'name: shop\nimage: ghcr.io/acme/shop:1.4.2\n',
  good: 'name: shop\nimage: ghcr.io/acme/shop:1.4.2\nsecurityContext:\n  runAsNonRoot: true\n',
  needsSurroundings: false,
  evaluate: (input) => {
    if (!isNonRootAsked(input)) return 'not-applicable';
    return input.workload.pod.containers.flatMap((container) => judge(container, input.workload));
  },
};

/** Whether persona or cluster ask for containers that do not run as root. */
export function isNonRootAsked({ persona, clusterPersona }: RuleInput): boolean {
  return (
    persona.spec.policies.security.runAsNonRoot ||
    clusterPersona?.spec.policies.security.enforceNonRoot === true
  );
}

function judge(container: Container, { pod }: Workload): RuleReport[] {
  const settings = container.securityContext;
  const flag = settings.fields['runAsNonRoot'] ?? pod.securityContext.fields['runAsNonRoot'];
  if (flag === true) return [];
  const user = settings.runAsUser ?? pod.securityContext.runAsUser;
  const isMet = flag !== false && user !== undefined && user > 0;
  const place = { field: `${container.path}.securityContext.runAsNonRoot`, container: container.name };
  const values = { actual: showValue(flag), expected: 'true', suggestion: 'runAsNonRoot: true' };
  if (isMet && (flag === undefined || flag === null)) {
    const message = `container ${container.name}: runs as user ${user}, but runAsNonRoot is not set`;
    return [{ ...place, ...values, severity: 'info', message }];
  }
  return [
    {
      ...place,
      ...values,
      message: `container ${container.name}: runAsNonRoot is ${values.actual}, true expected`,
    },
  ];
}
