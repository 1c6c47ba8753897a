// Which resources of an Application can be a persona's workload.

const kinds: Readonly<Record<string, string>> = {
  Deployment: 'apps',
  StatefulSet: 'apps',
  DaemonSet: 'apps',
  CronJob: 'batch',
  Job: 'batch',
  Rollout: 'argoproj.io',
};

/** Whether a resource of an Application is of a kind that personas own. */
export function isMainKind(group: string, kind: string): boolean {
  return Object.hasOwn(kinds, kind) && kinds[kind] === group;
}
