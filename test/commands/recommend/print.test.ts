// What `recommend` prints: tables, CSV, Markdown, documents, and the lines beside them.
import { expect } from 'chai';
import { sortAdvised } from '../../../src/cluster/recommend/order-advice.ts';
import type { RecommendReport } from '../../../src/cluster/recommend/recommended.ts';
import { isReached } from '../../../src/cluster/recommend/tally-advice.ts';
import { printRecommended, type RecommendStyle } from '../../../src/commands/recommend/print-recommended.ts';
import { formatSummary } from '../../../src/commands/recommend/summary.ts';
import { createSymbols } from '../../../src/ui/symbols.ts';
import { createAdvice, createAdvised, createReport, createWorkload } from './advised.ts';

const utf8 = createSymbols({ LANG: 'C.UTF-8' }, 'linux').levels;
const ascii = createSymbols({ LANG: 'C' }, 'linux').levels;

function print(report: RecommendReport, style: Partial<RecommendStyle> = {}): string {
  return printRecommended(report, {
    ...{ format: { kind: 'people', isWide: false }, hasNamespace: false, grouping: undefined },
    ...{ threshold: undefined, price: undefined, levels: utf8, ...style },
  });
}

const summarise = (report: RecommendReport, price?: { cpu: number; memory: number }) =>
  formatSummary(report, { price, namespace: 'store' });

describe('recommend prints', () => {
  it('a row for each container and setting, with the curve of the last day', () => {
    expect(print(createReport()).split('\n')).to.deep.equal([
      'NAME  CONTAINER  RESOURCE        NOW  ADVICE  LAST 24 H     P95    PEAK   CONFIDENCE',
      'shop  shop       cpu request     1    300m    ▂▂▄▅█▄▂▂▄▅█▄  250m   480m   0.86, 6 days',
      'shop  shop       memory request  2Gi  528Mi     ▆███▆▆▆███  390Mi  410Mi  0.86, 6 days',
      '',
    ]);
  });

  it('curves in ASCII outside of UTF-8', () => {
    const text = print(createReport(), { levels: ascii });
    expect(text).to.match(/^[\x20-\x7e\n]*$/);
    expect(text).to.contain('..=+#=..=+#=');
  });

  it('namespaces over all of them, kinds that are no Deployment, and what is better left unset', () => {
    const workload = createWorkload({ name: 'db', kind: 'StatefulSet' });
    const advice = [
      createAdvice(workload, {
        setting: 'limit',
        current: '2',
        recommended: undefined,
        trend: [],
        p95: undefined,
      }),
    ];
    const text = print(createReport([createAdvised(workload, { advice })]), { hasNamespace: true });
    expect(text.split('\n')[1]).to.equal(
      'store      statefulset/db  db         cpu limit  2    unset   -          -    480m  0.86, 6 days',
    );
  });

  it('sums over replicas, the replay, and a price that is called an estimate', () => {
    const replay = { oomKills: 0, throttledShare: 0.003 };
    const report = createReport([createAdvised(createWorkload(), { replay })]);
    expect(summarise(report)).to.deep.equal([
      'Over 3 replicas: CPU 3 -> 0.9, memory 6Gi -> 1.55Gi',
      'Replayed over the window: no OOM kill, 0.3% throttled',
    ]);
    expect(summarise(report, { cpu: 20, memory: 2 })[0]).to.match(
      /; about 50\.91 less a month, an estimate$/,
    );
    expect(print(report, { price: { cpu: 20, memory: 2 } })).to.match(
      /MONTH \(EST\.\)\n.* -42\.00\n.* -8\.91\n$/,
    );
  });

  it('sums by team and namespace', () => {
    const report = createReport([
      createAdvised(createWorkload({ replicas: 1 }), { team: undefined }),
      createAdvised(createWorkload({ name: 'till' })),
    ]);
    expect(print(report, { grouping: 'team', price: { cpu: 10, memory: 0 } }).split('\n')).to.deep.equal([
      'TEAM      WORKLOADS  REPLICAS  CPU NOW  CPU ADVICE  MEMORY NOW  MEMORY ADVICE  MONTH (EST.)',
      'payments          1         3        3         0.9         6Gi         1.55Gi        -21.00',
      '-                 1         1        1         0.3         2Gi          528Mi         -7.00',
      '',
    ]);
    expect(print(report, { grouping: 'namespace' }).split('\n')[1]).to.match(/^store +2 +4 +4 +1\.2 /);
  });

  it('the gravest first, then what moves most, then by name, whatever the order it came in', () => {
    const all = [
      createAdvised(createWorkload({ name: 'small', replicas: 1 })),
      createAdvised(createWorkload({ name: 'large', replicas: 9 })),
      createAdvised(createWorkload({ name: 'alike', replicas: 1 })),
    ];
    const calm = createWorkload({ name: 'calm', replicas: 99 });
    all.push(createAdvised(calm, { advice: [createAdvice(calm, { priority: 'low' })] }));
    const names = (list: typeof all) => sortAdvised(list).map(({ workload }) => workload.name);
    expect(names(all)).to.deep.equal(['large', 'alike', 'small', 'calm']);
    expect(names(all.toReversed())).to.deep.equal(names(all));
  });

  it('cells that a spreadsheet takes for text, never for formulas', () => {
    const workload = createWorkload();
    const cells = ['=cmd|/c calc', '+1+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', 'a,"b"\nc', '-3.5'];
    const rows = cells.map((team) => createAdvised(workload, { team, advice: [createAdvice(workload)] }));
    const text = print(createReport(rows), { format: { kind: 'csv' } });
    for (const cell of [
      "'=cmd|/c calc",
      "'+1+1",
      "'-1+1",
      "'@SUM(A1)",
      "'\\t=1",
      "'\\r=1",
      '"a,""b""\\nc"',
      ',-3.5,',
    ])
      expect(text).to.contain(cell);
    expect(text).to.not.match(/(^|,)"?[=+@\t\r]/m);
  });

  it('CSV with amounts to compute with', () => {
    const [headings = '', row = ''] = print(createReport(), { format: { kind: 'csv' }, price: { cpu: 1, memory: 1 } }).split('\r\n'); // prettier-ignore
    expect(headings).to.equal(
      'namespace,kind,name,container,resource,setting,now,advice,now_amount,advice_amount,p95_amount,peak_amount,' +
        'confidence,from,to,samples,source,priority,replicas,team,personas,message,estimated_monthly_change',
    );
    expect(row).to.equal(
      'store,Deployment,shop,shop,cpu,request,1,300m,1000,300,250,479.2,0.86,2026-11-17T04:52:00Z,2026-11-23T09:40:00Z,' +
        '1785,prometheus,high,3,payments,shop,CPU request 1 -> 300m: p99 260m over 6 days,-2.10',
    );
  });

  it('CSV of teams with amounts to compute with', () => {
    const style = { format: { kind: 'csv' }, grouping: 'team', price: { cpu: 10, memory: 1 } } as const;
    expect(print(createReport(), style).split('\r\n').slice(0, 2)).to.deep.equal([
      'team,workloads,replicas,cpu_now_amount,cpu_advice_amount,memory_now_amount,memory_advice_amount,estimated_monthly_change',
      `payments,1,3,3000,900,${3 * 2048 * 2 ** 20},${3 * 528 * 2 ** 20},-25.45`,
    ]);
  });

  it('that advice rests on a kill, where it does', () => {
    const workload = createWorkload();
    const killed = createAdvice(workload, { resource: 'memory', source: 'pod-status', confidence: 1 });
    const [, row] = print(createReport([createAdvised(workload, { advice: [killed] })])).split('\n');
    expect(row).to.match(/ 1, OOM kill$/);
  });

  it('Markdown in which foreign text stays text', () => {
    const workload = createWorkload();
    const hostile = '|<img src=x>[a](b)`@all\u202e';
    const report = createReport([createAdvised(workload, { team: hostile })]);
    const [heading, , row] = print(report, { format: { kind: 'markdown' }, grouping: 'team' }).split('\n');
    expect(heading).to.match(/^\| TEAM \| WORKLOADS \|/);
    expect(row).to.contain('\\|\\<img src=x\\>\\[a\\]\\(b\\)\\`\\@all\\\\u202e |');
  });

  it('names that kubectl takes', () => {
    expect(print(createReport(), { format: { kind: 'name' } })).to.equal('deployment.apps/shop\n');
  });

  it('why others have no advice, each reason once', () => {
    const silent = (name: string, message: string) => ({
      namespace: 'store',
      object: `persona/${name}`,
      reason: 'X',
      message,
    });
    const silences = [silent('b', 'too new'), silent('a', 'too new'), silent('c\u001b[2J', 'no series')];
    const report = createReport([], { silences, count: 4, withoutPersona: 1 });
    expect(print(report)).to.equal('');
    expect(summarise(report)).to.deep.equal([
      'persona/a, persona/b: too new',
      'persona/c\\x1b[2J: no series',
      '1 workload has no persona: --prometheus-url advises on those, too',
    ]);
    expect(summarise(createReport([]))).to.deep.equal(['no Deployment, StatefulSet or DaemonSet to advise on in namespace store']); // prettier-ignore
  });

  it('the same document twice, with every number', () => {
    const json = print(createReport(), {
      format: { kind: 'json' },
      threshold: 'high',
      price: { cpu: 1, memory: 0 },
    });
    const document = JSON.parse(json) as { summary: object; items: { advice: object[] }[] };
    expect(document.summary).to.deep.equal({
      ...{ workloads: 1, withoutPersona: 0, advised: 1, replicas: 3, high: 2, medium: 0, low: 0 },
      requests: {
        now: { cpuMillicores: 3000, memoryBytes: 6 * 2 ** 30 },
        advised: { cpuMillicores: 900, memoryBytes: 3 * 528 * 2 ** 20 },
      },
      ...{ estimatedMonthlyChange: -2.1, failOn: 'high', passed: false },
    });
    expect(document.items[0]?.advice[1]).to.deep.include({
      ...{ container: 'shop', resource: 'memory', setting: 'request', current: '2Gi', recommended: '528Mi' },
      ...{ confidence: 0.86, samples: 1785, source: 'prometheus', to: '2026-11-23T09:40:00Z' },
    });
    expect(print(createReport(), { format: { kind: 'json' }, threshold: 'high', price: { cpu: 1, memory: 0 } })).to.equal(json); // prettier-ignore
  });

  it('no as an answer from the priority on that --fail-on names', () => {
    const workload = createWorkload();
    const medium = [createAdvised(workload, { advice: [createAdvice(workload, { priority: 'medium' })] })];
    expect((['high', 'medium', 'low', 'any'] as const).map((one) => isReached(one, medium))).to.deep.equal([false, true, true, true]); // prettier-ignore
    expect(isReached('any', [])).to.equal(false);
  });
});
