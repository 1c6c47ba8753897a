// What a check says beside the rules on workloads: files that cannot be read, personas that are none, workloads without one.
import type { Rule } from '../rules/rule.ts';
import { rules } from '../rules/rules.ts';

/** What reports tell about a rule. */
export type ReportedRule = Pick<Rule, 'id' | 'title' | 'semantics' | 'rationale' | 'severity'>;

/** A file, or a document of it, that is no YAML or JSON, or too large. */
export const unreadable: ReportedRule = {
  id: 'manifest/unreadable',
  title: 'Manifests can be read',
  semantics:
    'Every file is UTF-8, YAML 1.1 as kubectl reads it or JSON, without templates, without a key twice in one mapping, within the bounds of size and depth.',
  rationale:
    'What cannot be read here, kubectl refuses, too, or reads as something else than its author meant.',
  severity: 'error',
};

/** A persona that the API server would refuse. */
export const invalidPersona: ReportedRule = {
  id: 'persona/invalid',
  title: 'Personas are valid',
  semantics:
    'Every ApplicationPersona and ClusterPersona satisfies the schema and the cross-field rules of dorgu.io/v1.',
  rationale: 'The API server refuses an invalid persona, and until it is mended nothing is judged by it.',
  severity: 'error',
};

/** A field of a persona that the API does not know. */
export const unknownField: ReportedRule = {
  id: 'persona/unknown-field',
  title: 'Personas hold only fields that exist',
  semantics: 'No field of an ApplicationPersona or a ClusterPersona is unknown to dorgu.io/v1.',
  rationale:
    'kubectl refuses unknown fields, and other clients drop them: what they were meant to say is lost.',
  severity: 'error',
};

/** A workload that no persona claims, where the cluster asks for one. */
export const missingPersona: ReportedRule = {
  id: 'identity/persona-missing',
  title: 'Workloads have a persona',
  semantics:
    'Deployments, StatefulSets, DaemonSets, CronJobs and Rollouts are claimed by an ApplicationPersona of their namespace. Asked where the ClusterPersona has policies.requirePersona: warn is a warning, deny an error.',
  rationale: 'Without a persona nobody has said who owns it and what it needs, and no other rule judges it.',
  severity: 'error',
};

/** Every rule that a report may name, in the order of their families. */
export const reportedRules: readonly ReportedRule[] = [
  unreadable,
  invalidPersona,
  unknownField,
  missingPersona,
  ...rules.filter(({ id }) => id !== missingPersona.id),
];
