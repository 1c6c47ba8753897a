// What a persona's status says of the workload itself: its rollouts, replicas and failing pods.
import { maxReplicas, maxStatusHistory, maxStatusPodFailures, maxStatusWorkloads } from '../limits.ts';
import { healthStatuses } from '../vocabulary.ts';
import { choice, integer, list, listMap, object, required } from './builders.ts';
import { line, nonEmptyLine, paragraph, timestamp } from './text.ts';

const rollout = object('DeploymentRecord', 'One rollout.', {
  version: required(nonEmptyLine('What was rolled out: the image, or its tag.')),
  timestamp: required(timestamp('When it began.')),
  status: required(nonEmptyLine('How it went.')),
  triggeredBy: line('Who or what began it.'),
});

/** Rollouts, the running one and those before it. */
export const deployments = object('DeploymentTracking', 'What has been rolled out.', {
  current: line('The version that is rolled out now.'),
  lastSuccessful: line('The last version that became available.'),
  lastFailed: line('The last version that did not.'),
  history: list('Rollouts, latest first.', rollout, maxStatusHistory),
});

const replicas = object('ReplicaCounts', 'How many replicas there are.', {
  desired: integer('How many are wanted.', 0, maxReplicas),
  ready: integer('How many are ready.', 0, maxReplicas),
  updated: integer('How many run the latest version.', 0, maxReplicas),
});

const podFailure = object('PodFailure', 'One container that fails.', {
  pod: required(nonEmptyLine('The pod, or one of them.')),
  container: line('The container in it.'),
  reason: required(nonEmptyLine('Why, in one word, such as `CrashLoopBackOff` or `OOMKilled`.')),
  message: paragraph('What the kubelet says.'),
  count: integer('How many pods fail in this way.', 1, maxReplicas),
});

const workloadHealth = object('WorkloadHealth', 'How one workload is.', {
  kind: required(nonEmptyLine('The kind of the workload, such as `Deployment`.')),
  name: required(nonEmptyLine('The name of the workload.')),
  status: choice('How its pods are.', healthStatuses),
  reason: required(nonEmptyLine('Why, in one word, as the condition Ready would have it.')),
  message: paragraph('Why, in a sentence.'),
  replicas,
  lastCheck: timestamp('When its health last changed; a grace period counts from then.'),
});

/** Health of the workload. */
export const observedHealth = object('HealthStatus', 'How the pods are.', {
  status: choice('How they are together.', healthStatuses),
  lastCheck: timestamp('When the health last changed.'),
  message: paragraph('Why, in a sentence.'),
  replicas,
  workloads: listMap(
    'How each workload is, where the persona has several or shares one with another persona; otherwise the rest of the status says it.',
    ['kind', 'name'],
    workloadHealth,
    maxStatusWorkloads,
  ),
  podFailures: list('What fails, most frequent first.', podFailure, maxStatusPodFailures),
});
