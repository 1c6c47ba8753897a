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
  };
  for (const [sentence, [text, name, value]] of Object.entries(cases))
    it(sentence, () => expect(parseEnvFile(text)).to.deep.equal([{ name, value, line: 1 }]));

  it('survives any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        for (const { line } of parseEnvFile(text)) expect(line).to.be.within(1, text.split('\n').length);
        parseProcfile(text);
      }),
    );
  });
});
