// Whether two statuses say the same: cheap, and never another answer than their texts give.
import { expect } from 'chai';
import fc from 'fast-check';
import { isSameButTimes, toComparableText } from '../../src/status/set-conditions.ts';

const field = fc.constantFrom('a', 'b', 'lastChecked', 'lastTransitionTime', '__proto__', 'toString');
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<unknown>(0, 1, '', 'a', true, null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc
      .uniqueArray(fc.tuple(field, fc.option(tie('value'), { nil: undefined })), {
        maxLength: 4,
        selector: ([name]) => name,
      })
      .map((entries) => Object.fromEntries(entries)),
  ),
}));

describe('two parts of a status', () => {
  it('are the same exactly where their texts are', () => {
    fc.assert(
      fc.property(value, value, (left, right) => {
        expect(isSameButTimes(left, right)).to.equal(toComparableText(left) === toComparableText(right));
      }),
      { numRuns: 3000 },
    );
  });

  it('are the same as their copies, in any order of fields', () => {
    const turn = (part: unknown): unknown => {
      if (Array.isArray(part)) return part.map(turn);
      if (typeof part !== 'object' || part === null) return part;
      return Object.fromEntries(
        Object.entries(part)
          .toReversed()
          .map(([key, item]) => [key, turn(item)]),
      );
    };
    fc.assert(fc.property(value, (part) => isSameButTimes(part, turn(part))));
  });
});
