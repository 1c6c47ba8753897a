import { expect } from 'chai';
import { parseDuration, parseQuantity } from '../../src/quantity/index.ts';
import { remember } from '../../src/quantity/remember.ts';

describe('what is remembered of a function', () => {
  it('is asked for once for each text', () => {
    const asked: string[] = [];
    const measure = remember((text) => {
      asked.push(text);
      return text.length;
    });
    expect(['1', '22', '1', '__proto__', '__proto__'].map(measure)).to.deep.equal([1, 2, 1, 9, 9]);
    expect(asked).to.deep.equal(['1', '22', '__proto__']);
  });

  it('is bounded: of ten thousand texts the first has been forgotten', () => {
    let count = 0;
    const number = remember(() => (count += 1));
    for (let index = 0; index < 10_000; index += 1) number(`${index}`);
    expect(number('9999')).to.equal(10_000);
    expect(number('0')).to.equal(10_001);
  });

  it('is the same the second time, for what can be read and for what cannot', () => {
    for (const text of ['250m', '1e999', 'abc', '-1', '30s', '1d', ''])
      for (const parse of [parseQuantity, parseDuration])
        expect(parse(text), text).to.deep.equal(parse(text));
  });
});
