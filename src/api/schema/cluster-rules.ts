// How a cluster's admins weigh the rules: levels, where and from when they hold, and exceptions with an end.
import { ruleLevels, selectorOperators } from '../vocabulary.ts';
import { choice, list, map, object, required, set } from './builders.ts';
import { rule } from './cross-field-rule.ts';
import { dnsLabel, labelKey, labelValue, nonEmptyLine, ruleId, timestamp } from './text.ts';

const fitsOperator = rule<{ operator: string; values?: readonly string[] }>(
  "self.operator in ['In', 'NotIn'] ? has(self.values) && size(self.values) > 0 : !has(self.values) || size(self.values) == 0",
  'values must be given for In and NotIn, and left out for Exists and DoesNotExist',
  ({ operator, values = [] }) =>
    operator === 'In' || operator === 'NotIn' ? values.length > 0 : values.length === 0,
  '.values',
);

const requirement = object(
  'LabelSelectorRequirement',
  'What a label has to be.',
  {
    key: required(labelKey('The label.')),
    operator: required(choice('How it is compared.', selectorOperators)),
    values: set('What it is compared with.', labelValue('A value.'), 50),
  },
  [fitsOperator],
);

const namespaceSelector = object(
  'LabelSelector',
  'Which namespaces are meant, by their labels; all where absent.',
  {
    matchLabels: map('Labels and the values that they have to have.', labelValue('The value.'), 50),
    matchExpressions: list('More that the labels have to fulfil.', requirement, 50),
  },
);

/** What each rule counts for. */
export const ruleSettings = list(
  'What each rule counts for in this cluster; where several entries fit, the last one holds.',
  object('RuleSetting', 'What a rule, or a family of rules, counts for.', {
    id: required(ruleId('The rule, such as `security/run-as-non-root`, or a family, such as `security/*`.')),
    level: required(
      choice(
        '`off` (in quotes: YAML takes a bare off for false) it is not asked, `info` and `warn` it is reported, `deny` it refuses in enforcing mode.',
        ruleLevels,
      ),
    ),
    namespaceSelector,
    enforceFrom: timestamp('From when `deny` refuses; until then it warns.'),
  }),
  200,
);

/** Findings that are lifted for a time. */
export const exceptions = list(
  'Findings that are lifted until a date. An exception that has expired is ignored.',
  object('RuleException', 'One finding, or kind of finding, that is lifted.', {
    rule: required(ruleId('The rule, or a family of rules.')),
    namespace: dnsLabel('The namespace in which it is lifted; all where absent.'),
    persona: dnsLabel('The persona for which it is lifted; all where absent.'),
    container: dnsLabel('The container for which it is lifted; all where absent.'),
    reason: required(nonEmptyLine('Why, for those who read it later.')),
    until: required(timestamp('When it ends.')),
  }),
  500,
);
