import { expect } from 'chai';
import fc from 'fast-check';
import { holdsField, lengthen, shorten } from '../../../operator/watched/short-text.ts';
import { createLiveDeployment, createLivePersona } from '../../bench/live-objects.ts';

const owner = { name: 'shop', namespace: 'store' };

describe('a shortened text', () => {
  it('is a third of what API servers write', () => {
    for (const object of [createLiveDeployment(1), createLivePersona(1)]) {
      const { spec, status } = object as { spec: object; status?: object };
      const json = JSON.stringify({ spec, status });
      const { metadata } = object as { metadata: typeof owner };
      expect(lengthen(shorten(json, metadata), metadata)).to.equal(json);
      expect(shorten(json, metadata).length).to.be.below(json.length * 0.45);
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
      'shop',
      'store',
      '\u00fe',
      'é',
      '{',
    );
    const any = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(word).map((words) => words.join('')),
    );
    fc.assert(
      fc.property(
        any,
        fc.constantFrom(owner, { name: 'spec', namespace: '' }, { name: 'é', namespace: '":"' }),
        (text, whose) => {
          const json = JSON.stringify({ text });
          expect(lengthen(shorten(json, whose), whose)).to.equal(json);
        },
      ),
    );
  });

  it('still tells which labels stand in it', () => {
    const labels = fc.dictionary(
      fc.constantFrom('app', 'name', 'app.kubernetes.io/name', 'app.kubernetes.io/instance', 'ü', 'spec'),
      fc.constantFrom('shop', 'name', 'é', '', 'a-shop', 'store.shop', 'shopstore'),
    );
    fc.assert(
      fc.property(labels, fc.boolean(), (there, isInTemplate) => {
        const metadata = { name: 'x', labels: there };
        const text = shorten(
          JSON.stringify(isInTemplate ? { spec: { template: { metadata } } } : { metadata }),
          owner,
        );
        for (const [key, value] of Object.entries(there))
          expect(holdsField(text, `${JSON.stringify(key)}:${JSON.stringify(value)}`, owner)).to.equal(true);
        expect(holdsField(text, '"app":"other"', owner)).to.equal(false);
      }),
    );
  });
});
