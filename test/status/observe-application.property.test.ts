// What holds for every status that can be observed: the invariants of the conditions, and the schema.
import { expect } from 'chai';
import fc from 'fast-check';
import type { ApplicationPersonaStatus } from '../../src/api/personas.ts';
import { validateApplicationPersona } from '../../src/api/validate.ts';
import { applicationPhases } from '../../src/api/vocabulary.ts';
import { observeApplication, type ApplicationObservation } from '../../src/status/observe-application.ts';
import { readWorkload } from '../../src/workload/read-workload.ts';
import { workloadKinds } from '../../src/workload/workload.ts';
import {
  containerStatus,
  createFinding,
  createObject,
  createPersona,
  createPod,
  now,
  secondsAgo,
} from './objects.ts';

const count = fc.option(fc.integer({ min: -1, max: 6 }), { nil: undefined });
const instant = fc.oneof(fc.integer({ min: -5, max: 4000 }).map(secondsAgo), fc.constant('yesterday'));
const condition = fc.record({
  type: fc.constantFrom('Progressing', 'Available', 'Ready', 'ReplicaFailure', 'Complete', 'Failed'),
  status: fc.constantFrom('True', 'False', 'Unknown'),
  reason: fc.constantFrom('NewReplicaSetAvailable', 'ReplicaSetUpdated', 'ProgressDeadlineExceeded', ''),
  message: fc.string(),
  lastUpdateTime: instant,
});
const status = fc.record({
  observedGeneration: fc.constantFrom(1, 2, 3, '2', undefined),
  replicas: count,
  updatedReplicas: count,
  readyReplicas: count,
  availableReplicas: count,
  desiredNumberScheduled: count,
  numberAvailable: count,
  active: fc.oneof(count, fc.array(fc.constant({}), { maxLength: 2 })),
  phase: fc.constantFrom('Running', 'Failed', 'Succeeded', 'Pending', undefined),
  conditions: fc.array(condition, { maxLength: 3 }),
});
const workload = fc
  .record({
    kind: fc.constantFrom(...workloadKinds),
    status,
    replicas: count,
    created: instant,
    name: fc.string({ minLength: 1 }),
  })
  .map(({ kind, status: said, replicas, created, name }) => {
    const metadata = { name, generation: 2, creationTimestamp: created };
    const read = readWorkload(createObject(kind, { spec: { replicas }, status: said, metadata }));
    if (read === undefined) throw new Error('not read');
    return read;
  });
const finding = fc
  .record({
    severity: fc.constantFrom('error' as const, 'warning' as const, 'info' as const),
    message: fc.string({ unit: 'binary', minLength: 1 }),
    field: fc.string({ unit: 'binary' }),
    suggestion: fc.string({ unit: 'binary', maxLength: 600 }),
  })
  .map(({ severity, ...parts }) => createFinding(severity, parts));
const pod = fc
  .record({
    name: fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }),
    reason: fc.string({ unit: 'binary' }),
    message: fc.string({ unit: 'binary', maxLength: 6000 }),
    phase: fc.constantFrom('Running', 'Failed', 'Pending', 'Succeeded'),
  })
  .map(({ name, reason, message, phase }) =>
    createPod(name, {
      status: { phase, containerStatuses: [containerStatus({ waiting: { reason, message } })] },
    }),
  );

const observation: fc.Arbitrary<ApplicationObservation> = fc.record({
  persona: fc.constantFrom(createPersona({}, 2), createPersona({ health: { startupGracePeriod: '10m' } }, 2)),
  workloads: fc.array(fc.record({ workload, findings: fc.array(finding, { maxLength: 3 }) }), {
    maxLength: 3,
  }),
  pods: fc.array(pod, { maxLength: 3 }),
  rivals: fc.array(fc.string(), { maxLength: 2 }),
  now: fc.constant(now),
});

const rankOf = ({ phase = 'Active' }: ApplicationPersonaStatus) => applicationPhases.indexOf(phase);

describe('whatever is observed, the status', () => {
  const always = (check: (seen: ApplicationObservation, status: ApplicationPersonaStatus) => void) =>
    fc.assert(
      fc.property(observation, (seen) => check(seen, observeApplication(seen))),
      { numRuns: 300 },
    );

  it('is one that the API server takes', () =>
    always((_, observed) => {
      const persona = {
        apiVersion: 'dorgu.io/v1',
        kind: 'ApplicationPersona',
        metadata: { name: 'shop' },
        spec: { name: 'shop', type: 'api' },
      };
      const verdict = validateApplicationPersona({ ...persona, status: observed });
      expect(verdict.ok ? [] : verdict.problems).to.deep.equal([]);
      expect(verdict.unknownFields).to.deep.equal([]);
    }));

  it('has Ready and Validated, each with the generation that was judged, and nothing abnormal', () =>
    always(({ persona }, { conditions = [], observedGeneration }) => {
      expect(conditions.map(({ type }) => type)).to.deep.equal(['Ready', 'Validated']);
      for (const one of conditions) expect(one.observedGeneration).to.equal(persona.metadata.generation);
      expect(observedGeneration).to.equal(persona.metadata.generation);
    }));

  it('is never Ready while Failed, Pending, or without a workload', () =>
    always(({ workloads }, { phase, conditions = [] }) => {
      if (conditions[0]?.status !== 'True') return;
      expect(phase).to.be.oneOf(['Active', 'Degraded']);
      expect(workloads).to.not.be.empty;
    }));

  it('is Pending without a workload, and at best Degraded with an error finding', () =>
    always(({ workloads }, observed) => {
      if (workloads.length === 0) expect(observed.phase).to.equal('Pending');
      else if (observed.validation?.passed === false)
        expect(observed.phase).to.be.oneOf(['Degraded', 'Failed']);
    }));

  it('is no better for one more workload', () =>
    always((seen, observed) => {
      const fewer = observeApplication({ ...seen, workloads: seen.workloads.slice(1) });
      if (seen.workloads.length > 1) expect(rankOf(observed)).to.be.at.most(rankOf(fewer));
    }));

  it('says the same when it is observed again, and rests', () =>
    always((seen, observed) => {
      expect(observeApplication(seen)).to.deep.equal(observed);
      expect(observeApplication({ ...seen, previous: observed })).to.deep.equal(observed);
    }));

  it('changes the time of a condition only with its status', () =>
    fc.assert(
      fc.property(observation, observation, (one, other) => {
        const before = observeApplication(one);
        const after = observeApplication({
          ...other,
          now: new Date(now.getTime() + 60_000),
          previous: before,
        });
        for (const [index, { status: is, lastTransitionTime }] of (after.conditions ?? []).entries()) {
          const was = before.conditions?.[index];
          expect(lastTransitionTime === was?.lastTransitionTime).to.equal(is === was?.status);
        }
      }),
    ));
});
