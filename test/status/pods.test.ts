// What fails in pods, in words that rest while the cause does.
import { expect } from 'chai';
import fc from 'fast-check';
import { findPodFailures, findPodsOf } from '../../src/status/pods.ts';
import { containerStatus, crashingPod, createPod, createWorkload, now, secondsAgo } from './objects.ts';

const failed = { exitCode: 1, reason: 'Error' };

const cases: Record<string, { pods: unknown[]; expected: unknown[] }> = {
  'a pod that is ready says nothing, whatever it did before': {
    pods: [
      createPod('shop-1', {
        status: {
          containerStatuses: [
            containerStatus(
              { running: { startedAt: secondsAgo(30) } },
              { ready: true, restartCount: 3, lastState: { terminated: failed } },
            ),
          ],
        },
      }),
    ],
    expected: [],
  },
  'a container that crashes': {
    pods: [crashingPod('shop-1')],
    expected: [
      {
        pod: 'shop-1',
        container: 'shop',
        reason: 'CrashLoopBackOff',
        message: 'exit code 1, restarted 5 times',
        count: 1,
      },
    ],
  },
  'a container that is out of memory, not merely crashing': {
    pods: [crashingPod('shop-1', { exitCode: 137, reason: 'OOMKilled' })],
    expected: [
      {
        pod: 'shop-1',
        container: 'shop',
        reason: 'OOMKilled',
        message: 'it used more memory than its limit, exit code 137, restarted 5 times',
        count: 1,
      },
    ],
  },
  'a container between two crashes': {
    pods: [
      createPod('shop-1', {
        status: {
          containerStatuses: [
            containerStatus(
              { running: { startedAt: secondsAgo(5) } },
              { restartCount: 2, lastState: { terminated: failed } },
            ),
          ],
        },
      }),
    ],
    expected: [
      {
        pod: 'shop-1',
        container: 'shop',
        reason: 'CrashLoopBackOff',
        message: 'exit code 1, restarted 2 times',
        count: 1,
      },
    ],
  },
  'three pods that fail in the same way are one, named by the first': {
    pods: [crashingPod('shop-3'), crashingPod('shop-1'), crashingPod('shop-2')],
    expected: [
      {
        pod: 'shop-1',
        container: 'shop',
        reason: 'CrashLoopBackOff',
        message: 'exit code 1, restarted 5 times',
        count: 3,
      },
    ],
  },
  'an image that does not come, under one name for both of the words of the kubelet': {
    pods: [
      createPod('shop-1', {
        status: {
          containerStatuses: [containerStatus({ waiting: { reason: 'ErrImagePull', message: 'not found' } })],
        },
      }),
      createPod('shop-2', {
        status: {
          containerStatuses: [
            containerStatus({
              waiting: {
                reason: 'ImagePullBackOff',
                message: 'Back-off pulling image "ghcr.io/acme/shop:1": ErrImagePull: not found',
              },
            }),
          ],
        },
      }),
    ],
    expected: [
      { pod: 'shop-1', container: 'shop', reason: 'ImagePullBackOff', message: 'not found', count: 2 },
    ],
  },
  'a Secret that is missing': {
    pods: [
      createPod('shop-1', {
        status: {
          containerStatuses: [
            containerStatus({
              waiting: { reason: 'CreateContainerConfigError', message: 'secret "web" not found' },
            }),
          ],
        },
      }),
    ],
    expected: [
      {
        pod: 'shop-1',
        container: 'shop',
        reason: 'CreateContainerConfigError',
        message: 'secret "web" not found',
        count: 1,
      },
    ],
  },
  'an init container that fails': {
    pods: [
      createPod('shop-1', {
        status: {
          phase: 'Pending',
          initContainerStatuses: [
            containerStatus({ terminated: failed }, { name: 'migrate', restartCount: 1 }),
          ],
          containerStatuses: [containerStatus({ waiting: { reason: 'PodInitializing' } })],
        },
      }),
    ],
    expected: [
      {
        pod: 'shop-1',
        container: 'migrate',
        reason: 'CrashLoopBackOff',
        message: 'init container: exit code 1, restarted 1 time',
        count: 1,
      },
    ],
  },
  'a pod that no node takes': {
    pods: [
      createPod('shop-1', {
        status: {
          phase: 'Pending',
          conditions: [
            { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/3 nodes' },
          ],
        },
      }),
    ],
    expected: [{ pod: 'shop-1', reason: 'Unschedulable', message: '0/3 nodes', count: 1 }],
  },
  'a pod that was evicted': {
    pods: [
      createPod('shop-1', {
        status: { phase: 'Failed', reason: 'Evicted', message: 'The node was low on memory' },
      }),
    ],
    expected: [{ pod: 'shop-1', reason: 'Evicted', message: 'The node was low on memory', count: 1 }],
  },
  'a pod that is being deleted says nothing': {
    pods: [{ ...crashingPod('shop-1'), metadata: { name: 'shop-1', deletionTimestamp: secondsAgo(3) } }],
    expected: [],
  },
  'a container that is being created fails in nothing yet': {
    pods: [
      createPod('shop-1', {
        status: { containerStatuses: [containerStatus({ waiting: { reason: 'ContainerCreating' } })] },
      }),
    ],
    expected: [],
  },
  'control characters in what a container has said': {
    pods: [crashingPod('shop-1', { exitCode: 1, message: '\u001b[31mred\u0007\n\nline' })],
    expected: [
      {
        pod: 'shop-1',
        container: 'shop',
        reason: 'CrashLoopBackOff',
        message: 'exit code 1, restarted 5 times, [31mred line',
        count: 1,
      },
    ],
  },
};

describe('pods', () => {
  for (const [name, { pods, expected }] of Object.entries(cases)) {
    it(name, () => expect(findPodFailures(pods, now)).to.deep.equal(expected));
  }

  it('are the workload’s by its selector and namespace', () => {
    const pods = [
      createPod('shop-1'),
      createPod('other', { metadata: { labels: { app: 'other' } } }),
      createPod('elsewhere', { metadata: { namespace: 'other' } }),
    ];
    expect(findPodsOf(createWorkload('Deployment'), pods)).to.deep.equal([pods[0]]);
  });

  it('are a CronJob’s by the names of its Jobs', () => {
    const owned = (name: string) =>
      createPod(name, { metadata: { ownerReferences: [{ kind: 'Job', name, uid: '1', controller: true }] } });
    const pods = [owned('shop-29384756'), owned('shop-admin-29384756'), owned('shopping-1')];
    expect(findPodsOf(createWorkload('CronJob'), pods)).to.deep.equal([pods[0]]);
  });

  it('of any shape are read without throwing, and list at most 20 failures', () => {
    fc.assert(
      fc.property(fc.array(fc.anything(), { maxLength: 30 }), (things) => {
        const pods = things.map((thing, index) =>
          createPod(`p${index}`, {
            status: {
              containerStatuses: [
                containerStatus({ waiting: { reason: `R${index}`, message: thing } }),
                thing,
              ],
            },
          }),
        );
        expect(findPodFailures([...things, ...pods], now).length).to.be.at.most(20);
      }),
    );
  });
});
