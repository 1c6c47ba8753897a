// What programs read: the same in both formats, and harmless where a person looks at it.
import { expect } from 'chai';
import fc from 'fast-check';
import { parse } from 'yaml';
import { formatStructured } from '../../src/ui/structured.ts';

describe('a document for programs', () => {
  const hostile = {
    'key\u202e': 'a\u202eb',
    clear: '\x1b[2J\x9b2J',
    lines: 'one\ntwo\u200f\nthree, which is long enough to be folded by somebody',
    tag: '\u{e0041}',
    list: ['# no comment\u2066', '- no item\u0085'],
  };

  for (const format of ['json', 'yaml'] as const) {
    it(`shows no character that a terminal obeys, in ${format}`, () => {
      const text = formatStructured(hostile, format);
      expect(text).not.to.match(/[^\n\P{Cc}]|[\p{Cf}\u2028\u2029]/u);
      expect(parse(text)).to.deep.equal(hostile);
    });

    it(`is read as what it was, in ${format}`, () => {
      const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }));
      fc.assert(
        fc.property(fc.dictionary(text, fc.oneof(text, fc.array(text))), (value) => {
          const printed = formatStructured(value, format);
          expect(printed).not.to.match(/[\u007f-\u009f\p{Cf}\u2028\u2029]/u);
          expect(format === 'json' ? JSON.parse(printed) : parse(printed)).to.deep.equal(
            JSON.parse(JSON.stringify(value)),
          );
        }),
      );
    });
  }
});
