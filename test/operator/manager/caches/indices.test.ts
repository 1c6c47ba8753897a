// Indices after any changes are what they would be if made anew.
import { expect } from 'chai';
import fc from 'fast-check';
import { Indices } from '../../../../operator/manager/caches/indices.ts';

interface Pod {
  app: string;
  labels: string[];
}

const word = fc.constantFrom('web', 'api', '__proto__', 'constructor', '');
const pod: fc.Arbitrary<Pod> = fc.record({ app: word, labels: fc.array(word, { maxLength: 3 }) });

describe('indices', () => {
  it('find after any changes what a search through all objects finds', () => {
    const step = fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), pod: fc.option(pod) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const objects = new Map<string, Pod>();
        const indices = new Indices<Pod>(
          { app: ({ app }) => [app], labels: ({ labels }) => labels },
          (_, error) => expect.fail(String(error)),
        );
        for (const { key, pod: value } of steps) {
          const previous = objects.get(key);
          if (value === null) {
            if (previous === undefined) continue;
            objects.delete(key);
            indices.apply({ type: 'deleted', key, previous });
          } else {
            objects.set(key, value);
            indices.apply(
              previous === undefined
                ? { type: 'added', key, value }
                : { type: 'updated', key, value, previous },
            );
          }
        }
        for (const place of ['web', 'api', '__proto__', 'constructor', '', 'none']) {
          const all = [...objects.values()];
          expect(indices.find('app', place)).to.have.members(all.filter(({ app }) => app === place));
          expect(indices.find('labels', place)).to.have.members(
            all.filter(({ labels }) => labels.includes(place)),
          );
        }
      }),
    );
  });

  it('leave an object out of an index whose function throws on it, and say so', () => {
    const failed: string[] = [];
    const indices = new Indices<{ app: string | null }>(
      { app: ({ app }) => [(app as string).toUpperCase()] },
      (index) => failed.push(index),
    );
    indices.apply({ type: 'added', key: 'a', value: { app: null } });
    indices.apply({ type: 'added', key: 'b', value: { app: 'web' } });
    expect(failed).to.deep.equal(['app']);
    expect(indices.find('app', 'WEB')).to.have.length(1);
  });

  it('refuse a name that was not declared', () => {
    const indices = new Indices<Pod>({ app: ({ app }) => [app] }, () => undefined);
    expect(() => indices.find('name', 'x')).to.throw('expected one of the indices app, found "name"');
  });
});
