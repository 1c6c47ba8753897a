// What admission answers.
import { expect } from 'chai';
import fc from 'fast-check';
import { decide, decideTogether } from '../../src/rules/decide.ts';
import type { Finding } from '../../src/rules/finding.ts';
import { judgeMissingPersona } from '../../src/rules/missing-persona.ts';
import { resolveMode, type Mode } from '../../src/rules/mode.ts';
import { readWorkload } from '../../src/workload/read-workload.ts';
import type { WorkloadKind } from '../../src/workload/workload.ts';
import { createCluster } from './shop-input.ts';

const finding = (different: Partial<Finding> = {}): Finding => ({
  rule: 'security/run-as-non-root',
  severity: 'error',
  level: 'deny',
  field: 'spec.template.spec.containers[0].securityContext.runAsNonRoot',
  container: 'shop',
  actual: 'unset',
  expected: 'true',
  message: 'container shop: runAsNonRoot is unset, true expected',
  suggestion: 'runAsNonRoot: true',
  ...different,
});
const warning = finding({ rule: 'image/tag', severity: 'warning', level: 'warn', field: 'spec.template.spec.containers[0].image', message: 'container shop: image shop has no tag' }); // prettier-ignore
const note = finding({ severity: 'info', level: 'info' });
const exception = { rule: 'security/*', reason: 'later', until: '2027-01-01T00:00:00Z' };

const ask = (mode: Mode, findings: Finding[], findingsBefore?: Finding[]) =>
  decide({ mode, personaName: 'shop', findings, findingsBefore });

describe('decide', () => {
  it('admits in advisory mode, and warns of errors and warnings', () => {
    expect(ask('advisory', [finding(), warning, note])).to.deep.equal({
      allowed: true,
      warnings: [
        'shop: container shop: runAsNonRoot is unset, true expected (security/run-as-non-root)',
        'shop: container shop: image shop has no tag (image/tag)',
      ],
    });
  });

  it('denies errors in enforcing mode, with persona, field, expectation and fix', () => {
    expect(ask('enforcing', [finding(), warning])).to.deep.equal({
      allowed: false,
      message:
        'persona shop refuses it:\n- container shop: runAsNonRoot is unset, true expected (security/run-as-non-root, ' +
        'spec.template.spec.containers[0].securityContext.runAsNonRoot, expected true); fix: runAsNonRoot: true',
      warnings: ['shop: container shop: image shop has no tag (image/tag)'],
    });
  });

  const moved = { field: finding().field.replace('[0]', '[1]') };
  const env = (subject: string, index: number) => finding({ rule: 'secrets/env', field: `spec.template.spec.containers[0].env[${index}].value`, subject }); // prettier-ignore
  /** By a sentence: what was found before an update, what is found after, and whether that is refused. */
  const updates: Readonly<Record<string, readonly [Finding[], Finding[], boolean]>> = {
    'what was there before': [[finding()], [finding()], false],
    'something new': [[], [finding()], true],
    'something new beside what was there': [[finding()], [finding(), finding({ container: 'proxy' })], true],
    'what was a warning before': [[finding({ severity: 'warning', level: 'warn' })], [finding()], true],
    'what was graver before': [[finding()], [finding({ severity: 'warning', level: 'warn' })], false],
    'another value of what was wrong before': [
      [finding()],
      [finding({ actual: 'false', message: 'changed' })],
      false,
    ],
    'what only moved behind a new container': [[finding()], [finding(moved)], false],
    'the same of another container': [[finding()], [finding({ container: 'proxy', ...moved })], true],
    'the same rule in another field': [
      [finding()],
      [finding({ field: 'spec.template.spec.securityContext' })],
      true,
    ],
    'a variable that moved': [[env('A', 0)], [env('A', 1)], false],
    'another variable in its place': [[env('A', 0)], [env('B', 0)], true],
    'one more of the same': [[env('A', 0)], [env('A', 0), env('A', 1)], true],
    'the same of another object': [
      [finding({ object: 'Service/a' })],
      [finding({ object: 'Service/b' })],
      true,
    ],
    'what was excepted before': [[finding({ exception })], [finding()], true],
    'what is excepted now': [[], [finding({ exception })], false],
    'a new warning': [[], [warning], false],
    'less than before': [[finding(), env('A', 0)], [env('A', 0)], false],
  };
  for (const [sentence, [before, after, isRefused]] of Object.entries(updates)) {
    it(`${isRefused ? 'refuses' : 'admits'} an update with ${sentence}`, () => {
      expect(ask('enforcing', after, before).allowed).to.equal(!isRefused);
      expect(ask('advisory', after, before).allowed).to.equal(true);
    });
  }

  it('warns of what it admits because it was there before', () => {
    expect(ask('enforcing', [finding()], [finding()]).warnings).to.have.length(1);
  });

  it('says nothing of what is excepted', () => {
    expect(ask('enforcing', [finding({ exception })])).to.deep.equal({ allowed: true, warnings: [] });
  });

  it('never refuses an update that changes nothing or takes findings away', () => {
    const severity = fc.constantFrom('error' as const, 'warning' as const);
    const some = fc.record({ severity, rule: fc.constantFrom('a/b', 'a/c'), field: fc.constantFrom('x[0]', 'x[1]', 'y'), container: fc.constantFrom('a', 'b') }); // prettier-ignore
    const findings = fc.array(some.map((part) => finding({ ...part, level: part.severity === 'error' ? 'deny' : 'warn' }))); // prettier-ignore
    const pairs = findings.chain((all) => fc.tuple(fc.constant(all), fc.subarray(all)));
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        expect(ask('enforcing', after, before).allowed).to.equal(true);
      }),
    );
  });

  it('keeps to the room that the API server has for warnings, in characters that a terminal may show', () => {
    const message = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constant('é'.repeat(200)), fc.constant('\u001b[31m\r\n\u202e')); // prettier-ignore
    const many = fc.array(message.map((text) => finding({ message: text })), { maxLength: 50 }); // prettier-ignore
    fc.assert(
      fc.property(many, (findings) => {
        const { warnings } = ask('advisory', findings);
        const sizes = warnings.map((text) => Buffer.byteLength(text));
        expect(Math.max(0, ...sizes)).to.be.at.most(120);
        expect(sizes.reduce((sum, size) => sum + size, 0)).to.be.at.most(4096);
        expect(warnings.join('')).to.not.match(/[\p{Cc}\p{Cf}\p{Cs}]/u);
        expect(warnings.length > 0).to.equal(findings.length > 0);
      }),
      { numRuns: 200 },
    );
  });

  it('counts what there was no room for', () => {
    const findings = Array.from({ length: 100 }, (_, index) => finding({ message: `${index} ${'x'.repeat(200)}` })); // prettier-ignore
    const { warnings } = ask('advisory', findings);
    expect(warnings.at(-1)).to.equal(`and ${100 - (warnings.length - 1)} more`);
    const { message } = ask('enforcing', findings);
    expect(message?.split('\n').at(-1)).to.equal('- and 90 more');
  });
});

describe('a workload without a persona', () => {
  const workload = readWorkload({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'shop', namespace: 'store' } })!; // prettier-ignore
  interface Different {
    kind?: WorkloadKind;
    rules?: object[];
    exceptions?: object[];
    hadPersona?: boolean;
  }
  const answer = (requirePersona: string | undefined, mode: Mode, { kind, rules, exceptions, hadPersona }: Different) => {
    const clusterPersona = requirePersona === undefined ? undefined : createCluster({ policies: { requirePersona }, rules, exceptions });
    const context = { clusterPersona, namespaceLabels: new Map(), now: new Date('2027-03-01T12:00:00Z') };
    const findings = judgeMissingPersona({ ...workload, kind: kind ?? 'Deployment' }, context);
    const findingsBefore = hadPersona === undefined ? undefined : hadPersona ? [] : findings;
    const { allowed, warnings } = decide({ mode, personaName: undefined, findings, findingsBefore });
    return `${allowed ? 'admits' : 'denies'}, ${warnings.length} warnings`;
  }; // prettier-ignore

  const rule = 'identity/persona-missing';
  const later = '2027-06-01T00:00:00Z';
  /** By a sentence: the requirement, the mode, what is different, and the answer. */
  const cases: Readonly<Record<string, readonly [string | undefined, Mode, Different, string]>> = {
    'is not asked for one without a ClusterPersona': [undefined, 'enforcing', {}, 'admits, 0 warnings'],
    'is not asked where it is off': ['off', 'enforcing', {}, 'admits, 0 warnings'],
    'is warned of': ['warn', 'enforcing', {}, 'admits, 1 warnings'],
    'is denied': ['deny', 'enforcing', {}, 'denies, 0 warnings'],
    'is warned of in advisory mode': ['deny', 'advisory', {}, 'admits, 1 warnings'],
    'that never had one may be updated': ['deny', 'enforcing', { hadPersona: false }, 'admits, 1 warnings'],
    'that leaves its persona is denied': ['deny', 'enforcing', { hadPersona: true }, 'denies, 0 warnings'],
    'that is somebody’s errand is not asked': ['deny', 'enforcing', { kind: 'Job' }, 'admits, 0 warnings'],
    'is not asked where a level says off': ['deny', 'enforcing', { rules: [{ id: rule, level: 'off' }] }, 'admits, 0 warnings'],
    'is warned of until the level holds': ['deny', 'enforcing', { rules: [{ id: rule, level: 'deny', enforceFrom: later }] }, 'admits, 1 warnings'],
    'is let be while an exception lasts': ['deny', 'enforcing', { exceptions: [{ rule, namespace: 'store', reason: 'r', until: later }] }, 'admits, 0 warnings'],
  }; // prettier-ignore
  for (const [sentence, [requirement, mode, different, gives]] of Object.entries(cases)) {
    it(sentence, () => {
      expect(answer(requirement, mode, different)).to.equal(gives);
    });
  }

  it('is told in the cluster’s name', () => {
    const context = { clusterPersona: createCluster({ policies: { requirePersona: 'deny' } }), namespaceLabels: new Map(), now: new Date() }; // prettier-ignore
    const findings = judgeMissingPersona(workload, context);
    expect(decide({ mode: 'enforcing', personaName: undefined, findings }).message).to.equal(
      'the cluster refuses it:\n- Deployment shop has no persona, and the cluster asks for one ' +
        '(identity/persona-missing, metadata.name, expected an ApplicationPersona); fix: kubectl dorgu persona generate',
    );
  });
});

describe('decideTogether', () => {
  const other = finding({ rule: 'image/tag', message: 'other' });
  it('denies where one persona refuses, and names each that does', () => {
    const {
      allowed,
      message = '',
      warnings,
    } = decideTogether([
      { mode: 'advisory', personaName: 'calm', findings: [finding()] },
      { mode: 'enforcing', personaName: 'shop', findings: [finding(), warning] },
      { mode: 'enforcing', personaName: 'till', findings: [other] },
    ]);
    expect(allowed).to.equal(false);
    expect(message.split('\n').filter((line) => line.startsWith('persona'))).to.deep.equal(['persona shop refuses it:', 'persona till refuses it:']); // prettier-ignore
    expect(warnings.map((text) => text.slice(0, 5))).to.deep.equal(['calm:', 'shop:']);
  });

  it('tells the gravest of all first, within the room that there is for all', () => {
    const { warnings } = decideTogether([
      { mode: 'advisory', personaName: 'a', findings: [warning] },
      { mode: 'advisory', personaName: 'b', findings: Array.from({ length: 50 }, () => finding()) },
    ]);
    expect(warnings[0]).to.match(/^b: /);
    expect(warnings.reduce((sum, text) => sum + Buffer.byteLength(text), 0)).to.be.at.most(4096);
  });

  it('admits what nobody claims', () => {
    expect(decideTogether([])).to.deep.equal({ allowed: true, warnings: [] });
  });
});

describe('the mode', () => {
  /** By a sentence: the option, the namespace's label, the persona's annotation, and what counts. */
  const cases: Readonly<Record<string, readonly [Mode, string | undefined, string | undefined, Mode]>> = {
    'is the option’s': ['advisory', undefined, undefined, 'advisory'],
    'may be tightened by the namespace': ['advisory', 'enforcing', undefined, 'enforcing'],
    'may be loosened by the namespace': ['enforcing', 'advisory', undefined, 'advisory'],
    'may be tightened by the persona': ['advisory', undefined, 'enforcing', 'enforcing'],
    'may not be loosened by the persona': ['enforcing', undefined, 'advisory', 'enforcing'],
    'is tightened by the persona where the namespace loosens': [
      'enforcing',
      'advisory',
      'enforcing',
      'enforcing',
    ],
    'does not follow other words': ['enforcing', 'off', 'Advisory', 'enforcing'],
  };
  for (const [sentence, [option, label, annotation, mode]] of Object.entries(cases)) {
    it(sentence, () => {
      const texts = (value: string | undefined) =>
        new Map(value === undefined ? [] : [['dorgu.io/mode', value]]);
      expect(resolveMode(option, texts(label), texts(annotation))).to.equal(mode);
    });
  }
});
