// What is foretold of a namespace: outcomes, dates, exceptions, suppositions and what nobody is asked about.
import { expect } from 'chai';
import { toReport } from '../../../src/cluster/impact/foretell-impact.ts';
import type { Supposition } from '../../../src/cluster/impact/supposition.ts';
import { createView, now, type ViewParts } from './view.ts';

const untagged = { image: 'ghcr.io/acme/shop' };
const root = { securityContext: {} };
const rule = 'image/tag';
const until = '2026-12-24T00:00:00Z';
const later = '2027-01-01T00:00:00+01:00';

function foretell(parts: ViewParts, supposed: Partial<Supposition> = {}) {
  return toReport([createView(parts)], () => true, { mode: 'enforcing', rules: [], now, ...supposed });
}

/** `denied`, `later 2026-12-24T00:00:00Z` of the workload `shop`, and the same of an update. */
function answers(parts: ViewParts, supposed: Partial<Supposition> = {}): string {
  const shop = foretell(parts, supposed).workloads.find(({ name }) => name === 'shop');
  if (shop === undefined) return 'not asked';
  return `${[shop.create.outcome, shop.create.from].filter(Boolean).join(' ')}; ${shop.update.outcome}`;
}

interface Case extends ViewParts {
  supposed?: Partial<Supposition>;
  says: string;
}

/** By what is so: what a creation gets, and an update that changes nothing. */
const cases: Readonly<Record<string, Case>> = {
  'nothing is wrong': { says: 'admitted; admitted' },
  'an error refuses a creation and warns of an update': { container: root, says: 'denied; warned' },
  'a warning only warns': { container: untagged, says: 'warned; warned' },
  'a level denies': { container: untagged, rules: [{ id: rule, level: 'deny' }], says: 'denied; warned' },
  'a level denies from a date on': { container: untagged, rules: [{ id: rule, level: 'deny', enforceFrom: later }], says: `later ${later}; warned` },
  'a date that has come': { container: untagged, rules: [{ id: rule, level: 'deny', enforceFrom: '2026-11-23T09:00:00Z' }], says: 'denied; warned' },
  'a date of another namespace': { container: untagged, rules: [{ id: rule, level: 'deny', enforceFrom: later, namespaceSelector: { matchLabels: { a: 'b' } } }], says: 'warned; warned' },
  'a date that a later entry takes back': { container: untagged, rules: [{ id: rule, level: 'deny', enforceFrom: later }, { id: 'image/*', level: 'info' }], says: 'admitted; admitted' },
  'an exception that lasts': { container: root, exceptions: [{ rule: 'security/*', reason: 'r', until }], says: `later ${until}; admitted` },
  'an exception of another persona': { container: root, exceptions: [{ rule: 'security/*', persona: 'till', reason: 'r', until }], says: 'denied; warned' },
  'an exception that has ended': { container: root, exceptions: [{ rule: 'security/*', reason: 'r', until: '2026-11-23T09:00:00Z' }], says: 'denied; warned' },
  'two exceptions, of which the longer counts': { container: root, exceptions: [{ rule: 'security/*', reason: 'r', until }, { rule: 'security/*', reason: 'r', until: later }], says: `later ${later}; admitted` },
  'an exception that ends before the rule denies': { container: untagged, exceptions: [{ rule, reason: 'r', until }], rules: [{ id: rule, level: 'deny', enforceFrom: later }], says: `later ${later}; admitted` },
  'nobody denies where the namespace is advisory': { container: root, namespaceLabels: { 'dorgu.io/mode': 'advisory' }, says: 'warned; warned' },
  'no date denies where the namespace is advisory': { container: root, exceptions: [{ rule: 'security/*', reason: 'r', until }], namespaceLabels: { 'dorgu.io/mode': 'advisory' }, says: 'admitted; admitted' },
  'nobody denies where advisory is supposed': { container: root, supposed: { mode: 'advisory' }, says: 'warned; warned' },
  'a namespace that is strict denies nevertheless': { container: root, supposed: { mode: 'advisory' }, namespaceLabels: { 'dorgu.io/mode': 'enforcing' }, says: 'denied; warned' },
  'a level is supposed': { container: untagged, supposed: { rules: [{ id: rule, level: 'deny' }] }, says: 'denied; warned' },
  'a level is supposed where there is no ClusterPersona': { container: untagged, hasClusterPersona: false, supposed: { rules: [{ id: 'image/*', level: 'deny' }] }, says: 'denied; warned' },
  'what is supposed is the last word': { container: root, rules: [{ id: 'security/*', level: 'deny' }], supposed: { rules: [{ id: 'security/*', level: 'off' }] }, says: 'admitted; admitted' },
  'a persona is asked for': { withoutPersona: ['shop'], requirePersona: 'deny', says: 'denied; warned' },
  'a persona is asked for from a date on': { withoutPersona: ['shop'], requirePersona: 'deny', rules: [{ id: 'identity/persona-missing', level: 'deny', enforceFrom: later }], says: `later ${later}; warned` },
  'a persona is not asked for': { withoutPersona: ['shop'], container: root, says: 'admitted; admitted' },
  'a persona is supposed to be asked for': { withoutPersona: ['shop'], supposed: { rules: [{ id: 'identity/persona-missing', level: 'deny' }] }, says: 'denied; warned' },
  'a level of the family alone asks for no persona': { withoutPersona: ['shop'], supposed: { rules: [{ id: 'identity/*', level: 'deny' }] }, says: 'admitted; admitted' },
  'a namespace that is kept out': { container: root, namespaceLabels: { 'dorgu.io/validate': 'false' }, says: 'not asked' },
  'a namespace of Kubernetes': { container: root, namespace: 'kube-system', says: 'not asked' },
  'a kind that nobody asks about': { container: root, kind: 'Job', says: 'not asked' },
}; // prettier-ignore

describe('persona impact foretells where', () => {
  for (const [what, { says, supposed, ...parts }] of Object.entries(cases)) {
    it(what, () => {
      expect(answers(parts, supposed)).to.equal(says);
    });
  }

  it('workloads are left out, how many', () => {
    expect(foretell({ namespace: 'kube-system' }).unasked).to.deep.equal([{ namespace: 'kube-system', count: 2 }]); // prettier-ignore
    expect(foretell({ kind: 'Job' }).unasked).to.deep.equal([]);
  });

  it('a workload has a team, of its persona or of its label', () => {
    const labels = { 'dorgu.io/team': 'label' };
    const teamOf = (parts: ViewParts) => foretell(parts).workloads.find(({ name }) => name === 'shop')?.team;
    expect([teamOf({ labels }), teamOf({ labels, withoutPersona: ['shop'] }), teamOf({ withoutPersona: ['shop'] })]).to.deep.equal(['team-shop', 'label', undefined]); // prettier-ignore
  });

  it('exceptions lift findings, and how many', () => {
    const live = { rule: 'security/*', reason: 'r', until };
    const over = { rule: 'security/*', reason: 'r', until: '2026-01-01T00:00:00Z' };
    const { exceptions, workloads } = foretell({ container: root, exceptions: [over, live] });
    const lifted = workloads.flatMap(({ findings }) => findings.filter(({ exception }) => exception !== undefined)); // prettier-ignore
    expect(exceptions).to.deep.equal([{ ...over, isLive: false, lifts: 0 }, { ...live, isLive: true, lifts: lifted.length }]); // prettier-ignore
    expect(lifted.length).to.be.greaterThan(0);
  });
});
