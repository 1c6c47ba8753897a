// Rollouts of each kind, judged from what controllers write.
import { expect } from 'chai';
import fc from 'fast-check';
import { fieldsOf } from '../../src/api/foreign-fields.ts';
import { judgeRollout } from '../../src/status/rollout.ts';
import { workloadKinds } from '../../src/workload/workload.ts';
import { createWorkload, deploymentStatus, progressing, secondsAgo } from './objects.ts';

const update = progressing('True', 'ReplicaSetUpdated', 5);
const statefulSet = {
  observedGeneration: 1,
  replicas: 3,
  updatedReplicas: 3,
  readyReplicas: 3,
  availableReplicas: 3,
  currentRevision: 'shop-1',
  updateRevision: 'shop-1',
};
const daemonSet = {
  observedGeneration: 1,
  desiredNumberScheduled: 3,
  currentNumberScheduled: 3,
  updatedNumberScheduled: 3,
  numberReady: 3,
  numberAvailable: 3,
};

const cases: Record<string, { kind: string; parts: Parameters<typeof createWorkload>[1]; expected: string }> =
  {
    'a Deployment with all replicas': {
      kind: 'Deployment',
      parts: { status: deploymentStatus(3, 3) },
      expected: 'complete: 3 of 3 available',
    },
    'a Deployment without spec.replicas wants one': {
      kind: 'Deployment',
      parts: { spec: { replicas: undefined }, status: deploymentStatus(1, 1) },
      expected: 'complete: 1 of 1 available',
    },
    'a Deployment nobody has looked at': {
      kind: 'Deployment',
      parts: {},
      expected: 'progressing: the controller has not seen the latest change yet',
    },
    'a Deployment whose status is of an older spec, however good': {
      kind: 'Deployment',
      parts: { metadata: { generation: 2 }, status: deploymentStatus(3, 3) },
      expected: 'progressing: the controller has not seen the latest change yet',
    },
    'a Deployment scaled to zero': {
      kind: 'Deployment',
      parts: { spec: { replicas: 0 }, status: deploymentStatus(0, 0) },
      expected: 'idle: scaled to 0',
    },
    'a Deployment that has lost a pod': {
      kind: 'Deployment',
      parts: { status: deploymentStatus(3, 2) },
      expected: 'short: 2 of 3 available',
    },
    'a Deployment that replaces its pods': {
      kind: 'Deployment',
      parts: { status: deploymentStatus(4, 3, { updatedReplicas: 2, conditions: [update] }) },
      expected: 'progressing: 2 of 3 updated',
    },
    'a Deployment whose old pods are still there': {
      kind: 'Deployment',
      parts: { status: deploymentStatus(4, 4, { updatedReplicas: 3, conditions: [update] }) },
      expected: 'progressing: 3 of 3 updated, old replicas are still there',
    },
    'a Deployment whose new pods are not available yet': {
      kind: 'Deployment',
      parts: { status: deploymentStatus(3, 1, { conditions: [update] }) },
      expected: 'progressing: 3 of 3 updated, 1 available',
    },
    'a Deployment past its progress deadline': {
      kind: 'Deployment',
      parts: {
        status: deploymentStatus(4, 3, {
          updatedReplicas: 1,
          conditions: [
            progressing(
              'False',
              'ProgressDeadlineExceeded',
              900,
              'ReplicaSet "shop-2" has timed out progressing.',
            ),
          ],
        }),
      },
      expected: 'stalled: ReplicaSet "shop-2" has timed out progressing.',
    },
    'a Deployment that a quota forbids pods': {
      kind: 'Deployment',
      parts: {
        status: deploymentStatus(0, 0, {
          conditions: [
            update,
            { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: 'exceeded quota' },
          ],
        }),
      },
      expected: 'stalled: exceeded quota',
    },
    'a Deployment paused in the middle': {
      kind: 'Deployment',
      parts: {
        spec: { paused: true },
        status: deploymentStatus(4, 3, {
          updatedReplicas: 1,
          conditions: [progressing('Unknown', 'DeploymentPaused')],
        }),
      },
      expected: 'paused: the rollout is paused, 1 of 3 updated',
    },
    'a StatefulSet with all replicas': {
      kind: 'StatefulSet',
      parts: { status: statefulSet },
      expected: 'complete: 3 of 3 available',
    },
    'a StatefulSet that updates one by one': {
      kind: 'StatefulSet',
      parts: {
        status: { ...statefulSet, updatedReplicas: 1, updateRevision: 'shop-2', availableReplicas: 2 },
      },
      expected: 'progressing: 1 of 3 updated',
    },
    'a StatefulSet whose partition holds two back': {
      kind: 'StatefulSet',
      parts: {
        spec: { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } } },
        status: { ...statefulSet, updatedReplicas: 1, updateRevision: 'shop-2' },
      },
      expected: 'complete: 3 of 3 available',
    },
    'a StatefulSet that a person updates by hand': {
      kind: 'StatefulSet',
      parts: {
        spec: { updateStrategy: { type: 'OnDelete' } },
        status: { ...statefulSet, updatedReplicas: 0, updateRevision: 'shop-2' },
      },
      expected: 'complete: 3 of 3 available',
    },
    'a StatefulSet that is being made': {
      kind: 'StatefulSet',
      parts: {
        status: { ...statefulSet, replicas: 1, updatedReplicas: 1, readyReplicas: 0, availableReplicas: 0 },
      },
      expected: 'progressing: 1 of 3 updated',
    },
    'a DaemonSet on all nodes': {
      kind: 'DaemonSet',
      parts: { status: daemonSet },
      expected: 'complete: 3 of 3 available',
    },
    'a DaemonSet that updates': {
      kind: 'DaemonSet',
      parts: { status: { ...daemonSet, updatedNumberScheduled: 1 } },
      expected: 'progressing: 1 of 3 updated',
    },
    'a DaemonSet that fits no node': {
      kind: 'DaemonSet',
      parts: { status: { ...daemonSet, desiredNumberScheduled: 0 } },
      expected: 'idle: no node fits it',
    },
    'a CronJob before its first run': {
      kind: 'CronJob',
      parts: { status: {} },
      expected: 'complete: waits for its first run',
    },
    'a CronJob that is suspended': {
      kind: 'CronJob',
      parts: { spec: { suspend: true } },
      expected: 'idle: suspended',
    },
    'a CronJob whose last run succeeded': {
      kind: 'CronJob',
      parts: { status: { lastScheduleTime: secondsAgo(60), lastSuccessfulTime: secondsAgo(50) } },
      expected: 'complete: the last run succeeded',
    },
    'a CronJob whose last run failed': {
      kind: 'CronJob',
      parts: { status: { lastScheduleTime: secondsAgo(60), lastSuccessfulTime: secondsAgo(5000) } },
      expected: 'short: the last run did not succeed',
    },
    'a CronJob that runs': {
      kind: 'CronJob',
      parts: { status: { lastScheduleTime: secondsAgo(60), active: [{ name: 'shop-1' }] } },
      expected: 'complete: a run is under way',
    },
    'a Job that has not started': {
      kind: 'Job',
      parts: { status: { active: 1, ready: 0 } },
      expected: 'progressing: the run has not started yet',
    },
    'a Job that runs': {
      kind: 'Job',
      parts: { status: { active: 1, ready: 1 } },
      expected: 'complete: the run is under way',
    },
    'a Job that is done': {
      kind: 'Job',
      parts: { status: { succeeded: 1, conditions: [{ type: 'Complete', status: 'True' }] } },
      expected: 'complete: the run succeeded',
    },
    'a Job that has failed': {
      kind: 'Job',
      parts: {
        status: {
          conditions: [
            { type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded', message: 'too often' },
          ],
        },
      },
      expected: 'failed: too often',
    },
    'a Rollout that waits for a person': {
      kind: 'Rollout',
      parts: {
        status: {
          observedGeneration: '1',
          phase: 'Paused',
          replicas: 4,
          updatedReplicas: 1,
          availableReplicas: 4,
        },
      },
      expected: 'paused: the rollout is paused, 1 of 3 updated',
    },
    'a Pod that is ready': {
      kind: 'Pod',
      parts: { status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] } },
      expected: 'complete: the pod is ready',
    },
  };

describe('the rollout of', () => {
  for (const [name, { kind, parts, expected }] of Object.entries(cases)) {
    it(name, () => {
      const { state, message } = judgeRollout(createWorkload(kind, parts));
      expect(`${state}: ${message}`).to.equal(expected);
    });
  }

  it('anything at all, without throwing and with counts that a status can hold', () => {
    fc.assert(
      fc.property(fc.constantFrom(...workloadKinds), fc.anything(), fc.anything(), (kind, spec, status) => {
        const { counts } = judgeRollout({ kind, spec: fieldsOf(spec), status: fieldsOf(status) });
        for (const count of Object.values(counts)) expect(count).to.be.within(0, 100_000);
      }),
    );
  });
});
