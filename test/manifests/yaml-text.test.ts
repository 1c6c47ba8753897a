// Texts that some reader of YAML takes for something else.
import { expect } from 'chai';
import { parse } from 'yaml';
import { formatYaml } from '../../src/manifests/yaml-text.ts';

describe('YAML of objects', () => {
  const texts = [
    'yes',
    'Off',
    'null',
    '0123',
    '1e3',
    '0x1F',
    '1_000',
    'e055311702210923',
    'E2',
    'e+1',
    '12:30',
    '',
  ];
  for (const version of ['1.1', '1.2'] as const)
    for (const text of texts)
      it(`holds ${JSON.stringify(text)} as text for readers of YAML ${version}`, () => {
        expect(parse(formatYaml({ text }), { version })).to.deep.equal({ text });
      });

  it('quotes no word that everybody reads alike', () => {
    expect(formatYaml({ text: 'ebb55311' })).to.match(/^text: ebb55311$/m);
  });
});
