// The screen of `cluster describe`, line by line, for what an operator has discovered.
import { expect } from 'chai';
import type { ClusterDescription } from '../../../src/cluster/discover-description.ts';
import { formatDescription } from '../../../src/commands/cluster/describe/screen.ts';
import { createPalette } from '../../../src/ui/palette.ts';
import { createSymbols } from '../../../src/ui/symbols.ts';
import { now, secondsAgo } from '../../status/objects.ts';

const addon = (
  name: string,
  version: string,
  namespace: string,
  desiredPods: number,
  availablePods: number,
) => ({
  addon: {
    name,
    type: name === 'Argo CD' ? ('gitops' as const) : ('monitoring' as const),
    installed: true,
    version,
    namespace,
    healthy: availablePods >= desiredPods,
  },
  desiredPods,
  availablePods,
});

const description: ClusterDescription = {
  persona: {
    apiVersion: 'dorgu.io/v1',
    kind: 'ClusterPersona',
    metadata: { name: 'production-eu' },
    spec: {
      name: 'production-eu',
      environment: 'production',
      policies: { security: { podSecurityStandard: 'restricted', allowedRegistries: ['ghcr.io/acme'] } },
    },
  },
  hasCrds: true,
  others: [],
  judgedBy: 'operator',
  roles: new Map([
    ['worker', 9],
    ['control-plane', 3],
  ]),
  status: {
    phase: 'Ready',
    lastDiscovery: secondsAgo(120),
    kubernetesVersion: 'v1.35.4',
    platform: 'EKS',
    nodeCount: 12,
    readyNodes: 12,
    namespaces: { total: 19, active: 19, withPersonas: 12 },
    resourceSummary: {
      totalCPU: '48',
      allocatableCPU: '46500m',
      usedCPU: '18200m',
      totalMemory: '192Gi',
      allocatableMemory: '184Gi',
      usedMemory: '97Gi',
      totalPods: 1320,
      runningPods: 412,
    },
  },
  personas: {
    count: 41,
    namespaces: 12,
    phases: new Map([
      ['Failed', 1],
      ['Active', 36],
      ['Pending', 1],
      ['Degraded', 3],
    ]),
  },
  addons: [
    addon('Argo CD', '3.1.2', 'argocd', 1, 1),
    addon('Prometheus', '3.5.0', 'monitoring', 1, 1),
    addon('Grafana', '12.1.0', 'monitoring', 2, 1),
  ],
  failures: [],
};

const show = (shown: ClusterDescription, { width = 80, isColoured = false, locale = 'C.UTF-8' } = {}) => {
  const symbols = createSymbols({ LANG: locale }, 'linux');
  const window = { width, palette: createPalette(isColoured), ellipsis: symbols.ellipsis };
  return formatDescription(shown, { now, window, symbols, fallbackName: 'kind' });
};

describe('the screen of cluster describe', () => {
  it('is one page', () =>
    expect(show(description, { width: 100 })).to.deep.equal([
      'production-eu: production                                        Ready',
      '',
      'Kubernetes    v1.35.4 on EKS, discovered 2m ago',
      'Nodes         12 of 12 ready: 3 control plane, 9 worker',
      '                        TOTAL  ALLOCATABLE    USED',
      'CPU                        48         46.5    18.2   39%  ████████░░░░░░░░░░░░',
      'Memory                  192Gi        184Gi    97Gi   53%  ███████████░░░░░░░░░',
      'Pods                     1320         1320     412   31%  ██████░░░░░░░░░░░░░░',
      '',
      'ADD-ON      TYPE        VERSION  NAMESPACE   HEALTH',
      'Argo CD     gitops      3.1.2    argocd      healthy',
      'Prometheus  monitoring  3.5.0    monitoring  healthy',
      'Grafana     monitoring  12.1.0   monitoring  1 of 2 pods ready',
      '',
      'Personas      41 in 12 of 19 namespaces: 36 Active, 3 Degraded, 1 Failed, 1 Pending',
      'Policies      Pod Security restricted; images from ghcr.io/acme only',
    ]));

  it('is ASCII where the locale has no more', () =>
    expect(show(description, { locale: 'C' }).join('\n')).to.match(/^[\x20-\x7e\n]*$/));

  it('colours what is abnormal, and nothing else', () => {
    const coloured = show(description, { isColoured: true }).filter((line) => line.includes('\u001b'));
    expect(coloured).to.deep.equal([
      'Grafana     monitoring  12.1.0   monitoring  \u001b[33m1 of 2 pods ready\u001b[39m',
    ]);
    const degraded = { ...description.status, phase: 'Degraded' as const, readyNodes: 11 };
    expect(show({ ...description, status: degraded }, { isColoured: true })[0]).to.contain(
      '\u001b[33mDegraded',
    );
  });

  it('leaves the bars out of a narrow window, and breaks long lines between words', () => {
    const lines = show(description, { width: 60 });
    for (const line of lines.filter((one) => !/^(Grafana|Prometheus|Argo CD|ADD-ON)/.test(one)))
      expect(line.length, line).to.be.at.most(60);
    expect(lines.join('\n')).to.not.contain('█');
  });

  it('shows foreign names, and does not obey them', () => {
    const node = { name: 'a\u001b[2J\nb', ready: false };
    const status = { ...description.status, readyNodes: 11, nodes: [node], platform: 'x\u202e' };
    const lines = show({ ...description, status, failures: [{ part: 'pods', reason: 'no\u0007' }] });
    expect(lines).to.include('Not ready     a\\x1b[2J\\nb');
    expect(lines).to.include('Kubernetes    v1.35.4 on x\\u202e, discovered 2m ago');
    expect(lines).to.include('Unseen        pods: no\\x07');
  });

  it('of a cluster without a ClusterPersona says how to make one', () => {
    const lines = show({ ...description, persona: undefined, judgedBy: 'cluster' });
    expect(lines[0]).to.match(/^kind {2,}Ready$/);
    expect(lines).to.include('Persona       none: this cluster is not described yet');
    expect(lines.join('\n')).to.contain('kubectl dorgu cluster init');
  });
});
