// What `persona impact` prints of a report: tables, screens, sums; and that foreign text is harmless in all of them.
import { expect } from 'chai';
import { foretellImpact, toReport, type ImpactReport } from '../../../src/cluster/impact/foretell-impact.ts';
import type { Supposition } from '../../../src/cluster/impact/supposition.ts';
import { printImpact, type ImpactStyle } from '../../../src/commands/persona/impact/print-impact.ts';
import { formatSummary, formatUnseen } from '../../../src/commands/persona/impact/summary.ts';
import { formatInstant } from '../../../src/commands/persona/impact/words.ts';
import type { KubeClient } from '../../../src/kube/client.ts';
import { KubeError } from '../../../src/kube/kube-error.ts';
import { createView, now, type ViewParts } from '../../cluster/impact/view.ts';

const enforcing: Supposition = { mode: 'enforcing', rules: [] };
const report = (parts: ViewParts, different: Partial<ImpactReport> = {}) => ({
  ...toReport([createView(parts)], () => true, { ...enforcing, now }),
  ...different,
});
const print = (of: ImpactReport, style: Partial<ImpactStyle> = {}) =>
  printImpact(of, {
    ...{ format: { kind: 'people', isWide: false }, supposition: enforcing, threshold: 'denied', hasNamespace: false, isDetailed: false, grouping: undefined, color: 'never' },
    invocation: { stdout: process.stderr, env: { LANG: 'C.UTF-8' } },
    ...style,
  }); // prettier-ignore

const root = { securityContext: { runAsUser: 0 } };
const until = '2026-12-24T00:00:00Z';
const lifted: ViewParts = {
  container: root,
  exceptions: [{ rule: 'security/*', reason: 'with 2.0', until }],
};
const hostile = 'a\u001b[31m\u202eb\n';

describe('the screens of persona impact', () => {
  it('name the date from which something is denied, and until when it is lifted', () => {
    expect(print(report(lifted)).split('\n')[1]).to.match(/^Deployment\/shop +shop +denied from 2026-12-24 +security\//); // prettier-ignore
    const screen = print(report(lifted), { isDetailed: true });
    expect(screen).to.match(/^2026-12-24 +security\/run-as-root-uid +container main: /m);
    expect(screen).to.match(/^ +lifted until 2026-12-24: with 2\.0$/m);
    expect(screen).to.match(/^FINDINGS +\d deny later, \d lifted now$/m);
  });

  it('print nothing where nothing is denied, and say so beside it', () => {
    expect(print(report({ container: { image: 'shop' } }))).to.equal('');
    expect(formatSummary(report({}), enforcing)).to.deep.equal([
      'none of 2 workloads would be denied in enforcing mode; 0 warned of, 2 admitted',
      'judged as applied anew, as they run now; an update is denied only for what it makes new or worse',
    ]);
  });

  it('sum up dates, exceptions, advisory namespaces, and what was supposed', () => {
    const over = { rule: 'image/tag', reason: 'r', until: '2026-01-01T00:00:00Z' };
    const all = report({ ...lifted, exceptions: [...(lifted.exceptions ?? []), over] });
    const lines = formatSummary(all, { mode: 'enforcing', rules: [{ id: 'image/tag', level: 'deny' }] });
    expect(lines[0]).to.equal('none of 2 workloads would be denied in enforcing mode, 1 more from 2026-12-24; 0 warned of, 1 admitted'); // prettier-ignore
    expect(lines.slice(2)).to.deep.equal(['1 exception lifts 4 findings; the first ends 2026-12-24: security/*', '1 exception ended: ignored', 'supposed: image/tag=deny']); // prettier-ignore
    const calm = formatSummary(report({ container: root, namespaceLabels: { 'dorgu.io/mode': 'advisory' } }), enforcing); // prettier-ignore
    expect(calm.at(-1)).to.equal('2 workloads in namespaces with dorgu.io/mode=advisory: nothing is denied there'); // prettier-ignore
  });

  it('let no foreign text through to a terminal', () => {
    const made = report({ container: { ...root, name: hostile, image: hostile }, namespace: hostile, labels: { 'dorgu.io/team': hostile } }); // prettier-ignore
    const workloads = made.workloads.map((impact) => ({ ...impact, personas: [hostile], name: hostile, team: hostile })); // prettier-ignore
    const foreign = { ...made, workloads, unseen: [{ resource: hostile, message: hostile, isForbidden: true }], unasked: [{ namespace: hostile, count: 1 }] }; // prettier-ignore
    const texts = [
      print(foreign, { format: { kind: 'people', isWide: true }, hasNamespace: true }),
      print(foreign, { isDetailed: true }),
      print(foreign, { grouping: 'team' }),
      print(foreign, { format: { kind: 'name' } }),
      ...formatSummary(foreign, enforcing).map((line) => `${line}\n`),
      ...formatUnseen(foreign).map((line) => `${line}\n`),
    ];
    for (const text of texts) expect(text).to.not.match(/[^\P{C}\n]/u);
    expect(texts.join('')).to.contain('\\x1b');
  });

  it('write a day as a day, and any other instant as it stands', () => {
    expect(['2026-12-01T00:00:00Z', '2026-12-01T01:00:00+01:00', '2026-12-01T00:00:00+01:00'].map(formatInstant)).to.deep.equal(['2026-12-01', '2026-12-01', '2026-12-01T00:00:00+01:00']); // prettier-ignore
  });
});

describe('persona impact without all rights', () => {
  const forbidden = (path: string) => new KubeError('Forbidden', `${path} is forbidden`, { httpStatus: 403 });
  /** A server that refuses some lists; the others are empty. */
  const createClient = (refused: RegExp): KubeClient => ({
    ...{ server: '', namespace: 'store', contextName: undefined, clusterName: undefined },
    request: ({ path }) => refused.test(path) ? Promise.reject(forbidden(path)) : Promise.resolve({ status: 200, warnings: [], body: { items: [], metadata: { name: 'store' } } as never }),
    stream: () => Promise.reject(new Error('nobody streams')),
    close: () => undefined,
  }); // prettier-ignore
  const ask = (refused: RegExp) => foretellImpact(createClient(refused), { ...enforcing, namespace: 'store', now }); // prettier-ignore

  it('says what it has not seen', async () => {
    const { unseen } = await ask(/daemonsets|clusterpersonas/);
    expect(unseen.map(({ resource }) => resource)).to.have.members(['daemonsets', 'clusterpersonas']);
  });

  it('fails where it may not see personas: without them nothing is known', async () => {
    const error = await ask(/applicationpersonas/).then(() => undefined, (thrown: unknown) => thrown); // prettier-ignore
    expect(error).to.be.instanceOf(KubeError).with.property('code', 'Forbidden');
  });
});
