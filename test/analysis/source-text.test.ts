// Blanking comments and strings: what stays, what goes, and that offsets never move.
import { expect } from 'chai';
import fc from 'fast-check';
import { maskComments, maskLiterals, type Syntax } from '../../src/analysis/source-text.ts';

describe('masking comments', () => {
  const cases: Record<string, [Syntax, string, string]> = {
    'blanks a line comment': ['javascript', 'a // b\nc', 'a     \nc'],
    'blanks a block comment and keeps its line breaks': ['java', 'a /* b\nc */ d', 'a     \n     d'],
    'keeps slashes in strings': ['javascript', `x('http://a') // b`, `x('http://a')     `],
    'keeps slashes in templates and reads code inside them': [
      'javascript',
      '`http://${a /* c */}//x` // y',
      '`http://${a        }//x`     ',
    ],
    'knows a regular expression from a division': [
      'javascript',
      'a = /[/"]\\//; b / c // d',
      'a = /[/"]\\//; b / c     ',
    ],
    'ends an unclosed string at the line end': ['javascript', "it's\n// x", "it's\n    "],
    'blanks a hash comment in Python but not in a string': ['python', `a = "#" # b`, `a = "#"    `],
    'knows triple quotes': ['python', `"""a # 'b\n""" # c`, `"""a # 'b\n"""    `],
    'knows raw strings of Go': ['go', '`\\` // x', '`\\`     '],
    'keeps nothing of an unclosed block comment': ['go', 'a /* b', 'a     '],
  };
  for (const [sentence, [syntax, text, masked]] of Object.entries(cases))
    it(sentence, () => expect(maskComments(text, syntax)).to.equal(masked));

  it('blanks the contents of strings too when asked', () => {
    expect(maskLiterals(`f("a'b", 'c') // d`, 'javascript')).to.equal(`f("   ", ' ')     `);
  });

  it('never moves an offset or a line break, whatever it is given', () => {
    const source = fc.string({
      unit: fc.constantFrom('/', '*', '"', "'", '`', '$', '{', '}', '\\', '\n', '#', 'a', ' ', '(', '['),
      maxLength: 200,
    });
    const syntax = fc.constantFrom<Syntax>('javascript', 'python', 'go', 'java', 'hash');
    fc.assert(
      fc.property(source, syntax, (text, language) => {
        for (const masked of [maskComments(text, language), maskLiterals(text, language)]) {
          expect(masked.length).to.equal(text.length);
          for (let at = 0; at < masked.length; at++)
            if (masked[at] !== ' ') expect(masked[at]).to.equal(text[at]);
          expect(masked.split('\n').length).to.equal(text.split('\n').length);
        }
      }),
    );
  });

  it('takes linear time on hostile text', () => {
    for (const unit of ['(/[', '`${', "'\\", '/*', '"""']) {
      const started = performance.now();
      maskLiterals(unit.repeat(300_000), 'javascript');
      expect(performance.now() - started).to.be.lessThan(3000);
    }
  });
});
