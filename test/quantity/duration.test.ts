import { expect } from 'chai';
import fc from 'fast-check';
import { formatDuration, parseDuration } from '../../src/quantity/index.ts';

describe('a duration', () => {
  const known: Record<string, [number, string]> = {
    '30s': [30_000, '30s'],
    '1h2m3.5s': [3_723_500, '1h2m3.5s'],
    '90s': [90_000, '1m30s'],
    '1h': [3_600_000, '1h0m0s'],
    '250ms': [250, '250ms'],
    '1.5h': [5_400_000, '1h30m0s'],
    '.5s': [500, '500ms'],
    '1.s': [1000, '1s'],
    '0': [0, '0s'],
    '-0': [0, '0s'],
    '-1m': [-60_000, '-1m0s'],
    '+1m': [60_000, '1m0s'],
    '1us': [0.001, '1µs'],
    '1µs': [0.001, '1µs'],
    '1s1s': [2000, '2s'],
  };
  for (const [text, [durationMs, printed]] of Object.entries(known)) {
    it(`${text} is ${durationMs} ms, printed ${printed}`, () => {
      expect(parseDuration(text)).to.deep.equal({ ok: true, durationMs });
      expect(formatDuration(durationMs)).to.equal(printed);
    });
  }

  const refused: Record<string, [unknown, RegExp]> = {
    'the empty text': ['', /empty/],
    'a bare number': ['30', /unit/],
    'a number': [30, /found number/],
    'a unit alone': ['s', /unit/],
    'a dot alone': ['.s', /unit/],
    'a day': ['1d', /unit/],
    'a blank within': ['1h 2m', /unit/],
    'a sign alone': ['-', /unit/],
    'more than 292 years': ['9999999h', /292 years/],
    'very long text': ['1s'.repeat(100), /at most 64/],
    'null': [null, /found null/],
  }; // prettier-ignore
  for (const [title, [value, reason]] of Object.entries(refused)) {
    it(`is refused: ${title}`, () => {
      const result = parseDuration(value);
      expect(result.ok ? '' : result.reason).to.match(reason);
    });
  }

  it('is the same after it has been printed and read', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 12), max: 10 ** 12 }), (durationMs) => {
        expect(parseDuration(formatDuration(durationMs))).to.deep.equal({ ok: true, durationMs });
      }),
    );
  });

  it('is never an exception', () => {
    const near = fc.string({ unit: fc.constantFrom(...Array.from('0123456789.hmsuµn+- ')), maxLength: 80 });
    fc.assert(
      fc.property(fc.oneof(near, fc.anything()), (value) => typeof parseDuration(value).ok === 'boolean'),
    );
  });
});
