// The agreements themselves: what each pair of the four has to say alike of one world, asked as users ask it. Where they differ by design, the exact
// relation is what is asserted (relations.ts).
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
import { keyOf, world, type ApiObject, type World } from './world.ts';
import { workloadObject } from './workload-object.ts';

/** What the four are asked about. */
export interface Question {
  all: World;
  /** The operator's option. */
  option: Mode;
  /** What an update makes of the first workload; undefined in a world without any. */
  after: ApiObject | undefined;
}

const mode = fc.constantFrom<Mode>('advisory', 'enforcing');

/** Any question. */
export const question: fc.Arbitrary<Question> = world.chain((all) =>
  fc.record({ all: fc.constant(all), option: mode, after: afterOf(all) }),
);

function afterOf({ workloads: [before] }: World): fc.Arbitrary<ApiObject | undefined> {
  if (before === undefined) return fc.constant(undefined);
  const { name, namespace = '' } = before.metadata;
  return workloadObject({
    name: fc.constant(name),
    namespace: fc.constant(namespace),
    kind: fc.constant(before.kind),
  });
}

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

/** By what is agreed on; each throws where it is not. */
export const agreements: Readonly<Record<string, (question: Question) => void | Promise<void>>> = {
  'the webhook decides a CREATE by what the controller finds without other objects': ({ all, option }) => {
    for (const object of all.workloads) {
      const given = askWebhook(all, { operation: 'CREATE', object }, option);
      expect(given, keyOf(object)).to.deep.equal(foresee(all, { object }, option));
    }
  },

  'the webhook decides an UPDATE by what the controller would find new or worse': ({
    all,
    option,
    after,
  }) => {
    const [before] = all.workloads;
    if (before === undefined || after === undefined) return;
    const given = askWebhook(all, { operation: 'UPDATE', object: after, oldObject: before }, option);
    expect(given).to.deep.equal(foresee(all, { object: after, before }, option));
  },

  'impact says what the webhook answers, and from when it answers otherwise': async ({ all, option }) => {
    const { workloads } = await askImpact(all, option);
    expect(workloads.map(keyOfImpact).sort()).to.deep.equal(all.workloads.map(keyOf).sort());
    for (const impact of workloads) {
      const object = findObject(all, impact);
      assertForetold(impact, (at) => askWebhook(all, { operation: 'CREATE', object }, option, at));
      const update = askWebhook(all, { operation: 'UPDATE', object, oldObject: object }, option);
      expect(impact.update.outcome).to.equal(answerOf(update)).and.not.equal('denied');
    }
  },

  'impact finds of a creation what the controller finds without other objects': async ({ all }) => {
    for (const impact of (await askImpact(all, 'enforcing')).workloads) {
      const object = findObject(all, impact);
      const claims = findClaims(all, object, 'CREATE');
      expect([...impact.personas]).to.deep.equal([...claims.keys()].sort());
      const expected = claims.size === 0 ? findMissing(all, object) : [...claims.values()].flat();
      expect(impact.findings.map(toLine).sort()).to.deep.equal(expected.map(toLine).sort());
    }
  },

  'check finds in files what the controller finds in the cluster': ({ all }) => {
    const findings = askCheck(all, countingPersona(all)).findings as FiledFinding[];
    expect(toLines(findings).join('\n')).to.equal(toLines(foreseeCheck(all)).join('\n'));
  },
};

function findObject(all: World, impact: WorkloadImpact): ApiObject {
  return all.workloads.find((one) => keyOf(one) === keyOfImpact(impact)) as ApiObject;
}

function assertForetold(impact: WorkloadImpact, create: (at?: Date) => Decision): void {
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
}
