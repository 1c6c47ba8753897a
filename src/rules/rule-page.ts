// What can be said of a rule for people: its place in a ClusterPersona, for `explain` and docs/reference/rules.md.
import { findNearest } from '../api/nearest-word.ts';
import { documentedRules, familyOf, familyTitles } from './documented-rules.ts';
import type { DocumentedRule } from './rule.ts';

/** Where the page of all rules is, from the root of the repository. */
export const rulesPage = 'docs/reference/rules.md';

/** The anchor of a rule's entry on that page, as GitHub makes them of headings. */
export function toRuleAnchor({ id }: Pick<DocumentedRule, 'id'>): string {
  return id.toLowerCase().replace(/[^a-z0-9 -]/g, '');
}

/** The rules that a word names: one by its id, a family by `security` or `security/*`; empty where there is none. */
export function findRules(word: string): readonly DocumentedRule[] {
  const family = word.replace(/(?:\/\*?)?$/, '');
  return documentedRules.filter((rule) => rule.id === word || familyOf(rule) === family);
}

/** The nearest id or family to a word that names none; the name alone is enough: `run-as-root` of `security/run-as-root-uid`. */
export function findNearestRule(word: string): string | undefined {
  const names = documentedRules.map(({ id }) => [id.slice(id.indexOf('/') + 1), id] as const);
  const byName = names.find(([name]) => name === word)?.[1];
  const near = findNearest(word, [...documentedRules.map(({ id }) => id), ...familyTitles.keys()]);
  const nearName = findNearest(
    word,
    names.map(([name]) => name),
  );
  return byName ?? near ?? names.find(([name]) => name === nearName)?.[1];
}

/** The entry that sets what the rule counts for, as YAML of a ClusterPersona. */
export function formatLevelExample({ id, severity }: Pick<DocumentedRule, 'id' | 'severity'>): string {
  const level = severity === 'error' ? 'warn' : 'deny';
  return `spec:\n  rules:\n    - id: ${id}\n      level: ${level} # or "off", info, warn, deny\n`;
}

/** The entry that lifts its findings for a time, as YAML of a ClusterPersona. */
export function formatExceptionExample({ id }: Pick<DocumentedRule, 'id'>): string {
  return (
    `spec:\n  exceptions:\n    - rule: ${id}\n      namespace: store # all where absent, as for persona and container\n      persona: shop\n` +
    '      reason: mended with release 2.0\n      until: "2030-06-30T00:00:00Z"\n'
  );
}

/** The severity, and the others that its findings may have. */
export function formatSeverity({
  severity,
  otherSeverities,
}: Pick<DocumentedRule, 'severity' | 'otherSeverities'>): string {
  return otherSeverities === '' ? severity : `${severity}; ${otherSeverities}`;
}
