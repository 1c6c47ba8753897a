// Whatever runs, its persona is valid, finds exactly it, and makes no error of how it runs.
import { expect } from 'chai';
import fc from 'fast-check';
import { adoptNamespace } from '../../src/adoption/adopt.ts';
import { isAdopted } from '../../src/adoption/claim-names.ts';
import type { NamespaceSnapshot } from '../../src/adoption/namespace-snapshot.ts';
import { applyApplicationPersonaDefaults } from '../../src/api/defaults.ts';
import { validateApplicationPersona } from '../../src/api/validate.ts';
import type { Finding } from '../../src/rules/finding.ts';
import { judge } from '../../src/rules/judge.ts';
import { findPersonas, findRivals, findWorkloads } from '../../src/workload/belongs-to.ts';
import { namespaceSnapshot } from './arbitrary-namespace.ts';

const now = new Date('2026-11-23T09:00:00Z');

/** Errors that a workload makes by itself: no persona says anything of what they are about. */
const ownErrors: ReadonlySet<string> = new Set([
  'secrets/env',
  'security/run-as-root-uid',
  'scaling/hpa-without-requests',
  'scaling/hpa-target-missing',
  'scaling/hpa-missing',
  'scaling/duplicate-hpa',
  'availability/pdb-blocks-drain',
]);

function judgeAll(snapshot: NamespaceSnapshot): Finding[] {
  const { adoptions } = adoptNamespace(snapshot);
  const personas = adoptions.map(({ persona }) => persona);
  const all = adoptions.flatMap(({ workloads }) => workloads);
  return adoptions.flatMap(({ persona, workloads }) =>
    workloads.flatMap((workload) =>
      judge(
        {
          persona: applyApplicationPersonaDefaults(persona),
          workload,
          surroundings: snapshot.surroundings,
          clusterPersona: undefined,
          namespaceLabels: new Map(),
          rivals: findRivals(persona, workload, personas, all),
          source: 'cluster',
        },
        now,
      ),
    ),
  );
}

describe('personas of what runs', function () {
  this.timeout(60_000);

  it('make no error of how it runs', () => {
    fc.assert(
      fc.property(namespaceSnapshot, (snapshot) => {
        const errors = judgeAll(snapshot).filter(({ severity }) => severity === 'error');
        expect(errors.filter(({ rule }) => !ownErrors.has(rule))).to.deep.equal([]);
      }),
      { numRuns: 400 },
    );
  });

  it('are what the API takes, without a field that it would drop', () => {
    fc.assert(
      fc.property(namespaceSnapshot, (snapshot) => {
        for (const { persona } of adoptNamespace(snapshot).adoptions) {
          const validation = validateApplicationPersona(JSON.parse(JSON.stringify(persona)));
          expect(validation).to.include({ ok: true }, JSON.stringify(validation));
          expect(validation.unknownFields).to.deep.equal([]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('find exactly their workloads, and the workloads exactly them', () => {
    fc.assert(
      fc.property(namespaceSnapshot, (snapshot) => {
        const { adoptions, unclaimed } = adoptNamespace(snapshot);
        const personas = adoptions.map(({ persona }) => persona);
        for (const { persona, workloads } of adoptions) {
          expect(findWorkloads(persona, snapshot.workloads)).to.have.members(workloads);
          for (const workload of workloads.filter(isAdopted))
            expect(findPersonas(workload, personas)).to.deep.equal([persona]);
        }
        const told = [
          ...adoptions.flatMap(({ workloads }) => workloads),
          ...unclaimed.map(({ workload }) => workload),
        ];
        expect(told.filter(isAdopted)).to.have.members(snapshot.workloads.filter(isAdopted));
      }),
      { numRuns: 400 },
    );
  });

  it('are the same whatever the order in which the server lists', () => {
    fc.assert(
      fc.property(namespaceSnapshot, fc.nat(), (snapshot, turn) => {
        const { workloads } = snapshot;
        const turned = [
          ...workloads.slice(turn % workloads.length),
          ...workloads.slice(0, turn % workloads.length),
        ];
        const personasOf = (order: typeof workloads) =>
          adoptNamespace({ ...snapshot, workloads: order }).adoptions.map(({ persona }) => persona);
        expect(JSON.stringify(personasOf(turned.reverse()))).to.equal(JSON.stringify(personasOf(workloads)));
      }),
    );
  });
});
