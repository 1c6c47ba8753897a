// Words of command lines, as a shell splits them.
import { expect } from 'chai';
import fc from 'fast-check';
import { splitCommands, splitRawWords, splitWords } from '../../../src/analysis/shell/words.ts';

describe('the words of a command line', () => {
  const table: Record<string, [string, string[] | undefined]> = {
    'are split at white space': ['node  server.js\t--port 80', ['node', 'server.js', '--port', '80']],
    'keep what quotes hold': [`sh -c "a 'b' c" 'd "e"'`, ['sh', '-c', "a 'b' c", 'd "e"']],
    'lose escapes': ['a\\ b "c\\"d" "e\\f"', ['a b', 'c"d', 'e\\f']],
    'are joined from pieces': [`--name='a b'"c"d`, ['--name=a bcd']],
    'may be empty': [`a "" ''`, ['a', '', '']],
    'go over lines that a backslash joins': ['a \\\n  b\\\nc', ['a', 'bc']],
    'are none where there is nothing': [' \n ', []],
    'are not told where a double quote is open': ['a "b', undefined],
    'are not told where a single quote is open': ["a 'b", undefined],
    'are not told where a backslash ends the line': ['a \\', undefined],
  };
  for (const [title, [line, expected]] of Object.entries(table))
    it(title, () => expect(splitWords(line)).to.deep.equal(expected));

  it('come back from any words in single quotes', () => {
    const quote = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;
    fc.assert(
      fc.property(fc.array(fc.string()), (words) => {
        expect(splitWords(words.map(quote).join(' '))).to.deep.equal(words);
      }),
    );
  });
  it('cover all of any text but white space', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('\\' as const, '`' as const), (text, escape) => {
        const rest = splitRawWords(text, escape).reduceRight(
          (left, { word, start }) => left.slice(0, start) + left.slice(start + word.length),
          text,
        );
        expect(rest).to.match(/^[ \t\r\n]*$/);
      }),
    );
  });
});

describe('the commands of a script', () => {
  it('stand between operators and lines, without quotes', () => {
    expect(splitCommands('a "b" && c | d;\n\'e\' || f')).to.deep.equal([
      ['a', 'b'],
      ['c'],
      ['d'],
      [],
      ['e'],
      ['f'],
    ]);
  });
});
