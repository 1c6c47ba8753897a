// What single facts of a cluster are told by.
import { expect } from 'chai';
import fc from 'fast-check';
import { toClusterName } from '../../../src/status/cluster/cluster-name.ts';
import { guessEnvironment } from '../../../src/status/cluster/environment.ts';
import { readAddonWorkload } from '../../../src/status/cluster/find-addons.ts';
import { readNode } from '../../../src/status/cluster/node-facts.ts';
import { mergeFields, pickOwnedSpec } from '../../../src/status/cluster/owned-fields.ts';
import { detectPlatform } from '../../../src/status/cluster/platform.ts';
import { chooseClusterPersona } from '../../../src/status/cluster/choose-persona.ts';
import { addonsOf, createDeployment, createNode, factsOf } from './cluster-objects.ts';

type NodeParts = Parameters<typeof createNode>[1];
const aws = { providerID: 'aws:///eu-west-1a/i-0abc' };

const platforms: Record<
  string,
  { node: NodeParts; version?: string; group?: string; expected: string | undefined }
> = {
  'EKS by its version': { node: { spec: aws }, version: 'v1.33.5-eks-3cfe0ce', expected: 'EKS' },
  'EKS by a node group': {
    node: { spec: aws, labels: { 'eks.amazonaws.com/nodegroup': 'main' } },
    expected: 'EKS',
  },
  'machines on AWS are no EKS': { node: { spec: aws }, expected: 'self-managed on AWS' },
  'kubeadm on AWS': {
    node: {
      spec: aws,
      annotations: { 'kubeadm.alpha.kubernetes.io/cri-socket': 'unix:///run/containerd.sock' },
    },
    expected: 'kubeadm on AWS',
  },
  'OpenShift on AWS is OpenShift': {
    node: { spec: aws },
    group: 'config.openshift.io',
    expected: 'OpenShift',
  },
  'GKE by its version': { node: {}, version: 'v1.33.4-gke.1245000', expected: 'GKE' },
  'AKS by its labels': { node: { labels: { 'kubernetes.azure.com/cluster': 'mc' } }, expected: 'AKS' },
  'K3s by the version of its kubelet': {
    node: { info: { kubeletVersion: 'v1.33.4+k3s1' } },
    expected: 'K3s',
  },
  RKE2: { node: {}, version: 'v1.33.4+rke2r1', expected: 'RKE2' },
  Kind: { node: { spec: { providerID: 'kind://docker/kind/kind-control-plane' } }, expected: 'Kind' },
  'Kind, which kubeadm sets up': {
    node: {
      spec: { providerID: 'kind://docker/kind/kind-control-plane' },
      annotations: { 'kubeadm.alpha.kubernetes.io/cri-socket': 'unix:///run/containerd.sock' },
    },
    expected: 'Kind',
  },
  Minikube: { node: { labels: { 'minikube.k8s.io/name': 'minikube' } }, expected: 'Minikube' },
  Talos: { node: { info: { osImage: 'Talos (v1.11.0)' } }, expected: 'Talos' },
  'nothing that tells': { node: {}, expected: undefined },
};

describe('the platform is', () => {
  for (const [name, { node, version = 'v1.35.4', group, expected }] of Object.entries(platforms)) {
    it(name, () => {
      const groups = new Set(group === undefined ? [] : [group]);
      expect(detectPlatform({ version, groups, nodes: factsOf([createNode('a', node)]) })).to.equal(expected);
    });
  }
});

const environments: Record<string, string | undefined> = {
  prod: 'production',
  'production-eu': 'production',
  'arn:aws:eks:eu-west-1:123456789012:cluster/prod2': 'production',
  'gke_acme_europe-west1_stg': 'staging',
  preprod: 'staging',
  'acme-pre-prod': 'staging',
  'non-prod': 'development',
  'dev-1': 'development',
  minikube: 'development',
  sandbox: 'sandbox',
  reproduction: undefined,
  products: undefined,
  acme: undefined,
};

describe('the environment of', () => {
  for (const [name, expected] of Object.entries(environments))
    it(`${name} is ${expected ?? 'not told'}`, () => expect(guessEnvironment(name)).to.equal(expected));
});

describe('a cluster’s name as an object’s', () => {
  it('of an ARN', () =>
    expect(toClusterName('arn:aws:eks:eu-west-1:1:cluster/Prod_1')).to.equal(
      'arn-aws-eks-eu-west-1-1-cluster-prod-1',
    ));
  it('of nothing usable is none', () => expect(toClusterName('///')).to.equal(undefined));
  it('is always one that the API takes, and keeps one that it takes', () => {
    const pattern = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 400 }),
          fc.stringMatching(/^[a-zA-Z0-9._:/@-]{1,300}$/),
        ),
        (text) => {
          const name = toClusterName(text);
          if (name === undefined) return;
          expect(name).to.match(pattern);
          expect(name.length).to.be.at.most(253);
          expect(toClusterName(name)).to.equal(name);
        },
      ),
    );
  });
});

describe('a node', () => {
  it('is kept with its role, its readiness, its amounts and the labels that say where and what it is', () => {
    const labels = {
      'node-role.kubernetes.io/control-plane': '',
      'node-role.kubernetes.io/master': '',
      'topology.kubernetes.io/zone': 'eu-west-1a',
      'kubernetes.io/arch': 'arm64',
      'example.com/team': 'secret',
    };
    const taints = [
      { key: 'dedicated', value: 'db', effect: 'NoSchedule' },
      { key: 'node.kubernetes.io/unreachable', effect: 'NoExecute' },
    ];
    expect(readNode(createNode('a', { labels, spec: { taints }, isReady: false }))?.info).to.deep.equal({
      name: 'a',
      role: 'control-plane',
      ready: false,
      capacity: { cpu: '4', memory: '16Gi', pods: '110', ephemeralStorage: '100Gi' },
      allocatable: { cpu: '3920m', memory: '15Gi', pods: '110', ephemeralStorage: '100Gi' },
      taints: ['dedicated=db:NoSchedule', 'node.kubernetes.io/unreachable:NoExecute'],
      labels: {
        'kubernetes.io/arch': 'arm64',
        'node-role.kubernetes.io/control-plane': '',
        'node-role.kubernetes.io/master': '',
        'topology.kubernetes.io/zone': 'eu-west-1a',
      },
      kubeletVersion: 'v1.35.4',
      containerRuntime: 'containerd://2.1.4',
    });
  });
});

const addons: Record<string, { objects?: unknown[]; served?: string[]; expected: string[] }> = {
  'Argo CD by its image, wherever it is mirrored and runs': {
    objects: [
      createDeployment('server', 'registry.corp:5000/mirror/argoproj/argocd:v3.1.2', {
        namespace: 'platform',
      }),
    ],
    expected: ['Argo CD gitops 3.1.2 platform true'],
  },
  'Argo CD with one pod too few': {
    objects: [
      createDeployment('server', 'quay.io/argoproj/argocd:v3.1.2', { namespace: 'argocd', desired: 2 }),
      createDeployment('repo', 'quay.io/argoproj/argocd:v3.1.2', { namespace: 'argocd' }),
    ],
    expected: ['Argo CD gitops 3.1.2 argocd false'],
  },
  'an add-on of which only the API is served': {
    served: ['applications.argoproj.io'],
    expected: ['Argo CD gitops - - -'],
  },
  'Argo Rollouts shares a group with Argo CD, and is not taken for it': {
    served: ['rollouts.argoproj.io'],
    expected: ['Argo Rollouts other - - -'],
  },
  'by a label where the image is one’s own': {
    objects: [
      createDeployment('g', 'registry.corp/tools/dashboards:7', {
        namespace: 'mon',
        labels: { 'app.kubernetes.io/name': 'grafana', 'app.kubernetes.io/version': '12.1.0' },
      }),
    ],
    expected: ['Grafana monitoring 12.1.0 mon true'],
  },
  'an image with a digest and a tag': {
    objects: [
      createDeployment('c', `registry.k8s.io/ingress-nginx/controller:v1.13.2@sha256:${'a'.repeat(64)}`, {
        namespace: 'ingress-nginx',
      }),
    ],
    expected: ['ingress-nginx ingress 1.13.2 ingress-nginx true'],
  },
  'a mirror that joins names': {
    objects: [createDeployment('t', 'rancher/mirrored-library-traefik:3.3.6', { namespace: 'kube-system' })],
    expected: ['Traefik ingress 3.3.6 kube-system true'],
  },
  'scaled to nothing says nothing of health': {
    objects: [
      createDeployment('velero', 'velero/velero:v1.17.0', { namespace: 'velero', desired: 0, available: 0 }),
    ],
    expected: ['Velero other 1.17.0 velero -'],
  },
  'people’s own applications are none, whatever their names contain': {
    objects: [
      createDeployment('prometheus-exporter', 'ghcr.io/acme/prometheus-exporter:1'),
      createDeployment('vault-ui', 'acme/vault-ui:2'),
    ],
    expected: [],
  },
};

describe('add-ons', () => {
  for (const [name, { objects = [], served = [], expected }] of Object.entries(addons)) {
    it(name, () => {
      const found = addonsOf(objects, served).map(({ addon }) =>
        [addon.name, addon.type, addon.version ?? '-', addon.namespace ?? '-', addon.healthy ?? '-'].join(
          ' ',
        ),
      );
      expect(found).to.deep.equal(expected);
    });
  }

  it('are read of anything without throwing', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (object, image) => {
        readAddonWorkload('DaemonSet', object);
        readAddonWorkload('Deployment', { spec: { template: { spec: { containers: [{ image }] } } } });
        readNode(object);
      }),
    );
  });
});

describe('of several ClusterPersonas', () => {
  const made = (name: string, creationTimestamp: string) => ({ metadata: { name, creationTimestamp } });
  it('the oldest counts, then the first by name', () => {
    const all = [
      made('c', '2026-01-02T00:00:00Z'),
      made('b', '2026-01-01T00:00:00Z'),
      made('a', '2026-01-01T00:00:00Z'),
    ];
    expect(chooseClusterPersona(all)?.metadata.name).to.equal('a');
    expect(chooseClusterPersona(all.slice(3))?.metadata.name).to.equal(undefined);
  });
});

describe('what was applied before', () => {
  const object = {
    metadata: {
      managedFields: [
        { manager: 'kubectl-edit', operation: 'Update', fieldsV1: { 'f:spec': { 'f:description': {} } } },
        {
          manager: 'kubectl-dorgu',
          operation: 'Apply',
          fieldsV1: {
            'f:spec': {
              'f:environment': {},
              'f:policies': { 'f:security': { 'f:allowedRegistries': { 'v:"a"': {} } } },
            },
          },
        },
      ],
    },
    spec: {
      description: 'theirs',
      environment: 'staging',
      policies: { security: { allowedRegistries: ['a'], enforceNonRoot: true } },
    },
  };
  it('is kept, and nobody else’s', () =>
    expect(pickOwnedSpec(object, 'kubectl-dorgu')).to.deep.equal({
      environment: 'staging',
      policies: { security: { allowedRegistries: ['a'] } },
    }));
  it('is overlaid by what is said now, field by field', () =>
    expect(mergeFields({ a: { b: 1, c: [1] } }, { a: { c: [2] }, d: 1 })).to.deep.equal({
      a: { b: 1, c: [2] },
      d: 1,
    }));
});
