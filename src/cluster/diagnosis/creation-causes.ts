// Why a workload makes no pods, or stops half-way: what its controller was refused, by whom.
import { fieldAt, fieldsOf, textOf } from '../../api/foreign-fields.ts';
import type { Workload } from '../../workload/workload.ts';
import type { Cause } from './cause.ts';
import { readConditions, type ObjectEvent } from './event.ts';
import { formatKubectl } from './kubectl-command.ts';
import { shorten } from './pod-evidence.ts';
import { subjectOf, type CheckedReference } from './reference-causes.ts';

/** What the controllers of a workload say. */
export interface ControllerEvidence {
  workload: Workload;
  namespace: string;
  target: string;
  /** ReplicaSets (raw) that belong to it, newest first. */
  replicaSets: readonly unknown[];
  /** Events of the workload and its ReplicaSets, latest first. */
  events: readonly ObjectEvent[];
  /** What its pods need, looked up just now: newer than what the controllers say. */
  references: readonly CheckedReference[];
}

/** One cause at most for each thing that refuses. */
export function findCreationCauses(evidence: ControllerEvidence): Cause[] {
  const message = findRefusal(evidence);
  return message === undefined ? [] : [toCause(message, evidence)];
}

/** Conditions are current, Events may be from before the mend: a condition comes first. */
function findRefusal({ workload, replicaSets, events }: ControllerEvidence): string | undefined {
  for (const status of [workload.status, ...replicaSets.slice(0, 1).map((set) => fieldAt(set, 'status'))]) {
    const condition = readConditions(status).get('ReplicaFailure');
    if (condition?.status === 'True') return condition.message;
  }
  // Deployments and ReplicaSets keep the condition above; the others have Events alone.
  if (workload.kind === 'Deployment' || workload.kind === 'ReplicaSet') return undefined;
  return events.find(({ reason, isWarning }) => isWarning && reason === 'FailedCreate')?.message;
}

function toCause(raw: string, evidence: ControllerEvidence): Cause {
  const { namespace, target } = evidence;
  const message = shorten(
    raw.replace(/^Error creating: /, '').replace(/^create Pod \S+ in \S+ \S+ failed error: /, ''),
  );
  const cause = (code: Cause['code'], subject: string, what: string, todo: string): Cause => ({
    code,
    subject,
    what,
    todo,
    pods: 0,
  });
  const quota = /exceeded quota: ([^,\s]+)/.exec(message)?.[1];
  if (quota !== undefined)
    return cause(
      'QuotaExceeded',
      subjectOf('ResourceQuota', quota),
      `no room in the namespace: ${message}`,
      formatKubectl(namespace, 'describe', 'resourcequota', quota),
    );
  const account = /serviceaccount "([^"]+)" not found/.exec(message)?.[1];
  if (account !== undefined) return toAccountCause(account, evidence);
  if (/violates PodSecurity/.test(message))
    return cause(
      'AdmissionRefused',
      'admission/PodSecurity',
      `Pod Security refuses the pods: ${message}`,
      `mend the securityContext that it names: ${formatKubectl(namespace, 'edit', target)}`,
    );
  if (/^admission webhook |denied the request|denied request/.test(message))
    return cause(
      'AdmissionRefused',
      'admission/webhook',
      `an admission webhook refuses the pods: ${message}`,
      `mend what it names: ${formatKubectl(namespace, 'edit', target)}`,
    );
  if (/failed calling webhook/.test(message))
    return cause(
      'AdmissionRefused',
      'admission/webhook',
      `an admission webhook does not answer: ${message}`,
      'kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations',
    );
  return cause(
    'CreationFailed',
    'pods',
    `the pods cannot be created: ${message}`,
    formatKubectl(namespace, 'describe', target),
  );
}

/** A controller that was refused waits longer each time: what it says is old where the account has come since. */
function toAccountCause(account: string, { namespace, target, references }: ControllerEvidence): Cause {
  const isThere = references.some(
    ({ kind, name, lookup }) => kind === 'ServiceAccount' && name === account && lookup.state === 'present',
  );
  const subject = subjectOf('ServiceAccount', account);
  if (!isThere)
    return {
      code: 'ServiceAccountMissing',
      subject,
      what: `ServiceAccount ${account} does not exist: the pods run as it`,
      todo: formatKubectl(namespace, 'create', 'serviceaccount', account),
      pods: 0,
    };
  return {
    code: 'CreationFailed',
    subject,
    what: `ServiceAccount ${account} was missing and is there now: the pods come when the controller tries again`,
    todo: target.startsWith('job/')
      ? formatKubectl(namespace, 'describe', target)
      : formatKubectl(namespace, 'rollout', 'restart', target),
    pods: 0,
  };
}

/** What holds a rollout back without any pod failing. */
export function findRolloutCauses({ workload, namespace, target }: ControllerEvidence): Cause[] {
  if (workload.spec['paused'] === true)
    return [
      {
        code: 'RolloutPaused',
        subject: 'rollout',
        what: 'the rollout is paused',
        todo: formatKubectl(namespace, 'rollout', 'resume', target),
        pods: 0,
      },
    ];
  const { status, reason, message } = fieldsOf(readConditions(workload.status).get('Progressing'));
  if (status !== 'False' || reason !== 'ProgressDeadlineExceeded') return [];
  return [
    {
      code: 'DeadlineExceeded',
      subject: 'rollout',
      what: `the rollout made no progress within its deadline: ${shorten(textOf(message))}`,
      todo: formatKubectl(namespace, 'rollout', 'undo', target),
      pods: 0,
    },
  ];
}
