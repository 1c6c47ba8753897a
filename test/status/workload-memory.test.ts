// What each workload of a persona is judged by: its own past, whatever its neighbours do and whoever else wants it.
import { expect } from 'chai';
import fc from 'fast-check';
import type { ApplicationPersonaStatus } from '../../src/api/personas.ts';
import { maxStatusWorkloads } from '../../src/api/limits.ts';
import { observeApplication } from '../../src/status/observe-application.ts';
import { readSeenStatus } from '../../src/status/seen-status.ts';
import type { Workload } from '../../src/workload/workload.ts';
import { createPersona, createWorkload, now } from './objects.ts';

const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const ready = (status: ApplicationPersonaStatus) => status.conditions?.[0]?.reason;

/** A StatefulSet: its own status has no times, so that all there is to go by is what was written of it before. */
function statefulSet(name: string, available: number, desired = 3): Workload {
  const status = {
    ...{ observedGeneration: 1, replicas: desired, updatedReplicas: desired },
    ...{ readyReplicas: available, availableReplicas: available },
    ...{ currentRevision: 'a', updateRevision: 'a' },
  };
  return createWorkload('StatefulSet', { metadata: { name }, spec: { replicas: desired }, status });
}

interface Step {
  workloads: readonly Workload[];
  rivals?: readonly string[];
  seconds: number;
}

/** The statuses that steps leave, each judged with that before as the cluster gives it back. */
function live(steps: readonly Step[]): ApplicationPersonaStatus[] {
  const statuses: ApplicationPersonaStatus[] = [];
  for (const { workloads, rivals = [], seconds } of steps) {
    const before = statuses.at(-1);
    // As the operator has it: through the cache, where findings are only a digest.
    const { validation: _, ...seen } = readSeenStatus(before);
    const previous = before && { ...seen, ...(before.validation && { validation: before.validation }) };
    statuses.push(
      observeApplication({
        persona: createPersona(),
        workloads: workloads.map((workload) => ({ workload, findings: [] })),
        ...{ pods: [], rivals, now: at(seconds), previous },
      }),
    );
  }
  return statuses;
}

describe('a workload', () => {
  it('of its own persona alone is not listed: Ready and health say it', () => {
    expect(live([{ workloads: [statefulSet('shop', 3)], seconds: 0 }])[0]?.health).to.not.have.property('workloads'); // prettier-ignore
  });

  it('that another persona wants too keeps its reason while Ready says Ambiguous, and does not flip', () => {
    const short = [statefulSet('shop', 2)];
    const statuses = live([
      { workloads: [statefulSet('shop', 3)], rivals: ['other'], seconds: 0 },
      { workloads: short, rivals: ['other'], seconds: 10 },
      ...[60, 120, 180].map((seconds) => ({ workloads: short, rivals: ['other'], seconds })),
    ]);
    expect(statuses.map(ready)).to.deep.equal(Array(5).fill('Ambiguous'));
    const reasons = statuses.map(({ health }) => health?.workloads?.[0]?.reason);
    expect(reasons.slice(2)).to.deep.equal(Array(3).fill(reasons[2]));
    expect(statuses[4]).to.deep.equal(statuses[2]);
  });

  it('is in trouble still once it is its own persona’s alone again', () => {
    const alone = live([
      { workloads: [statefulSet('shop', 3)], seconds: 0 },
      { workloads: [statefulSet('shop', 0)], seconds: 60 },
      { workloads: [statefulSet('shop', 0)], rivals: ['other'], seconds: 120 },
      { workloads: [statefulSet('shop', 0)], seconds: 180 },
    ]).map(ready);
    expect(alone).to.deep.equal([alone[0], alone[1], 'Ambiguous', alone[1]]);
    expect(alone[1]).to.equal('Unavailable');
  });

  it('that grows has its own grace beside one that is in trouble for long', () => {
    const troubled = statefulSet('a', 1);
    const statuses = live([
      { workloads: [troubled, statefulSet('b', 3)], seconds: 0 },
      { workloads: [troubled, statefulSet('b', 3)], seconds: 600 },
      { workloads: [troubled, statefulSet('b', 3, 6)], seconds: 700 },
      { workloads: [troubled, statefulSet('b', 3, 6)], seconds: 731 },
    ]);
    const reasons = statuses.map(({ health }) => health?.workloads?.[1]?.reason);
    expect(reasons).to.deep.equal(['Available', 'Available', 'Progressing', 'PartlyAvailable']);
  });

  it('that joins others is new, and not in their trouble', () => {
    const troubled = statefulSet('a', 1);
    const [, , joined] = live([
      { workloads: [troubled, statefulSet('b', 3)], seconds: 0 },
      { workloads: [troubled, statefulSet('b', 3)], seconds: 600 },
      { workloads: [troubled, statefulSet('b', 3), statefulSet('c', 0)], seconds: 700 },
    ]);
    expect(joined?.health?.workloads?.map(({ reason }) => reason)).to.deep.equal(['PartlyAvailable', 'Available', 'Progressing']); // prettier-ignore
  });

  it('takes its past from Ready where an older operator has written no list', () => {
    const [before] = live([{ workloads: [statefulSet('a', 3), statefulSet('b', 3)], seconds: 0 }]);
    const { workloads: _, ...health } = before?.health ?? {};
    const status = observeApplication({
      persona: createPersona(),
      workloads: [statefulSet('a', 3), statefulSet('b', 0, 12)].map((workload) => ({ workload, findings: [] })), // prettier-ignore
      ...{ pods: [], rivals: [], now: at(60), previous: { ...before, health } },
    });
    expect(status.health?.workloads?.[1]?.reason).to.equal('Progressing');
  });

  it('beyond the most that a status lists is judged all the same', () => {
    const many = Array.from({ length: maxStatusWorkloads + 3 }, (_, index) => statefulSet(`w${index}`, 3));
    const [first, second] = live([
      { workloads: many, seconds: 0 },
      { workloads: many, seconds: 60 },
    ]);
    expect(first?.health?.workloads).to.have.length(maxStatusWorkloads);
    expect(first?.health?.replicas?.desired).to.equal(3 * many.length);
    expect(second).to.deep.equal(first);
  });
});

const names = ['a', 'b', 'c'];
const change = fc.record({ available: fc.nat(4), desired: fc.nat(4), isContested: fc.boolean() });
const course = fc.array(
  fc.record({ after: fc.constantFrom(1, 10, 29, 31, 300), changes: fc.tuple(change, change, change) }),
  { minLength: 1, maxLength: 12 },
);

describe('whatever happens around it, a workload', () => {
  it('is judged as it would be if the persona were its alone', () => {
    fc.assert(
      fc.property(course, (steps) => {
        let seconds = 0;
        const timed = steps.map(({ after, changes }) => ({ seconds: (seconds += after), changes }));
        const toWorkloads = (changes: (typeof steps)[number]['changes']) =>
          changes.map(({ available, desired }, index) => statefulSet(names[index]!, Math.min(available, desired), desired)); // prettier-ignore
        const together = live(
          timed.map(({ seconds: second, changes }) => ({
            workloads: toWorkloads(changes),
            rivals: changes[0].isContested ? ['other'] : [],
            seconds: second,
          })),
        );
        for (const [index] of names.entries()) {
          const alone = live(
            timed.map(({ seconds: second, changes }) => ({
              workloads: toWorkloads(changes).slice(index, index + 1),
              seconds: second,
            })),
          );
          const found = together.map(({ health }) => health?.workloads?.[index]);
          expect(found.map((one) => one?.reason)).to.deep.equal(alone.map(ready));
          expect(found.map((one) => one?.status)).to.deep.equal(alone.map(({ health }) => health?.status));
        }
      }),
      { numRuns: 300 },
    );
  });
});
