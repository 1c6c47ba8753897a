import { expect } from 'chai';
import fc from 'fast-check';
import { holdsField, lengthen, shorten } from '../../../operator/watched/short-text.ts';
import { createLiveDeployment, createLivePersona } from '../../bench/live-objects.ts';

describe('a shortened text', () => {
  it('is a third of what API servers write', () => {
    for (const object of [createLiveDeployment(1), createLivePersona(1)]) {
      const { spec, status } = object as { spec: object; status?: object };
      const json = JSON.stringify({ spec, status });
      expect(lengthen(shorten(json))).to.equal(json);
      expect(shorten(json).length).to.be.below(json.length * 0.55);
    }
  });

  it('is the same text again, whatever stands in it', () => {
    const word = fc.constantFrom(
      '"name":"',
      '"status":"',
      '"value":"',
      '"spec":{"',
      '\u0080',
      '\u00ff',
      '=',
      'é',
      '{',
    );
    const any = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(word).map((words) => words.join('')),
    );
    fc.assert(
      fc.property(any, (text) => {
        const json = JSON.stringify({ text });
        expect(lengthen(shorten(json))).to.equal(json);
      }),
    );
  });

  it('still tells which labels stand in it', () => {
    const labels = fc.dictionary(
      fc.constantFrom('app', 'name', 'app.kubernetes.io/name', 'app.kubernetes.io/instance', 'ü', 'spec'),
      fc.constantFrom('shop', 'name', 'é', ''),
    );
    fc.assert(
      fc.property(labels, fc.boolean(), (there, isInTemplate) => {
        const metadata = { name: 'x', labels: there };
        const text = shorten(
          JSON.stringify(isInTemplate ? { spec: { template: { metadata } } } : { metadata }),
        );
        for (const [key, value] of Object.entries(there))
          expect(holdsField(text, `${JSON.stringify(key)}:${JSON.stringify(value)}`)).to.equal(true);
        expect(holdsField(text, '"app":"other"')).to.equal(false);
      }),
    );
  });
});
