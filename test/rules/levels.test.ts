// What a cluster's levels and exceptions make of violations.
import { expect } from 'chai';
import type { RuleException, RuleSetting } from '../../src/api/personas.ts';
import type { Violation } from '../../src/rules/finding.ts';
import { isCounted } from '../../src/rules/judge.ts';
import { toFindings, type LevelContext } from '../../src/rules/levels.ts';
import { createCluster } from './shop-input.ts';

const violation: Violation = {
  rule: 'security/run-as-non-root',
  severity: 'error',
  field: 'spec.template.spec.containers[0].securityContext.runAsNonRoot',
  container: 'shop',
  actual: 'unset',
  expected: 'true',
  message: 'container shop: runAsNonRoot is unset, true expected',
};

const now = new Date('2027-03-01T12:00:00Z');
const rule = violation.rule;

/** What differs from an empty ClusterPersona, and the level that the violation then has; `off` where it is dropped. */
interface Case {
  rules?: RuleSetting[];
  exceptions?: RuleException[];
  context?: Partial<LevelContext>;
  violation?: Partial<Violation>;
  gives: string;
}

const except = (fields: Partial<RuleException>): RuleException[] => [
  { rule, reason: 'later', until: '2027-06-30T00:00:00Z', ...fields },
];
const production = { matchLabels: { stage: 'production' } };
const namespaceLabels = new Map([['stage', 'production']]);

const cases: Readonly<Record<string, Case>> = {
  'an error denies': { gives: 'error deny' },
  'a warning warns': { violation: { severity: 'warning' }, gives: 'warning warn' },
  'a note informs': { violation: { severity: 'info' }, gives: 'info info' },
  'a rule that is off is not there': { rules: [{ id: rule, level: 'off' }], gives: 'off' },
  'a family that is off is not there': { rules: [{ id: 'security/*', level: 'off' }], gives: 'off' },
  'another rule that is off is another rule': { rules: [{ id: 'image/tag', level: 'off' }, { id: 'image/*', level: 'off' }], gives: 'error deny' },
  'a family is not one whose name begins alike': { rules: [{ id: 'sec/*', level: 'off' }], gives: 'error deny' },
  'warn makes a warning of an error': { rules: [{ id: rule, level: 'warn' }], gives: 'warning warn' },
  'info makes a note of an error': { rules: [{ id: rule, level: 'info' }], gives: 'info info' },
  'deny makes an error of a warning': { violation: { severity: 'warning' }, rules: [{ id: rule, level: 'deny' }], gives: 'error deny' },
  'deny leaves a note of a graver rule alone': { violation: { severity: 'info' }, rules: [{ id: rule, level: 'deny' }], gives: 'info info' },
  'deny raises a rule that only notes': { violation: { rule: 'scaling/paused', severity: 'info' }, rules: [{ id: 'scaling/paused', level: 'deny' }], gives: 'error deny' },
  'off drops a note as well': { violation: { severity: 'info' }, rules: [{ id: rule, level: 'off' }], gives: 'off' },
  'the last entry that fits holds': { rules: [{ id: 'security/*', level: 'off' }, { id: rule, level: 'warn' }], gives: 'warning warn' },
  'even where it is the more general one': { rules: [{ id: rule, level: 'warn' }, { id: 'security/*', level: 'off' }], gives: 'off' },
  'deny warns before its date': { rules: [{ id: rule, level: 'deny', enforceFrom: '2027-03-01T12:00:01Z' }], gives: 'warning warn' },
  'deny denies from its date on': { rules: [{ id: rule, level: 'deny', enforceFrom: '2027-03-01T12:00:00Z' }], gives: 'error deny' },
  'a date is an instant, wherever it is written': { rules: [{ id: rule, level: 'deny', enforceFrom: '2027-03-01T14:00:00+02:00' }], gives: 'error deny' },
  'a date that cannot be read has come': { rules: [{ id: rule, level: 'deny', enforceFrom: 'soon' }], gives: 'error deny' },
  'an entry for other namespaces does not fit': { rules: [{ id: rule, level: 'off', namespaceSelector: production }], gives: 'error deny' },
  'an entry for this namespace fits': { rules: [{ id: rule, level: 'off', namespaceSelector: production }], context: { namespaceLabels }, gives: 'off' },
  'an entry with an empty selector fits everywhere': { rules: [{ id: rule, level: 'off', namespaceSelector: {} }], gives: 'off' },
  'the last that fits, not the last of all': { rules: [{ id: rule, level: 'warn' }, { id: rule, level: 'off', namespaceSelector: production }], gives: 'warning warn' },
  'an exception lifts a finding': { exceptions: except({}), gives: 'error deny excepted' },
  'an exception of the family does': { exceptions: except({ rule: 'security/*' }), gives: 'error deny excepted' },
  'an exception of another rule does not': { exceptions: except({ rule: 'image/tag' }), gives: 'error deny' },
  'an exception that ends now is over': { exceptions: except({ until: '2027-03-01T12:00:00Z' }), gives: 'error deny' },
  'an exception that ends in a second is not': { exceptions: except({ until: '2027-03-01T12:00:01Z' }), gives: 'error deny excepted' },
  'an exception whose end cannot be read is over': { exceptions: except({ until: 'never' }), gives: 'error deny' },
  'an exception for this namespace': { exceptions: except({ namespace: 'store' }), gives: 'error deny excepted' },
  'an exception for another namespace': { exceptions: except({ namespace: 'test' }), gives: 'error deny' },
  'an exception for this persona': { exceptions: except({ persona: 'shop' }), gives: 'error deny excepted' },
  'an exception for another persona': { exceptions: except({ persona: 'till' }), gives: 'error deny' },
  'an exception for this container': { exceptions: except({ container: 'shop' }), gives: 'error deny excepted' },
  'an exception for another container': { exceptions: except({ container: 'proxy' }), gives: 'error deny' },
  'an exception has to fit in all that it names': { exceptions: except({ namespace: 'store', persona: 'till' }), gives: 'error deny' },
  'an exception keeps the level that the cluster sets': { rules: [{ id: rule, level: 'warn' }], exceptions: except({}), gives: 'warning warn excepted' },
}; // prettier-ignore

describe('toFindings', () => {
  for (const [sentence, { rules, exceptions, context, violation: different, gives }] of Object.entries(
    cases,
  )) {
    it(sentence, () => {
      const found = toFindings([{ ...violation, ...different }], {
        clusterPersona: createCluster({ rules, exceptions }),
        namespace: 'store',
        namespaceLabels: new Map(),
        personaNames: ['shop', 'shop'],
        now,
        ...context,
      });
      const words = found.map((finding) =>
        [finding.severity, finding.level, ...(isCounted(finding) ? [] : ['excepted'])].join(' '),
      );
      expect(words).to.deep.equal(gives === 'off' ? [] : [gives]);
    });
  }

  it('carries the exception, so that it can be shown', () => {
    const context = { clusterPersona: createCluster({ exceptions: except({}) }), namespace: '', namespaceLabels: new Map<string, string>(), personaNames: [], now }; // prettier-ignore
    expect(toFindings([violation], context)[0]?.exception).to.deep.include({ rule, reason: 'later' });
  });
});
