// Runs a table of cases about one rule: keys are sentences, values what is different about the shop and what the rule says.
import { expect } from 'chai';
import type { Rule } from '../../src/rules/rule.ts';
import { ask, type ShopParts } from './shop-input.ts';

/** A case; `says` is what `ask` gives, or `nothing`. */
export type RuleCase = ShopParts & { says: readonly string[] | 'nothing' | 'not-applicable' };

/** One test for each case. */
export function describeRule(rule: Rule, cases: Readonly<Record<string, RuleCase>>): void {
  describe(rule.id, () => {
    for (const [sentence, { says, ...parts }] of Object.entries(cases))
      it(sentence, () => {
        expect(ask(rule, parts)).to.deep.equal(says === 'nothing' ? [] : says);
      });
  });
}
