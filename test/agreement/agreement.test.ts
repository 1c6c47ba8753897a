// Webhook, controller, check and impact agree: on random worlds, each asked as users ask it. Where they differ by design, the exact relation is
// what is asserted (relations.ts). DORGU_AGREEMENT_RUNS=100000 makes more of them, DORGU_AGREEMENT_SEED repeats one.
import { expect } from 'chai';
import fc from 'fast-check';
import type { Outcome, WorkloadImpact } from '../../src/cluster/impact/foretold.ts';
import type { Decision } from '../../src/rules/decide.ts';
import type { Finding } from '../../src/rules/finding.ts';
import type { Mode } from '../../src/rules/mode.ts';
import {
  countingPersona,
  findMissing,
  foresee,
  foreseeCheck,
  findClaims,
  toLines,
  type FiledFinding,
} from './relations.ts';
import { askCheck, askImpact, askWebhook } from './sides.ts';
import { keyOf, world, type ApiObject } from './world.ts';
import { workloadObject } from './workload-object.ts';

const { DORGU_AGREEMENT_RUNS: runs = 300, DORGU_AGREEMENT_SEED: seed } = process.env;
const options = { numRuns: Number(runs), ...(seed === undefined ? {} : { seed: Number(seed) }) };
const mode = fc.constantFrom<Mode>('advisory', 'enforcing');

/** A world, one of its workloads, and what an update makes of that. */
const change = world
  .filter(({ workloads }) => workloads.length > 0)
  .chain((all) => {
    const [before] = all.workloads as [ApiObject];
    const { name, namespace = '' } = before.metadata;
    const after = workloadObject({ name: fc.constant(name), namespace: fc.constant(namespace), kind: fc.constant(before.kind) }); // prettier-ignore
    return fc.record({ all: fc.constant(all), before: fc.constant(before), object: after });
  });

const keyOfImpact = ({ kind, namespace, name }: WorkloadImpact) => `${kind}/${namespace}/${name}`;
const answerOf = ({ allowed, warnings }: Decision): Outcome =>
  allowed ? (warnings.length > 0 ? 'warned' : 'admitted') : 'denied';
/** Every field, but for what impact adds. */
const toLine = (finding: Finding) =>
  JSON.stringify(
    Object.entries(finding)
      .filter(([field]) => !['outcome', 'from', 'persona'].includes(field))
      .sort(),
  );

describe('on any world', function () {
  this.timeout(0);

  it('the webhook decides a CREATE by what the controller finds without other objects', () => {
    fc.assert(
      fc.property(world, mode, (all, option) => {
        for (const object of all.workloads) {
          const given = askWebhook(all, { operation: 'CREATE', object }, option);
          expect(given, keyOf(object)).to.deep.equal(foresee(all, { object }, option));
        }
      }),
      options,
    );
  });

  it('the webhook decides an UPDATE by what the controller would find new or worse', () => {
    fc.assert(
      fc.property(change, mode, ({ all, before, object }, option) => {
        const given = askWebhook(all, { operation: 'UPDATE', object, oldObject: before }, option);
        expect(given).to.deep.equal(foresee(all, { object, before }, option));
      }),
      options,
    );
  });

  it('impact says what the webhook answers, and from when it answers otherwise', async () => {
    const assertForetold = (impact: WorkloadImpact, create: (at?: Date) => Decision) => {
      const now = create();
      expect(impact.create.message).to.equal(now.message);
      if (impact.create.outcome !== 'later') {
        expect(impact.create.outcome).to.equal(answerOf(now));
        expect(create(new Date('2099-01-01T00:00:00Z')).allowed).to.equal(now.allowed);
        return;
      }
      const at = Date.parse(impact.create.from ?? '');
      const before = create(new Date(at - 1)).allowed;
      expect([now.allowed, before, create(new Date(at)).allowed]).to.deep.equal([true, true, false]);
    };
    await fc.assert(
      fc.asyncProperty(world, mode, async (all, option) => {
        const { workloads } = await askImpact(all, option);
        expect(workloads.map(keyOfImpact).sort()).to.deep.equal(all.workloads.map(keyOf).sort());
        for (const impact of workloads) {
          const object = all.workloads.find((one) => keyOf(one) === keyOfImpact(impact)) as ApiObject;
          assertForetold(impact, (at) => askWebhook(all, { operation: 'CREATE', object }, option, at));
          const update = askWebhook(all, { operation: 'UPDATE', object, oldObject: object }, option);
          expect(impact.update.outcome).to.equal(answerOf(update)).and.not.equal('denied');
        }
      }),
      options,
    );
  });

  it('impact finds of a creation what the controller finds without other objects', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (all) => {
        for (const impact of (await askImpact(all, 'enforcing')).workloads) {
          const object = all.workloads.find((one) => keyOf(one) === keyOfImpact(impact)) as ApiObject;
          const claims = findClaims(all, object, 'CREATE');
          expect([...impact.personas]).to.deep.equal([...claims.keys()].sort());
          const expected = claims.size === 0 ? findMissing(all, object) : [...claims.values()].flat();
          expect(impact.findings.map(toLine).sort()).to.deep.equal(
            expected.map(toLine).sort(),
          );
        }
      }),
      options,
    ); // prettier-ignore
  });

  it('check finds in files what the controller finds in the cluster', () => {
    fc.assert(
      fc.property(world, (all) => {
        const findings = askCheck(all, countingPersona(all)).findings as FiledFinding[];
        const expected = foreseeCheck(all);
        expect(toLines(findings).join('\n')).to.equal(toLines(expected).join('\n'));
      }),
      options,
    );
  });
});
