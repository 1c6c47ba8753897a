// Procfiles and env files: what is an entry, what is not, and quotes.
import { expect } from 'chai';
import fc from 'fast-check';
import { parseEnvFile } from '../../src/analysis/env-file.ts';
import { mainProcess, parseProcfile } from '../../src/analysis/procfile.ts';

describe('a Procfile', () => {
  it('has one process a line, comments left out', () => {
    expect(parseProcfile('# all\nweb: npm run start\r\n\nworker:  node w.js \nnot a process')).to.deep.equal([
      { process: 'web', command: 'npm run start', line: 2 },
      { process: 'worker', command: 'node w.js', line: 4 },
    ]);
  });
  it('starts with web, else with the only process that stays', () => {
    expect(mainProcess(parseProcfile('a: x\nweb: y'))?.command).to.equal('y');
    expect(mainProcess(parseProcfile('release: x\nworker: y'))?.command).to.equal('y');
    expect(mainProcess(parseProcfile('a: x\nb: y'))).to.equal(undefined);
  });
});

describe('an env file', () => {
  const cases: Record<string, [string, string, string]> = {
    'has plain values': ['A=b c', 'A', 'b c'],
    'has quoted values with anything in them': ['export A="b # c"', 'A', 'b # c'],
    'has comments after values': ['A=b # c', 'A', 'b'],
    'has empty values': ['A=', 'A', ''],
    'has equal signs in values': ['A=b=c', 'A', 'b=c'],
    'has values over several lines': ['A="b\nc"', 'A', 'b\nc'],
    'has escapes in double quotes': ['A="b\\"\\n\\$c"', 'A', 'b"\n$c'],
    'has none in single quotes': ["A='b\\n$c'", 'A', 'b\\n$c'],
    'may have an open quote': ['A="b', 'A', '"b'],
    'may have colons': ['A: b', 'A', 'b'],
  };
  for (const [sentence, [text, name, value]] of Object.entries(cases))
    it(sentence, () => expect(parseEnvFile(text)).to.deep.equal([{ name, value, line: 1 }]));

  it('counts the lines of long values', () => {
    expect(
      parseEnvFile('A="b\n\nc" # d\nbroken line\nE\nF=1').map(({ name, line }) => [name, line]),
    ).to.deep.equal([
      ['A', 1],
      ['F', 6],
    ]);
  });
  it('survives any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        for (const { line } of parseEnvFile(text)) expect(line).to.be.within(1, text.split('\n').length);
        parseProcfile(text);
      }),
    );
  });
});
