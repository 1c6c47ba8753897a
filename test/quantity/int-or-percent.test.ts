import { expect } from 'chai';
import fc from 'fast-check';
import { formatIntOrPercent, parseIntOrPercent, resolveIntOrPercent } from '../../src/quantity/index.ts';

const resolve = (value: unknown, total: number, rounding: 'up' | 'down') => {
  const result = parseIntOrPercent(value);
  return result.ok ? resolveIntOrPercent(result.value, total, rounding) : result.reason;
};

describe('an int-or-percent', () => {
  const table: Record<string, [unknown, number, 'up' | 'down', number]> = {
    'a count is itself': [3, 10, 'up', 3],
    'a count in quotes is a count': ['3', 10, 'up', 3],
    '25% of 4 is one': ['25%', 4, 'up', 1],
    '25% of 3 rounds up to one for maxSurge': ['25%', 3, 'up', 1],
    '25% of 3 rounds down to none for maxUnavailable': ['25%', 3, 'down', 0],
    '0% is none': ['0%', 7, 'up', 0],
    '150% may be over the whole': ['150%', 4, 'down', 6],
    '29% of 100 has no rounding error': ['29%', 100, 'up', 29],
    '7% of 100 has none either': ['7%', 100, 'up', 7],
    'of none there is none': ['50%', 0, 'up', 0],
  };
  for (const [title, [value, total, rounding, expected]] of Object.entries(table)) {
    it(title, () => expect(resolve(value, total, rounding)).to.equal(expected));
  }

  for (const value of [
    '',
    '%',
    '-1',
    -1,
    1.5,
    NaN,
    '1.5%',
    '25 %',
    '25%%',
    'a',
    null,
    {},
    '4294967296',
    '99999999999%',
    '٣',
  ]) {
    it(`refuses ${JSON.stringify(value)}`, () => expect(parseIntOrPercent(value)).to.include({ ok: false }));
  }

  it('prints what it has read', () => {
    fc.assert(
      fc.property(fc.nat(), fc.boolean(), (number, isPercent) => {
        const text = `${number}${isPercent ? '%' : ''}`;
        const result = parseIntOrPercent(text);
        expect(result.ok && formatIntOrPercent(result.value)).to.equal(text);
      }),
    );
  });
});
