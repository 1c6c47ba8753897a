// Rules that are asked before the engine's: whether a file and a persona can be read at all, and whether a workload has a persona.
import type { DocumentedRule } from './rule.ts';

/** A file, or a document of it, that is no YAML or JSON, or too large. */
export const unreadable: DocumentedRule = {
  id: 'manifest/unreadable',
  title: 'Manifests can be read',
  semantics:
    'Every file is UTF-8, YAML 1.1 as kubectl reads it or JSON, without templates, without a key twice in one mapping, within the bounds of size and depth.',
  rationale:
    'What cannot be read here, kubectl refuses, too, or reads as something else than its author meant.',
  severity: 'error',
  otherSeverities: '',
  bad: 'metadata:\n  name: {{ .Release.Name }}\n',
  good: 'metadata:\n  name: shop\n',
  needsSurroundings: false,
  isFixed: true,
};

/** A persona that the API server would refuse. */
export const invalidPersona: DocumentedRule = {
  id: 'persona/invalid',
  title: 'Personas are valid',
  semantics:
    'Every ApplicationPersona and ClusterPersona satisfies the schema and the cross-field rules of dorgu.io/v1.',
  rationale: 'The API server refuses an invalid persona, and until it is mended nothing is judged by it.',
  severity: 'error',
  otherSeverities: '',
  bad: 'spec:\n  name: shop\n  type: server\n',
  good: 'spec:\n  name: shop\n  type: api\n',
  needsSurroundings: false,
  isFixed: true,
};

/** A field of a persona that the API does not know. */
export const unknownField: DocumentedRule = {
  id: 'persona/unknown-field',
  title: 'Personas hold only fields that exist',
  semantics: 'No field of an ApplicationPersona or a ClusterPersona is unknown to dorgu.io/v1.',
  rationale:
    'kubectl refuses unknown fields, and other clients drop them: what they were meant to say is lost.',
  severity: 'error',
  otherSeverities: '',
  bad: 'spec:\n  name: shop\n  type: api\n  replicas: 3\n',
  good: 'spec:\n  name: shop\n  type: api\n  scaling: { minReplicas: 3 }\n',
  needsSurroundings: false,
  isFixed: true,
};

/** A workload that no persona claims, where the cluster asks for one. */
export const missingPersona: DocumentedRule = {
  id: 'identity/persona-missing',
  title: 'Workloads have a persona',
  semantics:
    'Deployments, StatefulSets, DaemonSets, CronJobs and Rollouts are claimed by an ApplicationPersona of their namespace. Asked where the ClusterPersona has policies.requirePersona: warn is a warning, deny an error.',
  rationale: 'Without a persona nobody has said who owns it and what it needs, and no other rule judges it.',
  severity: 'error',
  otherSeverities: 'warning where policies.requirePersona says warn',
  bad: 'kind: Deployment\nmetadata:\n  name: shop\n',
  good: 'kind: Deployment\nmetadata:\n  name: shop\n---\napiVersion: dorgu.io/v1\nkind: ApplicationPersona\nmetadata:\n  name: shop\nspec:\n  name: shop\n  type: api\n',
  needsSurroundings: false,
};
