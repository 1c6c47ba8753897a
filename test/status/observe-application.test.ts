// The status of an ApplicationPersona for what can be observed of it.
import { expect } from 'chai';
import type { ApplicationPersonaStatus } from '../../src/api/personas.ts';
import { observeApplication, type ApplicationObservation } from '../../src/status/observe-application.ts';
import type { Finding } from '../../src/rules/finding.ts';
import type { Workload } from '../../src/workload/workload.ts';
import {
  crashingPod,
  createFinding,
  createPersona,
  createPod,
  createWorkload,
  deploymentStatus,
  now,
  progressing,
  secondsAgo,
} from './objects.ts';

const error = createFinding('error');
const exception = { rule: 'image/tag', reason: 'moving next week', until: '2026-12-31T00:00:00Z' };
const first = (seconds: number, ready = 0) =>
  createWorkload('Deployment', {
    metadata: { creationTimestamp: secondsAgo(seconds) },
    status: deploymentStatus(3, ready, { conditions: [progressing('True', 'ReplicaSetUpdated', seconds)] }),
  });
const later = (seconds: number, ready: number) =>
  createWorkload('Deployment', {
    metadata: { annotations: { 'deployment.kubernetes.io/revision': '7' } },
    status: deploymentStatus(4, ready, {
      updatedReplicas: 1,
      conditions: [progressing('True', 'ReplicaSetUpdated', seconds)],
    }),
  });
const running = createWorkload('Deployment', { status: deploymentStatus(3, 3) });
const partly = createWorkload('Deployment', { status: deploymentStatus(3, 2) });
const idle = createWorkload('Deployment', { spec: { replicas: 0 }, status: deploymentStatus(0, 0) });

function observe(
  workloads: readonly (Workload | [Workload, Finding[]])[],
  parts: Partial<ApplicationObservation> = {},
): ApplicationPersonaStatus {
  return observeApplication({
    persona: createPersona(),
    workloads: workloads.map((entry) => {
      const [workload, findings] = Array.isArray(entry) ? entry : [entry, []];
      return { workload, findings };
    }),
    pods: [],
    rivals: [],
    now,
    ...parts,
  });
}

function describeStatus({ phase, health, validation, conditions = [] }: ApplicationPersonaStatus): string {
  const said = conditions.map(({ type, status, reason }) => `${type}=${status} ${reason}`).join(', ');
  return `${phase ?? ''}, ${health?.status ?? ''}, ${validation?.passed === true ? 'passed' : 'not passed'}: ${said}`;
}

const valid = 'Validated=True Passed';
const cases: Record<string, { status: ApplicationPersonaStatus; expected: string }> = {
  'no workload': {
    status: observe([]),
    expected: 'Pending, Unknown, passed: Ready=False NoWorkload, Validated=Unknown NoWorkload',
  },
  'all there': {
    status: observe([running]),
    expected: `Active, Healthy, passed: Ready=True Available, ${valid}`,
  },
  'a first rollout within its grace': {
    status: observe([first(10)]),
    expected: `Pending, Unknown, passed: Ready=False Progressing, ${valid}`,
  },
  'a first rollout within its grace, partly there': {
    status: observe([first(10, 1)]),
    expected: `Pending, Unknown, passed: Ready=False Progressing, ${valid}`,
  },
  'a first rollout past its grace': {
    status: observe([first(31)]),
    expected: `Failed, Unhealthy, passed: Ready=False Unavailable, ${valid}`,
  },
  'a first rollout past 30 s, with a grace of a minute': {
    status: observe([first(31)], { persona: createPersona({ health: { startupGracePeriod: '1m' } }) }),
    expected: `Pending, Unknown, passed: Ready=False Progressing, ${valid}`,
  },
  'a later rollout within its grace': {
    status: observe([later(10, 3)]),
    expected: `Active, Healthy, passed: Ready=False Progressing, ${valid}`,
  },
  'a later rollout past its grace': {
    status: observe([later(31, 3)]),
    expected: `Degraded, Degraded, passed: Ready=False RolloutStalled, ${valid}`,
  },
  'a later rollout past its grace with nothing available': {
    status: observe([later(31, 0)]),
    expected: `Failed, Unhealthy, passed: Ready=False Unavailable, ${valid}`,
  },
  'partly available': {
    status: observe([partly]),
    expected: `Degraded, Degraded, passed: Ready=False PartlyAvailable, ${valid}`,
  },
  'partly available while a young pod starts in the place of the lost one': {
    status: observe([partly], {
      pods: [
        createPod('shop-1', { metadata: { creationTimestamp: secondsAgo(3) }, status: { phase: 'Pending' } }),
      ],
    }),
    expected: `Active, Degraded, passed: Ready=False Progressing, ${valid}`,
  },
  'pods that all fail, even within the grace': {
    status: observe([first(10)], { pods: [crashingPod('shop-1'), crashingPod('shop-2')] }),
    expected: `Failed, Unhealthy, passed: Ready=False PodsFailing, ${valid}`,
  },
  'one failing pod among others': {
    status: observe([partly], { pods: [crashingPod('shop-1')] }),
    expected: `Degraded, Degraded, passed: Ready=False PodsFailing, ${valid}`,
  },
  'scaled to zero': {
    status: observe([idle]),
    expected: `Active, Unknown, passed: Ready=False ScaledToZero, ${valid}`,
  },
  'an error finding degrades and leaves Ready alone': {
    status: observe([[running, [error]]]),
    expected: 'Degraded, Healthy, not passed: Ready=True Available, Validated=False Failed',
  },
  'warnings alone do not degrade': {
    status: observe([[running, [createFinding('warning')]]]),
    expected: `Active, Healthy, passed: Ready=True Available, ${valid}`,
  },
  'an error that an exception lifts': {
    status: observe([[running, [createFinding('error', { exception })]]]),
    expected: `Active, Healthy, passed: Ready=True Available, ${valid}`,
  },
  'the worst of two workloads': {
    status: observe([running, partly]),
    expected: `Degraded, Degraded, passed: Ready=False PartlyAvailable, ${valid}`,
  },
  'a workload scaled to zero beside one that runs': {
    status: observe([idle, running]),
    expected: `Active, Healthy, passed: Ready=True Available, ${valid}`,
  },
  'another persona that claims the workload': {
    status: observe([running], { rivals: ['shop-old'] }),
    expected: `Degraded, Healthy, passed: Ready=False Ambiguous, ${valid}`,
  },
};

describe('the status of a persona with', () => {
  for (const [name, { status, expected }] of Object.entries(cases)) {
    it(name, () => expect(describeStatus(status)).to.equal(expected));
  }

  it('findings lists them gravest first, exceptions last and as such', () => {
    const findings = [createFinding('warning'), createFinding('error', { exception }), error];
    const { validation } = observe([[running, findings]]);
    expect(validation?.summary).to.equal('1 error, 1 warning');
    expect(validation?.issues?.map(({ severity }) => severity)).to.deep.equal(['error', 'warning', 'info']);
    expect(validation?.issues?.at(-1)?.message).to.contain(
      'excepted until 2026-12-31T00:00:00Z: moving next week',
    );
  });

  it('more findings than a status lists counts the rest', () => {
    const { validation } = observe([[running, Array.from({ length: 130 }, () => error)]]);
    expect(validation).to.include({ summary: '130 errors', omitted: 30 });
    expect(validation?.issues).to.have.length(100);
  });

  it('several workloads says which one a finding is about', () => {
    const { validation } = observe([[running, [error]], partly]);
    expect(validation?.issues?.[0]?.message).to.match(/^Deployment shop: container shop/);
  });

  it('pods that fail names them in health and in the condition', () => {
    const { health, conditions } = observe([first(10)], { pods: [crashingPod('shop-1')] });
    expect(health?.podFailures).to.have.length(1);
    expect(conditions?.[0]?.message).to.equal(
      'Deployment shop: 3 of 3 updated, 0 available; container shop CrashLoopBackOff: exit code 1, restarted 5 times',
    );
  });

  it('pods evicted long ago does not mention them while all is well', () => {
    const evicted = createPod('shop-1', { status: { phase: 'Failed', reason: 'Evicted' } });
    expect(observe([running], { pods: [evicted] }).health).to.not.have.property('podFailures');
  });
});

describe('time in the status', () => {
  const minuteLater = new Date(now.getTime() + 60_000);

  it('stays while nothing changes', () => {
    const before = observe([[running, [error]]]);
    expect(observe([[running, [error]]], { now: minuteLater, previous: before })).to.deep.equal(before);
  });

  it('of a condition changes when its status flips, not with its reason', () => {
    const before = observe([first(10)]);
    const failed = observe([first(91)], { now: minuteLater, previous: before });
    expect(failed.conditions?.[0]).to.include({
      reason: 'Unavailable',
      lastTransitionTime: '2026-11-23T09:30:00Z',
    });
    const ready = observe([running], { now: minuteLater, previous: failed });
    expect(ready.conditions?.[0]).to.include({ status: 'True', lastTransitionTime: '2026-11-23T09:31:00Z' });
    expect(ready.lastUpdated).to.equal('2026-11-23T09:31:00Z');
  });

  it('a StatefulSet that updates has its grace from the first look, and once past it stays past it', () => {
    const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);
    const status = {
      observedGeneration: 1,
      replicas: 3,
      updatedReplicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      currentRevision: 'a',
      updateRevision: 'a',
    };
    const before = observe([createWorkload('StatefulSet', { status })]);
    const updating = createWorkload('StatefulSet', {
      status: { ...status, updatedReplicas: 1, availableReplicas: 2, updateRevision: 'b' },
    });
    const begun = observe([updating], { now: at(60), previous: before });
    expect(begun.conditions?.[0]?.reason).to.equal('Progressing');
    const overdue = observe([updating], { now: at(91), previous: begun });
    expect(overdue.conditions?.[0]?.reason).to.equal('RolloutStalled');
    expect(observe([updating], { now: at(95), previous: overdue })).to.deep.equal(overdue);
  });

  it('starting from zero gets its grace', () => {
    const before = observe([idle]);
    const starting = createWorkload('Deployment', { status: deploymentStatus(3, 0) });
    expect(observe([starting], { previous: before }).conditions?.[0]?.reason).to.equal('Progressing');
  });
});
