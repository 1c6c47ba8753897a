// Diagnoses of objects that nobody vouches for: never a throw, never a flood.
import { expect } from 'chai';
import fc from 'fast-check';
import { listReferences } from '../../../src/cluster/diagnosis/references.ts';
import { crashed, createPod, event, explain, httpProbe, podSpec } from './evidence.ts';

describe('the diagnosis of anything at all', () => {
  const mutate = (value: unknown, path: readonly number[], seed: unknown): unknown => {
    const [step, ...rest] = path;
    if (step === undefined || typeof value !== 'object' || value === null) return seed;
    const keys = Object.keys(value);
    const key = keys[step % Math.max(1, keys.length)];
    if (key === undefined) return seed;
    const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
    copy[key] = mutate(copy[key], rest, seed);
    return copy;
  };

  it('never throws, and stays short', () => {
    const pod = createPod({
      container: { readinessProbe: httpProbe, livenessProbe: httpProbe },
      status: crashed({ exitCode: 1, message: 'x' }),
      podStatus: { conditions: [{ type: 'PodScheduled', status: 'False' }] },
    });
    const junk = fc.oneof(
      fc.constantFrom(null, 0, -1, '', [], {}, [null], 'x'.repeat(10_000)),
      fc.anything(),
    );
    fc.assert(
      fc.property(fc.array(fc.nat(20), { maxLength: 6 }), junk, (path, seed) => {
        const causes = explain({
          pods: [mutate(pod, path, seed)],
          events: [mutate(event('Unhealthy', 'Readiness probe failed'), path, seed)],
          replicaSets: [
            mutate(
              { status: { conditions: [{ type: 'ReplicaFailure', status: 'True', message: 'm' }] } },
              path,
              seed,
            ),
          ],
          references: listReferences(mutate(podSpec, path, seed)).map((reference) => ({
            ...reference,
            lookup: { state: 'missing' as const },
          })),
        });
        expect(causes.length).to.be.at.most(10);
        for (const { what } of causes) expect(what.length).to.be.lessThan(25_000);
      }),
      { numRuns: 300 },
    );
  });
});
