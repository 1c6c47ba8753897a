// The examples of the documentation: what is called bad breaks its rule, what is called good does not.
import { expect } from 'chai';
import { parse, parseAllDocuments } from 'yaml';
import { availabilityRules } from '../../src/rules/availability/rules.ts';
import { healthRules } from '../../src/rules/health/rules.ts';
import { networkRules } from '../../src/rules/network/rules.ts';
import { resourceRules } from '../../src/rules/resources/rules.ts';
import { rolloutRules } from '../../src/rules/rollout/rules.ts';
import { scalingRules } from '../../src/rules/scaling/rules.ts';
import { ask, lay, type Patch, type ShopParts } from './shop-input.ts';

const around = new Set(['HorizontalPodAutoscaler', 'PodDisruptionBudget', 'Service']);

/** What an example says: a persona in its first comment, then a part of the container, of the workload, or an object around. */
function readExample(text: string): ShopParts {
  const persona = /^# persona: (.*)$/m.exec(text)?.[1];
  const parts: ShopParts = persona === undefined ? {} : { persona: parse(persona) as Patch };
  return parseAllDocuments(text)
    .map((document) => document.toJS() as Patch)
    .reduce<ShopParts>((result, document) => {
      if (around.has(String(document['kind'])))
        return { ...result, around: [...(result.around ?? []), document] };
      const isWorkload = 'spec' in document || 'metadata' in document;
      const key = isWorkload ? 'workload' : 'container';
      return { ...result, [key]: lay(result[key], document) };
    }, parts);
}

const families = [resourceRules, scalingRules, healthRules, availabilityRules, rolloutRules, networkRules];

describe('the examples of a rule', () => {
  for (const rule of families.flat()) {
    it(`${rule.id}: the bad one breaks it`, () => {
      expect(ask(rule, readExample(rule.bad))).to.be.an('array').that.is.not.empty;
    });

    it(`${rule.id}: the good one keeps it`, () => {
      expect(ask(rule, readExample(rule.good))).to.deep.equal([]);
    });
  }
});
