// Objects with anything in any place: an import never crashes, and what it makes is still what the API takes.
import { expect } from 'chai';
import fc from 'fast-check';
import { adoptNamespace } from '../../src/adoption/adopt.ts';
import { readIngress } from '../../src/adoption/ingress.ts';
import { validateApplicationPersona } from '../../src/api/validate.ts';
import { namespaceObjects, toSnapshot } from './arbitrary-namespace.ts';

const foreign = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom('__proto__', '\u001b[2J', '\u202e', -1, 1e99, 65_536, '1e999', 'x'.repeat(5000)),
);

/** The object with one value replaced: the `turn`th place of all, however deep. */
function replaceAt(value: unknown, turn: { left: number }, by: unknown): unknown {
  turn.left -= 1;
  if (turn.left < 0) {
    turn.left = Infinity;
    return by;
  }
  if (Array.isArray(value)) return value.map((item) => replaceAt(item, turn, by));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, replaceAt(field, turn, by)]));
}

describe('importing malformed objects', function () {
  this.timeout(60_000);

  it('never crashes, and makes personas that the API takes', () => {
    const slips = fc.array(fc.tuple(fc.nat(400), foreign), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(namespaceObjects, slips, (objects, places) => {
        const broken = places.reduce<unknown>(
          (value, [place, by]) => replaceAt(value, { left: place + 2 }, by),
          JSON.parse(JSON.stringify(objects)),
        ) as Partial<typeof objects>;
        const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
        const snapshot = toSnapshot({ workloads: list(broken.workloads), around: list(broken.around) });
        for (const { persona } of adoptNamespace(snapshot).adoptions) {
          const validation = validateApplicationPersona(JSON.parse(JSON.stringify(persona)));
          expect(validation).to.include({ ok: true }, JSON.stringify(validation));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('reads an Ingress out of anything', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (spec) => {
        const read = readIngress({
          apiVersion: 'networking.k8s.io/v1',
          kind: 'Ingress',
          metadata: null,
          spec,
        });
        expect(read?.routes).to.be.an('array');
      }),
    );
  });
});
