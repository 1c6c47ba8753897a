// The screen of `persona status`, as text: what a person sees of a persona in each state, in windows of every width.
import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import type { PersonaReport } from '../../../src/cluster/inspect-persona.ts';
import { measureWidth } from '../../../src/ui/width.ts';
import {
  autoscaler,
  createCondition,
  createDeployment,
  createPersona,
  createReport,
  healthyStatus,
  show,
} from './reports.ts';

const rowOf = (lines: readonly string[], label: string) => lines.find((line) => line.startsWith(label)) ?? '';

/** As screens.md has it. */
const degraded = createReport({
  objects: [createDeployment({ requests: { cpu: '1' } }), autoscaler],
  persona: createPersona({
    status: {
      ...healthyStatus,
      phase: 'Degraded',
      validation: {
        passed: false,
        summary: '1 error, 2 warnings',
        issues: [
          {
            severity: 'warning',
            rule: 'resources/request-missing',
            message: 'container shop: no memory request, 256Mi expected',
          },
          {
            severity: 'error',
            rule: 'security/run-as-non-root',
            message: 'container shop: runAsNonRoot is unset, true expected',
          },
          {
            severity: 'warning',
            rule: 'security/read-only-root',
            message: 'container shop: readOnlyRootFilesystem is unset, true expected',
            suggestion: 'set it, and mount an emptyDir at /tmp',
          },
        ],
      },
      recommendations: [
        {
          id: 'cpu',
          type: 'resource',
          priority: 'high',
          message: 'CPU request 1 -> 300m: p99 260m over 6 days',
          ...{ workload: 'Deployment/shop', container: 'shop', resource: 'cpu', setting: 'request' },
          ...{ current: '1', recommended: '300m', p95: '250m', peak: '480m', confidence: '0.86' },
          ...{ windowStart: '2026-11-17T04:00:00Z', windowEnd: '2026-11-23T09:35:00Z', source: 'prometheus' },
        },
        { id: 'tls', type: 'security', priority: 'low', message: 'speak TLS', action: 'ask the team' },
      ],
      conditions: [
        createCondition('Ready', 'True', 180, 'Available'),
        createCondition('Validated', 'False', 4, 'Failed', '1 error, 2 warnings'),
      ],
    },
  }),
});

describe('the screen of a persona', () => {
  it('is eight lines where all is well and all is known', () => {
    expect(show(createReport())).to.deep.equal([
      'shop in store: api, critical                                   Active',
      '',
      'Ready         True, for 3h',
      'Validated     True, for 3h',
      'Workload      Deployment shop, 3 of 3 available, rolled out    ghcr.io/acme/shop:1.8.2',
      'Scaling       HPA 3 to 12 at 70% CPU, now 3',
      'Argo CD       Synced, Healthy    4f2c91e, 2m ago               argocd/shop',
      'Learned       CPU 120m, peak 480m; memory 210Mi, peak 390Mi    a pod, 1 h to 09:35 UTC',
    ]);
  });

  it('lists findings gravest first, with what to change, and advice after them', () => {
    expect(show(degraded)).to.deep.equal([
      'shop in store: api, critical                                   Degraded',
      '',
      'Ready         True, for 3h',
      'Validated     False: 1 error, 2 warnings, for 4m',
      'Workload      Deployment shop, 3 of 3 available, rolled out    ghcr.io/acme/shop:1.8.2',
      'Scaling       HPA 3 to 12 at 70% CPU, now 3',
      'Argo CD       Synced, Healthy    4f2c91e, 2m ago               argocd/shop',
      'Learned       CPU 120m, peak 480m; memory 210Mi, peak 390Mi    a pod, 1 h to 09:35 UTC',
      '',
      'ISSUES        1 error, 2 warnings',
      'error         security/run-as-non-root   container shop: runAsNonRoot is unset, true expected',
      'warning       resources/request-missing  container shop: no memory request, 256Mi expected',
      'warning       security/read-only-root    container shop: readOnlyRootFilesystem is unset, true expected',
      '                                         set it, and mount an emptyDir at /tmp',
      '',
      'ADVICE        2.1 cores to win',
      'high          CPU request 1 -> 300m  p95 250m, peak 480m over 6 days, confidence 0.86',
      '                                     kubectl dorgu recommend shop -n store --patch kustomize',
      'low           security               speak TLS',
      '                                     ask the team',
    ]);
  });

  it('colours nothing where all is well, and the same text where something is not', () => {
    expect(show(createReport(), { isColoured: true })).to.deep.equal(show(createReport()));
    const coloured = show(degraded, { isColoured: true });
    expect(coloured.join('\n')).to.contain('\x1b[31merror\x1b[39m');
    expect(coloured.map(stripVTControlCharacters)).to.deep.equal(show(degraded));
  });

  const rows: Record<string, [report: PersonaReport, label: string, row: string]> = {
    'says why it is not ready': [
      createReport({
        persona: createPersona({
          status: {
            ...healthyStatus,
            phase: 'Degraded',
            conditions: [
              createCondition('Ready', 'False', 4, 'PartlyAvailable', 'Deployment shop: 2 of 3 available'),
            ],
          },
        }),
        objects: [createDeployment({ available: 2 })],
      }),
      'Ready',
      'Ready         False: PartlyAvailable, for 4m                   Deployment shop: 2 of 3 available',
    ],
    'counts replicas of a rollout under way': [
      createReport({ objects: [createDeployment({ available: 2, updated: 1 })] }),
      'Workload',
      'Workload      Deployment shop, 2 of 3 available, rolling out: 1 of 3 updated',
    ],
    'says that no operator has looked at it': [
      createReport({ persona: createPersona() }),
      'Judged',
      'Judged        from here: no operator has looked at it          kubectl get pods -A -l app.kubernetes.io/name=dorgu-operator',
    ],
    'says that the operator has looked at an older version': [
      createReport({ persona: createPersona({ status: { ...healthyStatus, observedGeneration: 1 } }) }),
      'Judged',
      'Judged        from here: the operator saw version 1 of 2       kubectl get pods -A -l app.kubernetes.io/name=dorgu-operator',
    ],
    "shows what contradicts an operator's old word": [
      createReport({ objects: [createDeployment({ available: 0 })] }),
      'Live',
      "Live          Failed: Deployment shop: 0 of 3 available        the operator's word above is 3h old",
    ],
    'names the application where it is called otherwise': [
      createReport({
        persona: createPersona({ name: 'shop-eu', spec: { name: 'shop' }, status: healthyStatus }),
      }),
      'shop-eu',
      'shop-eu (application shop) in store: api, critical             Active',
    ],
    'says what could not be seen': [
      createReport({
        others: { unseen: [{ resource: 'horizontalpodautoscalers', message: 'no', isForbidden: true }] },
      }),
      'Unseen',
      'Unseen        horizontalpodautoscalers: not yours to list',
    ],
  };
  for (const [title, [report, label, row]] of Object.entries(rows)) {
    it(title, () => expect(rowOf(show(report), label)).to.equal(row));
  }

  it('gives no age to what was judged a moment ago', () => {
    const lines = show(createReport({ persona: createPersona() }));
    expect(rowOf(lines, 'Ready')).to.equal('Ready         True');
  });

  it('says that there is no workload', () => {
    const lines = show(createReport({ persona: createPersona(), objects: [] }));
    expect(lines[0]).to.match(/ Pending$/);
    expect(rowOf(lines, 'Ready')).to.match(
      /^Ready {9}False: NoWorkload {2,}no workload of the namespace is named or labelled shop$/,
    );
    expect(rowOf(lines, 'Workload')).to.equal('');
  });

  it('takes a scale to zero for a pause, not for a fault', () => {
    const scaled = createDeployment({ available: 0, updated: 0 });
    const lines = show(
      createReport({
        persona: createPersona(),
        objects: [
          {
            ...scaled,
            spec: { ...(scaled['spec'] as object), replicas: 0 },
            status: { observedGeneration: 1 },
          },
        ],
      }),
      { isColoured: true },
    );
    expect(rowOf(lines, 'Ready')).to.contain('False: ScaledToZero');
    expect(rowOf(lines, 'Workload')).to.contain('Deployment shop, scaled to 0');
    expect([rowOf(lines, 'Ready'), rowOf(lines, 'Workload')].join('')).not.to.contain('\x1b');
  });

  it('gives the reasons why a workload is not up, with what to do', () => {
    const lines = show(
      createReport({
        others: {
          diagnoses: [
            {
              kind: 'Deployment',
              name: 'shop',
              causes: [
                {
                  code: 'SecretMissing',
                  subject: 'Secret/shop-db',
                  what: 'Secret shop-db does not exist: container shop reads DATABASE_URL from it',
                  todo: 'kubectl -n store create secret generic shop-db --from-literal=url=…',
                  pods: 0,
                },
                {
                  code: 'OutOfMemory',
                  subject: 'container/shop',
                  what: 'container shop was killed',
                  pods: 3,
                },
              ],
            },
          ],
        },
      }),
      { ellipsis: '...' },
    );
    expect(lines.slice(lines.indexOf('WHY           Deployment shop is not up'))).to.deep.equal([
      'WHY           Deployment shop is not up',
      'all pods      SecretMissing  Secret shop-db does not exist: container shop reads DATABASE_URL from it',
      '                             kubectl -n store create secret generic shop-db --from-literal=url=...',
      '3 pods        OutOfMemory    container shop was killed',
    ]);
  });

  it('counts findings beyond a screenful, and shows them with -o wide', () => {
    const issues = Array.from({ length: 23 }, (_, index) => ({
      severity: 'warning' as const,
      rule: `family/rule-${index}`,
      message: 'm',
    }));
    const report = createReport({
      persona: createPersona({
        status: { ...healthyStatus, validation: { passed: true, issues, omitted: 7 } },
      }),
    });
    expect(show(report).at(-1)).to.equal('and 10 more: -o wide');
    expect(show(report, { isWide: true }).at(-1)).to.equal('and 7 more');
    expect(show(report, { isWide: true }).length - show(report).length).to.equal(3);
  });

  it('shows with -o wide who answers for it', () => {
    const report = createReport({
      persona: createPersona({
        spec: {
          ownership: { team: 'shop', oncall: 'shop-oncall', runbook: 'https://wiki.example.com/shop' },
        },
        status: healthyStatus,
      }),
    });
    expect(rowOf(show(report), 'Owner')).to.equal('');
    expect(rowOf(show(report, { isWide: true }), 'Owner')).to.match(
      /^Owner {9}shop, on call shop-oncall {2,}https:\/\/wiki\.example\.com\/shop$/,
    );
  });
});

describe('the screen in a window', () => {
  for (const width of [60, 80, 120, 200]) {
    it(`keeps to ${width} columns`, () => {
      for (const report of [createReport(), degraded])
        for (const line of show(report, { width })) expect(measureWidth(line), line).to.be.at.most(width);
    });
  }

  it('loses no word in a narrow one', () => {
    const words = (lines: readonly string[]) => lines.join(' ').split(/\s+/).sort();
    for (const report of [createReport(), degraded])
      expect(words(show(report, { width: 60 }))).to.deep.equal(words(show(report)));
  });

  it('breaks no command to copy, however narrow it is', () => {
    const lines = show(createReport({ persona: createPersona() }), { width: 40 });
    expect(lines).to.include('  kubectl get pods -A -l app.kubernetes.io/name=dorgu-operator');
  });
});
