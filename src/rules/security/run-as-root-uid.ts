// security/run-as-root-uid: a container that has to be non-root and is told to be root cannot start.
import type { Container, Workload } from '../../workload/workload.ts';
import type { Rule, RuleReport } from '../rule.ts';
import { showValue } from '../show-value.ts';
import { isNonRootAsked } from './run-as-non-root.ts';

/** Whether a container runs as user 0. */
export const runAsRootUid: Rule = {
  id: 'security/run-as-root-uid',
  title: 'Containers do not ask for user 0',
  semantics:
    'For every container, sidecar and init container the effective runAsUser (the container’s, else the pod’s) must not be 0. With an effective runAsNonRoot: true the kubelet refuses to start it, so that this is asked whatever the policies say; ' +
    'without the flag it is asked where the persona has policies.security.runAsNonRoot or the ClusterPersona enforceNonRoot. A runAsUser that is no whole number of 0 or more is reported as well. Not asked of Windows pods.',
  rationale:
    'The contradiction is not seen until the pod starts: CreateContainerConfigError, and the rollout hangs.',
  severity: 'error',
  otherSeverities: '',
  bad: 'securityContext:\n  runAsNonRoot: true\n  runAsUser: 0\n',
  good: 'securityContext:\n  runAsNonRoot: true\n  runAsUser: 10001\n',
  needsSurroundings: false,
  evaluate: (input) => {
    if (input.workload.pod.isWindows) return 'not-applicable';
    const isAsked = isNonRootAsked(input);
    return input.workload.pod.containers.flatMap((container) => judge(container, input.workload, isAsked));
  },
};

function judge(container: Container, { pod }: Workload, isAsked: boolean): RuleReport[] {
  const own = container.securityContext;
  const isOwn = (own.fields['runAsUser'] ?? undefined) !== undefined;
  const settings = isOwn ? own : pod.securityContext;
  const user = settings.fields['runAsUser'] ?? undefined;
  const hasFlag = (own.runAsNonRoot ?? pod.securityContext.runAsNonRoot) === true;
  const isWrong = settings.runAsUser === 0 ? hasFlag || isAsked : settings.runAsUser === undefined;
  if (user === undefined || !isWrong) return [];
  return [describe(container, isOwn ? container.path : pod.path, user, hasFlag)];
}

function describe({ name }: Container, path: string, user: unknown, hasFlag: boolean): RuleReport {
  const actual = showValue(user);
  const reason =
    user === 0
      ? `runs as user 0${hasFlag ? ' with runAsNonRoot: true, so it cannot start' : ''}`
      : `runAsUser is ${actual}`;
  return {
    field: `${path}.securityContext.runAsUser`,
    container: name,
    actual,
    expected: 'a user above 0',
    message: `container ${name}: ${reason}, a user above 0 expected`,
    suggestion: 'runAsUser: 10001',
  };
}
