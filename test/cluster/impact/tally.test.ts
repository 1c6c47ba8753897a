// The sums of an impact, and the order of groups.
import { expect } from 'chai';
import { toReport } from '../../../src/cluster/impact/foretell-impact.ts';
import { isAtLeast, tally, tallyBy } from '../../../src/cluster/impact/tally.ts';
import { createView, now } from './view.ts';

const views = [
  createView({ namespace: 'bank', container: { image: 'x' } }),
  createView({ namespace: 'store', container: { image: 'x', securityContext: {} } }),
];
const { workloads } = toReport(views, () => true, { mode: 'enforcing', rules: [], now });

describe('the sums of an impact', () => {
  it('count every workload once', () => {
    expect(tally(workloads)).to.deep.equal({ denied: 1, later: 0, warned: 1, admitted: 2 });
  });

  it('begin with what denies most', () => {
    expect(tallyBy('namespace', workloads).map(({ name }) => name)).to.deep.equal(['store', 'bank']);
    expect(tallyBy('team', workloads)).to.deep.equal([
      { name: 'team-shop', denied: 1, later: 0, warned: 1, admitted: 0 },
      { name: 'team-till', denied: 0, later: 0, warned: 0, admitted: 2 },
    ]);
  });

  it('count a workload once for each rule, however many containers break it', () => {
    const beside = createView({ container: { securityContext: {} } });
    const [shop] = toReport([beside], () => true, { mode: 'enforcing', rules: [], now }).workloads;
    const twice = { ...shop!, findings: [...shop!.findings, ...shop!.findings] };
    expect(tallyBy('rule', [twice])).to.deep.equal(tallyBy('rule', [shop!]));
    expect(tallyBy('rule', [twice])[0]).to.include({ denied: 1 });
  });

  it('know which outcome is graver', () => {
    expect([isAtLeast('denied', 'later'), isAtLeast('later', 'denied'), isAtLeast('warned', 'warned')]).to.deep.equal([true, false, true]); // prettier-ignore
  });
});
