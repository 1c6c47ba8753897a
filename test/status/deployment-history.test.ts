import { expect } from 'chai';
import type { DeploymentTracking } from '../../src/api/personas.ts';
import { trackDeployments } from '../../src/status/deployment-history.ts';
import type { Workload } from '../../src/workload/workload.ts';
import { createWorkload, deploymentStatus, now, progressing, secondsAgo } from './objects.ts';

interface Step {
  image?: string;
  revision?: string;
  ready?: number;
  status?: Record<string, unknown>;
  isFailing?: boolean;
  spec?: Record<string, unknown>;
}

function createDeployment({
  image = 'ghcr.io/acme/shop:1',
  revision = '1',
  ready = 3,
  ...rest
}: Step): Workload {
  const template = { metadata: { labels: { app: 'shop' } }, spec: { containers: [{ name: 'shop', image }] } };
  return createWorkload('Deployment', {
    metadata: { annotations: { 'deployment.kubernetes.io/revision': revision } },
    spec: { template, ...rest.spec },
    status: rest.status ?? deploymentStatus(3, ready),
  });
}

function track(steps: readonly (Step | undefined)[]): DeploymentTracking | undefined {
  let previous: DeploymentTracking | undefined;
  for (const step of steps)
    previous = trackDeployments({
      name: 'shop',
      workload: step && createDeployment(step),
      isFailing: step?.isFailing ?? false,
      previous,
      now,
    });
  return previous;
}

const underWay = {
  status: {
    ...deploymentStatus(3, 3),
    updatedReplicas: 1,
    conditions: [progressing('True', 'ReplicaSetUpdated')],
  },
};
const stalled = {
  status: {
    ...deploymentStatus(3, 3),
    updatedReplicas: 1,
    conditions: [progressing('False', 'ProgressDeadlineExceeded', 60, 'it timed out')],
  },
};
const unseen = { status: { ...deploymentStatus(3, 3), observedGeneration: 0 } };

const outline = (tracking: DeploymentTracking | undefined) => ({
  current: tracking?.current,
  good: tracking?.lastSuccessful,
  bad: tracking?.lastFailed,
  history: tracking?.history?.map(({ version, status }) => `${version} ${status}`),
});

describe('the history of rollouts', () => {
  const cases: Record<string, { steps: (Step | undefined)[]; then: ReturnType<typeof outline> }> = {
    'of a workload that is there already has its one version, dated by its controller': {
      steps: [{}],
      then: { current: 'shop:1', good: 'shop:1', bad: undefined, history: ['shop:1 Succeeded'] },
    },
    'of a rollout under way names the version before as the last good one': {
      steps: [{}, { image: 'shop:2', revision: '2', ...underWay }],
      then: {
        current: 'shop:2',
        good: 'shop:1',
        bad: undefined,
        history: ['shop:2 InProgress', 'shop:1 Succeeded'],
      },
    },
    'of a rollout that its controller gave up': {
      steps: [{}, { image: 'shop:2', revision: '2', ...stalled }],
      then: {
        current: 'shop:2',
        good: 'shop:1',
        bad: 'shop:2',
        history: ['shop:2 Failed', 'shop:1 Succeeded'],
      },
    },
    'of a rollout whose pods fail': {
      steps: [{}, { image: 'shop:2', revision: '2', ...underWay, isFailing: true }],
      then: {
        current: 'shop:2',
        good: 'shop:1',
        bad: 'shop:2',
        history: ['shop:2 Failed', 'shop:1 Succeeded'],
      },
    },
    'forgives one that comes up after all': {
      steps: [{}, { image: 'shop:2', revision: '2', ...stalled }, { image: 'shop:2', revision: '2' }],
      then: {
        current: 'shop:2',
        good: 'shop:2',
        bad: undefined,
        history: ['shop:2 Succeeded', 'shop:1 Succeeded'],
      },
    },
    'keeps the failed one in mind when it is rolled back, which is a rollout of its own': {
      steps: [{}, { image: 'shop:2', revision: '2', ...stalled }, { revision: '3' }],
      then: {
        current: 'shop:1',
        good: 'shop:1',
        bad: 'shop:2',
        history: ['shop:1 Succeeded', 'shop:2 Failed', 'shop:1 Succeeded'],
      },
    },
    'keeps it in mind where its pods go on failing for a moment while it is rolled back': {
      steps: [
        {},
        { image: 'shop:2', revision: '2', ...stalled },
        { revision: '3', ...underWay, isFailing: true },
        { revision: '3' },
      ],
      then: {
        current: 'shop:1',
        good: 'shop:1',
        bad: 'shop:2',
        history: ['shop:1 Succeeded', 'shop:2 Failed', 'shop:1 Succeeded'],
      },
    },
    'counts a second rollout of the same image': {
      steps: [{}, { revision: '2' }],
      then: {
        current: 'shop:1',
        good: 'shop:1',
        bad: undefined,
        history: ['shop:1 Succeeded', 'shop:1 Succeeded'],
      },
    },
    'calls superseded what another one followed before it ended': {
      steps: [{ ...underWay }, { image: 'shop:2', revision: '2' }],
      then: {
        current: 'shop:2',
        good: 'shop:2',
        bad: undefined,
        history: ['shop:2 Succeeded', 'shop:1 Superseded'],
      },
    },
    'waits for the controller to see a change, for its revision is not known before': {
      steps: [{}, { image: 'shop:2', ...unseen }],
      then: { current: 'shop:1', good: 'shop:1', bad: undefined, history: ['shop:1 Succeeded'] },
    },
    'does not blame a rollout for pods that fail after it had succeeded': {
      steps: [{}, { ready: 0, isFailing: true }],
      then: { current: 'shop:1', good: 'shop:1', bad: undefined, history: ['shop:1 Succeeded'] },
    },
    'stays without a workload, and nothing is current': {
      steps: [{}, undefined],
      then: { current: undefined, good: 'shop:1', bad: undefined, history: ['shop:1 Succeeded'] },
    },
  };
  for (const [title, { steps, then }] of Object.entries(cases)) {
    it(title, () => expect(outline(track(steps))).to.deep.equal(then));
  }

  it('says which rollout it was, and why where somebody wrote that down', () => {
    const workload = createWorkload('Deployment', {
      metadata: {
        annotations: {
          'deployment.kubernetes.io/revision': '7',
          'kubernetes.io/change-cause': 'release\u001b[31m 7',
        },
      },
      status: deploymentStatus(3, 3),
    });
    const tracking = trackDeployments({ name: 'shop', workload, isFailing: false, previous: undefined, now });
    expect(tracking?.history).to.deep.equal([
      {
        version: 'shop:1',
        timestamp: secondsAgo(86_400),
        status: 'Succeeded',
        triggeredBy: 'Deployment shop, revision 7: release [31m 7',
      },
    ]);
  });

  it('is capped, and rests while nothing changes', () => {
    const many = track(Array.from({ length: 25 }, (_, index) => ({ revision: `${index}` })));
    expect(many?.history).to.have.length(10);
    const again = trackDeployments({
      name: 'shop',
      workload: createDeployment({ revision: '24' }),
      isFailing: false,
      previous: many,
      now: new Date(now.getTime() + 3_600_000),
    });
    expect(again).to.deep.equal(many);
  });
});
