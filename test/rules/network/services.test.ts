// Which Services lead to a workload: as asking each one would have it, for any labels, and quickly where there are many.
import { expect } from 'chai';
import fc from 'fast-check';
import { servicesOf } from '../../../src/rules/network/services.ts';
import type { ServiceSnapshot, Surroundings } from '../../../src/workload/surroundings.ts';
import { readWorkload } from '../../../src/workload/read-workload.ts';
import type { Workload } from '../../../src/workload/workload.ts';

function toWorkload(labels: Record<string, string>): Workload {
  return readWorkload({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'shop' },
    spec: { template: { metadata: { labels } } },
  })!;
}

function toSurroundings(selectors: readonly (Record<string, string> | undefined)[]): Surroundings {
  const services = selectors.map((selector, index): ServiceSnapshot => {
    return { name: `s${index}`, selector: selector && new Map(Object.entries(selector)), ports: [] };
  });
  return { autoscalers: [], disruptionBudgets: [], services };
}

const label = fc.constantFrom('app', 'tier', 'a=b', '__proto__');
const value = fc.constantFrom('', 'x', 'y', 'b=c');
const labels = fc.dictionary(label, value, { maxKeys: 3, noNullPrototype: true });

describe('the Services of a workload', () => {
  it('are those whose selector its labels fulfil, in their order', () => {
    fc.assert(
      fc.property(labels, fc.array(fc.option(labels, { nil: undefined })), (own, selectors) => {
        const workload = toWorkload(own);
        const surroundings = toSurroundings(selectors);
        const expected = surroundings.services.filter(
          ({ selector }) =>
            selector !== undefined &&
            selector.size > 0 &&
            [...selector].every(([key, text]) => workload.pod.labels.get(key) === text),
        );
        expect(servicesOf(workload, surroundings)).to.deep.equal(expected);
        expect(servicesOf(workload, surroundings), 'again').to.deep.equal(expected);
      }),
    );
  });

  it('are found among 4,000 for 4,000 workloads in a second, though all share a label', () => {
    const names = Array.from({ length: 4_000 }, (_, index) => `app-${index}`);
    const surroundings = toSurroundings(names.map((app) => ({ 'part-of': 'shop', app })));
    const workloads = names.map((app) => toWorkload({ app, 'part-of': 'shop' }));
    const begun = process.cpuUsage();
    for (const [index, workload] of workloads.entries())
      expect(servicesOf(workload, surroundings)).to.deep.equal([surroundings.services[index]]);
    expect(process.cpuUsage(begun).user / 1e6).to.be.below(1);
  });
});
