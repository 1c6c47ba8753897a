// spec.sizing of a persona, as advice reads it.
import { expect } from 'chai';
import { parseBounds } from '../../src/sizing/bounds.ts';
import { mebibyte } from './measured.ts';

const none = { cpuMillicores: undefined, memoryBytes: undefined };

const cases: Record<string, [unknown, unknown]> = {
  'nothing bounds nothing': [undefined, { isOff: false, min: none, max: none }],
  'both bounds': [
    { mode: 'advise', min: { cpu: '0.1', memory: '64Mi' }, max: { cpu: 2 } },
    {
      isOff: false,
      min: { cpuMillicores: 100, memoryBytes: 64 * mebibyte },
      max: { cpuMillicores: 2000, memoryBytes: undefined },
    },
  ],
  'off in quotes': [{ mode: 'off' }, { isOff: true, min: none, max: none }],
  'off as YAML 1.1 reads it': [{ mode: false }, { isOff: true, min: none, max: none }],
  'what cannot be read bounds nothing': [
    { mode: 3, min: { cpu: 'abc', memory: -1 }, max: [] },
    { isOff: false, min: none, max: none },
  ],
};

describe('spec.sizing', () => {
  for (const [title, [sizing, expected]] of Object.entries(cases))
    it(title, () => expect(parseBounds(sizing)).to.deep.equal(expected));
});
