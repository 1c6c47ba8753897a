// How containers run, as a promise that holds for all of them: what one container does not do is not promised.
import type { SecurityPolicy } from '../api/personas.ts';
import type { Container, Workload } from '../workload/workload.ts';

/** As it runs, all three written out, because the persona's defaults promise more. */
export function describeSecurity(workloads: readonly Workload[]): SecurityPolicy {
  const holds = (test: (container: Container, workload: Workload) => boolean) =>
    workloads.every((workload) => workload.pod.containers.every((container) => test(container, workload)));
  return {
    runAsNonRoot: holds(isNonRoot),
    readOnlyRootFilesystem: holds(({ securityContext }) => securityContext.readOnlyRootFilesystem === true),
    allowPrivilegeEscalation: !holds(forbidsEscalation),
  };
}

function isNonRoot({ securityContext }: Container, { pod }: Workload): boolean {
  const flag = securityContext.fields['runAsNonRoot'] ?? pod.securityContext.fields['runAsNonRoot'];
  const user = securityContext.runAsUser ?? pod.securityContext.runAsUser;
  if (flag === true) return user !== 0;
  // Another user than root without the flag is what was meant, but Windows has users of other kinds.
  return (flag === undefined || flag === null) && user !== undefined && user > 0 && !pod.isWindows;
}

function forbidsEscalation({ securityContext }: Container, { pod }: Workload): boolean {
  if (pod.isWindows) return true;
  const isAdmin = securityContext.addedCapabilities.some((name) => /^(CAP_)?(SYS_ADMIN|ALL)$/i.test(name));
  return (
    securityContext.allowPrivilegeEscalation === false && securityContext.privileged !== true && !isAdmin
  );
}
