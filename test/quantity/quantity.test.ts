import { expect } from 'chai';
import fc from 'fast-check';
import {
  addQuantities,
  compareQuantities,
  formatQuantity,
  maxQuantityLength,
  multiplyQuantity,
  parseQuantity,
  quantityOf,
  quantityOfMilli,
  subtractQuantities,
  toMilliUnits,
  toQuantity,
  toWholeUnits,
} from '../../src/quantity/index.ts';
import type { Quantity, QuantityFormat } from '../../src/quantity/index.ts';

const formats: QuantityFormat[] = ['decimal', 'binary', 'exponent'];
/** What Kubernetes keeps: decimals of any size, binary amounts up to its cap. */
const anyQuantity = fc
  .record({ nano: fc.bigInt({ min: -(10n ** 27n), max: 10n ** 27n }), format: fc.constantFrom(...formats) })
  .map(({ nano, format }): Quantity => ({ nano, format }));

describe('a quantity', () => {
  describe('is printed as Kubernetes prints it', () => {
    const canonical: Record<string, string> = {
      '0': '0', '000': '0', '-0': '0', '1': '1', '+1': '1', '-1': '-1', '0.5': '500m', '.5': '500m', '1.': '1',
      '100m': '100m', '0.1': '100m', '1000m': '1', '1500m': '1500m', '0.0001': '100u', '1n': '1n', '0.1n': '1n',
      '-0.1n': '-1n', '1e-30': '1e-9', '1k': '1k', '1000': '1k', '100000': '100k', '1234567': '1234567', '1e3': '1e3',
      '1E3': '1e3', '1E': '1E', '12e2': '1200', '1e-3': '1e-3', '1e1': '10', '1Ki': '1Ki', '1024': '1024', '1024Ki': '1Mi',
      '1023Ki': '1023Ki', '0.5Ki': '512', '1.5Gi': '1536Mi', '0.3Ki': '307200m', '0.0001Ki': '102400u', '9Ei': '9223372036854775807',
      '1000Ei': '9223372036854775807', '9007199254740993': '9007199254740993', '1Ei': '1Ei', '1P': '1P',
    }; // prettier-ignore
    for (const [text, printed] of Object.entries(canonical)) {
      it(`${text} as ${printed}`, () => expect(formatQuantity(toQuantity(text))).to.equal(printed));
    }
  });

  describe('is refused, with the reason, never with an exception', () => {
    const refused: Record<string, [unknown, RegExp]> = {
      'the empty text': ['', /empty/],
      'a word': ['abc', /expected digits and a suffix/],
      'an exponent out of all proportion': ['1e999', /exponent is beyond 99/],
      'an exponent of many digits': ['1e99999999999999999999', /exponent is beyond 99/],
      'a blank at the end': ['1Gi ', /white space/],
      'a line end': ['1Gi\n', /white space/],
      'Arabic digits': ['١٢', /expected digits/],
      'full-width digits': ['１Gi', /expected digits/],
      'four kilobytes of digits': ['1'.repeat(4096), /at most 64 characters, found 4096/],
      'a suffix alone': ['m', /expected digits/],
      'a sign alone': ['-', /expected digits/],
      'a dot alone': ['.', /expected digits/],
      'a capital K': ['1K', /suffix is none of/],
      'bytes with a B': ['64MB', /suffix is none of/],
      'a lower-case binary suffix': ['64mi', /suffix is none of/],
      'two dots': ['1.2.3', /expected digits/],
      'hexadecimal': ['0x10', /expected digits/],
      'Infinity': [Infinity, /whole/],
      'a fraction as a number': [0.5, /as text/],
      'a number beyond what JavaScript counts exactly': [2 ** 53, /whole/],
      'null': [null, /found null/],
      'undefined': [undefined, /found undefined/],
      'an object': [{ toString: () => '1' }, /found object/],
    }; // prettier-ignore
    for (const [title, [value, reason]] of Object.entries(refused)) {
      it(title, () => {
        const result = parseQuantity(value);
        expect(result).to.include({ ok: false });
        expect(result.ok ? '' : result.reason).to.match(reason);
      });
    }

    it('any text and any value at all', () => {
      fc.assert(fc.property(fc.anything(), (value) => typeof parseQuantity(value).ok === 'boolean'));
      const near = fc.string({
        unit: fc.constantFrom(...Array.from('0123456789.eE+-KMGTPEimkun ')),
        maxLength: 2 * maxQuantityLength,
      });
      fc.assert(
        fc.property(near, (value) => typeof parseQuantity(value).ok === 'boolean'),
        { numRuns: 2000 },
      );
    });
  });

  it('compares exactly', () => {
    const equal = [['100m', '0.1'], ['1Gi', '1024Mi'], ['1e3', '1k'], ['0', '-0'], ['1E', '1e18']] as const; // prettier-ignore
    for (const [left, right] of equal)
      expect(compareQuantities(toQuantity(left), toQuantity(right)), `${left} ${right}`).to.equal(0);
    const less = [['1k', '1Ki'], ['-1', '0'], ['9007199254740992', '9007199254740993'], ['999m', '1'], ['1n', '2n'], ['2Gi', '3G']] as const; // prettier-ignore
    for (const [left, right] of less) {
      expect(compareQuantities(toQuantity(left), toQuantity(right)), `${left} ${right}`).to.equal(-1);
      expect(compareQuantities(toQuantity(right), toQuantity(left)), `${right} ${left}`).to.equal(1);
    }
  });

  it('is the same amount after it has been printed and read', () => {
    fc.assert(
      fc.property(anyQuantity, (quantity) => {
        // Above 2^63-1 Kubernetes itself caps what carries a binary suffix when it reads it.
        fc.pre(quantity.format !== 'binary' || quantity.nano <= 9n * 10n ** 27n);
        const again = toQuantity(formatQuantity(quantity));
        expect(again.nano).to.equal(quantity.nano);
        expect(formatQuantity(again)).to.equal(formatQuantity(quantity));
      }),
    );
  });

  it('adds, subtracts and multiplies without losing anything', () => {
    fc.assert(
      fc.property(anyQuantity, anyQuantity, fc.bigInt({ min: 1n, max: 1000n }), (left, right, by) => {
        const sum = addQuantities(left, right);
        expect(sum.nano).to.equal(left.nano + right.nano);
        expect(subtractQuantities(sum, right).nano).to.equal(left.nano);
        expect(multiplyQuantity(multiplyQuantity(left, by), 1n, by).nano).to.equal(left.nano);
      }),
    );
  });

  it('rounds away from zero where it has to round', () => {
    expect(toWholeUnits(toQuantity('100m'))).to.equal(1n);
    expect(toWholeUnits(toQuantity('-100m'))).to.equal(-1n);
    expect(toMilliUnits(toQuantity('1u'))).to.equal(1n);
    expect(formatQuantity(multiplyQuantity(toQuantity('1n'), 115n, 100n))).to.equal('2n');
    expect(formatQuantity(multiplyQuantity(toQuantity('200m'), 115n, 100n))).to.equal('230m');
  });

  it('is made from counts', () => {
    expect(formatQuantity(quantityOf(67_108_864, 'binary'))).to.equal('64Mi');
    expect(formatQuantity(quantityOfMilli(250))).to.equal('250m');
    expect(formatQuantity(addQuantities(quantityOf(0), toQuantity('1Mi')))).to.equal('1Mi');
  });

  it('takes whole numbers, as YAML gives them', () => {
    expect(formatQuantity(toQuantity(2))).to.equal('2');
    expect(formatQuantity(toQuantity(-2))).to.equal('-2');
  });

  it('names the text where a constant of ours is none', () => {
    expect(() => toQuantity('x')).to.throw(RangeError, '"x" is not a quantity');
  });
});
