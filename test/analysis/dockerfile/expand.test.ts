// Variable substitution: every form, quotes, escapes, and that it is bounded.
import { expect } from 'chai';
import fc from 'fast-check';
import { expandWord } from '../../../src/analysis/dockerfile/expand.ts';
import { Budget } from '../../../src/analysis/dockerfile/expand-limits.ts';
import { readText } from './read.ts';

const values: Record<string, string> = {
  X: 'value',
  EMPTY: '',
  FILE: 'archive.tar.gz',
  PATHS: '/usr/local/bin',
  STARS: 'a*b*c',
};

function expand(word: string, escape: '\\' | '`' = '\\'): string {
  return expandWord(word, {
    lookup: (name) => (Object.hasOwn(values, name) ? values[name] : undefined),
    escape,
    place: { file: 'Dockerfile', line: 7 },
    budget: new Budget(),
  });
}

describe('substitution in a Dockerfile', () => {
  const table: [string, string, string][] = [
    ['replaces $X', 'a$X', 'avalue'],
    ['replaces ${X} inside a word', 'a${X}b', 'avalueb'],
    ['ends a name at what is no letter, digit or underscore', '$X-$X.$X', 'value-value.value'],
    ['gives nothing for what is not set', '<$NOPE>', '<>'],
    ['takes the default of :- where it is not set', '${NOPE:-d}', 'd'],
    ['takes the default of :- where it is empty', '${EMPTY:-d}', 'd'],
    ['keeps empty with -', '${EMPTY-d}', ''],
    ['takes the default of - where it is not set', '${NOPE-d}', 'd'],
    ['takes the alternative of :+ where it is set', '${X:+yes}', 'yes'],
    ['gives nothing for :+ where it is empty', '${EMPTY:+yes}', ''],
    ['takes the alternative of + where it is empty', '${EMPTY+yes}', 'yes'],
    ['gives the value of a required variable', '${X:?needed}', 'value'],
    ['replaces variables inside a default', '${NOPE:-${X}/$X}', 'value/value'],
    ['cuts the shortest prefix', '${PATHS#*/}', 'usr/local/bin'],
    ['cuts the longest prefix', '${PATHS##*/}', 'bin'],
    ['cuts the shortest suffix', '${FILE%.*}', 'archive.tar'],
    ['cuts the longest suffix', '${FILE%%.*}', 'archive'],
    ['leaves a value whose prefix does not match', '${X#y}', 'value'],
    ['matches one character with ?', '${X#?}', 'alue'],
    ['takes an escaped star for a star', '${STARS#a\\*}', 'b*c'],
    ['replaces the first', '${FILE/a/A}', 'Archive.tar.gz'],
    ['replaces all', '${FILE//a/A}', 'Archive.tAr.gz'],
    ['replaces a pattern', '${FILE/.*z/.zip}', 'archive.zip'],
    ['deletes with an empty replacement', '${FILE//./}', 'archivetargz'],
    ['leaves single quotes alone', "'$X \\n'", '$X \\n'],
    ['replaces inside double quotes', '"$X \\$X"', 'value $X'],
    ['escapes a dollar', '\\$X', '$X'],
    ['drops an escape before a letter', 'a\\b', 'ab'],
    ['keeps an escape before a letter inside double quotes', '"a\\b"', 'a\\b'],
    ['keeps a lonely dollar', 'cost 5$', 'cost 5$'],
    ['keeps `__proto__` and the like unset', '<$__proto__$constructor>', '<>'],
  ];
  for (const [title, word, expected] of table) it(title, () => expect(expand(word)).to.equal(expected));

  it('uses the other escape character where the directive says so', () =>
    expect(expand('C:\\dir`$X', '`')).to.equal('C:\\dir$X'));

  const broken: Record<string, string> = {
    'an open substitution': '${X',
    'an open default': '${X:-',
    'no name': '${}',
    'an unknown operator': '${X!y}',
    'an open double quote': '"abc',
    'an open single quote': "'abc",
    'a replacement without an end': '${X/a',
    'substitutions nested too deep': '${A:-'.repeat(100) + '}'.repeat(100),
  };
  for (const [what, word] of Object.entries(broken))
    it(`refuses ${what} with file and line`, () =>
      expect(() => expand(word)).to.throw(/^Dockerfile:7: expected/));

  it('ends a chain that doubles a value in an error, not in a full memory', () => {
    const bomb = `FROM a\nARG A=xxxxxxxx\n${'ARG A=$A$A\n'.repeat(100)}`;
    expect(() => readText(bomb)).to.throw(/expected a value of at most/);
  });

  it('ends costly patterns in an error', () => {
    const bomb = `FROM a\nARG A=${'a'.repeat(60_000)}\nENV B=\${A//${'*a'.repeat(200)}/b}`;
    const began = performance.now();
    expect(() => readText(bomb)).to.throw(/bounded work/);
    expect(performance.now() - began).to.be.below(1500);
  });

  it('gives text, or an error that names the place, for any word', () => {
    const piece = fc.constantFrom(
      '$',
      '{',
      '}',
      'X',
      ':',
      '-',
      '+',
      '?',
      '#',
      '%',
      '/',
      '*',
      '"',
      "'",
      '\\',
      ' ',
      'ä',
      '💥',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        try {
          return typeof expand(pieces.join('')) === 'string';
        } catch (error) {
          return (error as { code?: string }).code === 'DockerfileInvalid';
        }
      }),
      { numRuns: 2000 },
    );
  });
});
