// The settings of an application as a whole: what generate writes, where to, and how it is reached.
import { createAppField, createField } from './field.ts';
import { choice, text, word, wordList } from './value-kind.ts';

/** By name, which is also the place in .dorgu.yaml unless that says otherwise. */
export const applicationFields = {
  name: createAppField('name', text, 'name of the application', { app: 'app.name', flag: 'name' }),
  namespace: createField('namespace', word, 'namespace written into the manifests', {
    places: { flag: 'namespace' },
  }),
  registry: createField('registry', word, 'registry and path of the images, ghcr.io/acme', {
    places: { workspace: 'ci.registry', flag: 'registry' },
  }),
  image: createAppField('image', word, 'image of the application without tag', { flag: 'image' }),
  tag: createAppField('tag', word, 'tag of every image', { flag: 'tag' }),
  output_dir: createField('output_dir', text, 'folder of the manifests, relative to the application', {
    places: { flag: 'output-dir' },
    default: 'k8s',
  }),
  format: createField(
    'format',
    choice(['kustomize', 'plain', 'helm']),
    'how the manifests are put together',
    {
      places: { flag: 'format' },
      default: 'kustomize',
    },
  ),
  profile: createField('profile', choice(['standard', 'minimal']), 'how much is generated', {
    places: { flag: 'profile' },
    default: 'standard',
  }),
  hardening: createField('hardening', choice(['standard', 'max']), 'how far the security context goes', {
    places: { flag: 'hardening' },
    default: 'standard',
  }),
  network_policy: createField(
    'network_policy',
    choice(['default', 'strict', 'none']),
    'what the NetworkPolicy lets out',
    { places: { flag: 'network-policy' }, default: 'default' },
  ),
  ci: createField(
    'ci',
    choice(['github', 'gitlab', 'none'], { 'github-actions': 'github', 'gitlab-ci': 'gitlab' }),
    'workflow to generate',
    {
      places: { workspace: 'ci.provider', flag: 'ci' },
      default: 'github',
    },
  ),
  external: createAppField('external', wordList, 'services of compose that run elsewhere, or all', {
    flag: 'external',
  }),
  expose: createField('expose', choice(['none', 'ingress', 'gateway']), 'how it is reached from outside', {
    places: { flag: 'expose' },
    default: 'none',
  }),
  host: createAppField('host', word, 'DNS name that it is served under', {
    app: 'ingress.host',
    flag: 'host',
  }),
  'ingress.class': createField('ingress.class', word, 'IngressClass', {
    places: { workspace: 'ingress.class' },
  }),
  'ingress.tls.secret_name': createAppField('ingress.tls.secret_name', word, 'Secret with the certificate'),
  'ingress.tls.cluster_issuer': createField(
    'ingress.tls.cluster_issuer',
    word,
    "cert-manager's ClusterIssuer",
    { places: { workspace: 'ingress.tls.cluster_issuer' } },
  ),
  'ingress.controller_namespace': createField(
    'ingress.controller_namespace',
    word,
    'namespace of the ingress controller, let in by the NetworkPolicy',
  ),
  'gateway.name': createField('gateway.name', word, 'Gateway that the HTTPRoute attaches to'),
  'gateway.namespace': createField('gateway.namespace', word, 'namespace of the Gateway'),
  'gateway.section_name': createField('gateway.section_name', word, 'listener of the Gateway'),
  'argocd.project': createField('argocd.project', word, 'Argo CD project', {
    places: { workspace: 'argocd.project' },
    default: 'default',
  }),
  'argocd.server': createField('argocd.server', word, 'API server that Argo CD deploys to', {
    places: { workspace: 'argocd.destination.server' },
    default: 'https://kubernetes.default.svc',
  }),
  'argocd.namespace': createField('argocd.namespace', word, 'namespace of Argo CD', {
    places: { workspace: 'argocd.namespace' },
    default: 'argocd',
  }),
  environment: createField(
    'environment',
    choice(['production', 'staging', 'development', 'sandbox']),
    'what the application is for',
  ),
  org: createField('org', text, 'organisation', {
    places: { workspace: 'org.name', global: 'defaults.org_name' },
  }),
  team: createField('team', text, 'team that answers for it', { places: { app: 'app.team' } }),
  owner: createField('owner', text, 'person that answers for it', { places: { app: 'app.owner' } }),
  repository: createAppField('repository', word, 'address of the source', { app: 'app.repository' }),
  oncall: createField('oncall', text, 'who is on call', { places: { app: 'operations.on_call' } }),
  runbook: createField('runbook', text, 'what to do when it fails', {
    places: { app: 'operations.runbook' },
  }),
  instructions: createAppField(
    'instructions',
    text,
    'what else is worth knowing, for an LLM if one is asked',
    {
      app: 'app.instructions',
    },
  ),
} as const;
