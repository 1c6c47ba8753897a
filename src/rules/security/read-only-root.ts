// security/read-only-root: containers cannot write into their own image.
import type { Container } from '../../workload/workload.ts';
import type { Rule, RuleReport } from '../rule.ts';
import { showValue } from '../show-value.ts';

/** Whether each container has a read-only root file system. */
export const readOnlyRoot: Rule = {
  id: 'security/read-only-root',
  title: 'Containers have a read-only root file system',
  semantics:
    'For every container, sidecar and init container securityContext.readOnlyRootFilesystem has to be true; it exists on containers only. ' +
    'Asked where the persona has policies.security.readOnlyRootFilesystem or the ClusterPersona enforceReadOnlyRoot; not of Windows pods, which cannot have it.',
  rationale:
    'An attacker who can write files can put a program there and run it. What the application has to write goes into a volume, and is seen.',
  severity: 'warning',
  otherSeverities: '',
  bad: 'name: shop\nimage: ghcr.io/acme/shop:1.4.2\n',
  good: 'name: shop\nimage: ghcr.io/acme/shop:1.4.2\nsecurityContext:\n  readOnlyRootFilesystem: true\nvolumeMounts:\n  - { name: tmp, mountPath: /tmp } # an emptyDir\n',
  needsSurroundings: false,
  evaluate: ({ persona, clusterPersona, workload }) => {
    const isAsked =
      persona.spec.policies.security.readOnlyRootFilesystem ||
      clusterPersona?.spec.policies.security.enforceReadOnlyRoot === true;
    if (!isAsked || workload.pod.isWindows) return 'not-applicable';
    return workload.pod.containers.flatMap(judge);
  },
};

function judge(container: Container): RuleReport[] {
  const { securityContext, name, path } = container;
  if (securityContext.readOnlyRootFilesystem === true) return [];
  const actual = showValue(securityContext.fields['readOnlyRootFilesystem']);
  const hasTmp = container.volumeMounts.some(({ mountPath }) => mountPath.replace(/\/+$/, '') === '/tmp');
  return [
    {
      field: `${path}.securityContext.readOnlyRootFilesystem`,
      container: name,
      actual,
      expected: 'true',
      message: `container ${name}: readOnlyRootFilesystem is ${actual}, true expected`,
      suggestion: hasTmp
        ? 'readOnlyRootFilesystem: true'
        : 'readOnlyRootFilesystem: true, and an emptyDir volume mounted at /tmp if it writes there',
    },
  ];
}
