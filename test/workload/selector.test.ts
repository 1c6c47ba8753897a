// Selectors select what Kubernetes selects.
import { expect } from 'chai';
import { matchesSelector, readSelector } from '../../src/workload/selector.ts';

const labels = new Map([
  ['app', 'shop'],
  ['tier', ''],
]);
const expression = (operator: unknown, values?: unknown, key: unknown = 'app') => ({
  matchExpressions: [{ key, operator, values }],
});

/** By a sentence: a selector, and whether it selects `app: shop, tier: ""`. */
const cases: Readonly<Record<string, readonly [unknown, boolean]>> = {
  'no terms select everything': [{}, true],
  'an equal label': [{ matchLabels: { app: 'shop' } }, true],
  'an empty value is a value': [{ matchLabels: { tier: '' } }, true],
  'another value': [{ matchLabels: { app: 'store' } }, false],
  'a label that is not there': [{ matchLabels: { team: 'a' } }, false],
  'all labels have to be equal': [{ matchLabels: { app: 'shop', team: 'a' } }, false],
  'In one of them': [expression('In', ['store', 'shop']), true],
  'In none of them': [expression('In', ['store']), false],
  'In nothing': [expression('In', []), false],
  'NotIn them': [expression('NotIn', ['store']), true],
  'NotIn, and it is': [expression('NotIn', ['shop']), false],
  'NotIn of a label that is not there': [expression('NotIn', ['shop'], 'team'), true],
  'NotIn nothing is malformed': [expression('NotIn', []), false],
  Exists: [expression('Exists'), true],
  'Exists of a label that is not there': [expression('Exists', undefined, 'team'), false],
  DoesNotExist: [expression('DoesNotExist', undefined, 'team'), true],
  'DoesNotExist of a label that is there': [expression('DoesNotExist'), false],
  'terms of both kinds': [
    { matchLabels: { app: 'shop' }, ...expression('Exists', undefined, 'team') },
    false,
  ],
  'an unknown operator': [expression('Like', ['shop']), false],
  'no operator': [expression(undefined), false],
  'no key': [expression('Exists', undefined, null), false],
  'values that are no text': [expression('In', ['shop', 1]), false],
  'a label that is no text': [{ matchLabels: { app: 1 } }, false],
  'a selector that is text': ['app=shop', false],
  'a selector that is a list': [[], false],
  'the label __proto__': [JSON.parse('{"matchLabels": {"__proto__": "x"}}'), false],
};

describe('a selector', () => {
  for (const [sentence, [selector, selects]] of Object.entries(cases)) {
    it(sentence, () => {
      expect(matchesSelector(readSelector(selector)!, labels)).to.equal(selects);
    });
  }

  it('is absent where there is none', () => {
    expect([readSelector(undefined), readSelector(null)]).to.deep.equal([undefined, undefined]);
  });
});
