// What was learnt comes back from the cache word for word, and takes little of its memory.
import { expect } from 'chai';
import fc from 'fast-check';
import { packLearned, unpackLearned } from '../../../operator/watched/pack-learned.ts';
import { openLearned, projectPersona } from '../../../operator/watched/personas.ts';
import { createLiveLearned } from '../../bench/live-learned.ts';
import { createPersona } from '../objects.ts';

describe('what was learnt, as the cache keeps it', () => {
  it('comes back word for word, whatever words others have put there', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('__proto__', '\u0000', '\u00ff', '😀'),
    );
    const advice = fc.record({ id: fc.string({ minLength: 1 }), message: text, trend: fc.array(text) });
    fc.assert(
      fc.property(fc.array(advice, { maxLength: 5 }), text, (recommendations, avgCPU) => {
        const learned = { resourceBaseline: { avgCPU } };
        expect(unpackLearned(packLearned({ learned, recommendations }))).to.deep.equal({
          ...learned,
          ...(recommendations.length === 0 ? {} : { recommendations }),
        });
      }),
      { numRuns: 200 },
    );
  });

  it('is nothing where nothing was learnt, and of what is no status', () => {
    for (const status of [undefined, null, 'x', {}, { learned: [], recommendations: 'x' }])
      expect(unpackLearned(packLearned(status))).to.deep.equal({});
  });

  it('takes less than a fifth of its text with advice as it is usually worded', () => {
    const status = createLiveLearned(7);
    const watched = projectPersona({ ...createPersona('shop'), status });
    expect(watched.learned.length).to.be.below(JSON.stringify(status).length / 5);
    const codes = Array.from(watched.learned, (character) => character.codePointAt(0) ?? Infinity);
    expect(Math.max(...codes), 'one byte a character').to.be.below(256);
    expect(openLearned(watched)).to.have.property('recommendations').that.deep.equals(status.recommendations);
  });
});
