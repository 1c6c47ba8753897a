// What holds for every kubeconfig, whole or damaged.
import { expect } from 'chai';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { DorguError } from '../../src/api/errors.ts';
import { mergeKubeconfigs } from '../../src/kube/kubeconfig/merge.ts';
import { parseYaml } from '../../src/kube/kubeconfig/parse-yaml.ts';
import { kubeconfigCase } from './kubeconfig-cases.ts';

describe('any kubeconfig', function () {
  this.timeout(60_000);

  it('of the first file counts whatever follows: merging is associative and keeps the first of each name', () => {
    const parsed = kubeconfigCase.map(({ files }) =>
      files.flatMap(({ content }) => {
        try {
          return [parseYaml(JSON.stringify(content), 'k')];
        } catch (error) {
          if (error instanceof DorguError) return [];
          throw error;
        }
      }),
    );
    fc.assert(
      fc.property(parsed, parsed, (some, others) => {
        const merged = mergeKubeconfigs([...some, ...others]);
        const nested = mergeKubeconfigs([mergeKubeconfigs(some), mergeKubeconfigs(others)]);
        expect(new Map([...nested.users].sort())).to.deep.equal(new Map([...merged.users].sort()));
        expect(nested.currentContext).to.equal(merged.currentContext);
        for (const [name, entry] of some[0]?.clusters ?? [])
          expect(merged.clusters.get(name)).to.equal(entry);
      }),
      { numRuns: 50, seed: 4 },
    );
  });

  it('that is damaged anywhere is read or refused, and nothing else happens', () => {
    const [sample] = fc.sample(kubeconfigCase, { numRuns: 1, seed: 1 });
    const texts = [
      stringify(sample?.files[0]?.content, { version: '1.1' }),
      JSON.stringify(sample?.files[0]?.content),
    ];
    const damage = fc.record({
      text: fc.constantFrom(...texts),
      at: fc.nat(5000),
      length: fc.nat(20),
      by: fc.oneof(
        fc.string({ unit: 'binary', maxLength: 6 }),
        fc.constantFrom(
          '&a ',
          '*a',
          '<<: ',
          '!!binary ',
          '? ',
          '- ',
          '\t',
          '{',
          ']',
          '|\n',
          '---\n',
          '%YAML 9\n',
        ),
      ),
    });
    fc.assert(
      fc.property(damage, ({ text, at, length, by }) => {
        const place = at % text.length;
        const damaged = text.slice(0, place) + by + text.slice(place + length);
        try {
          parseYaml(damaged, 'k');
        } catch (error) {
          expect(error).to.be.instanceOf(DorguError);
        }
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});
