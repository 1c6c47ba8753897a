// What can be said of a rule for people: its place in a ClusterPersona, for `explain` and docs/reference/rules.md.
import { findNearest } from '../api/nearest-word.ts';
import type { Rule } from './rule.ts';
import { rules } from './rules.ts';

/** What each family is about, in the order of the rules. */
export const familyTitles: ReadonlyMap<string, string> = new Map([
  ['security', 'how containers run, and where their images come from'],
  ['resources', 'what containers ask for and are held to'],
  ['scaling', 'how many replicas there are, and what moves their number'],
  ['health', 'how the kubelet asks whether a container lives and is ready'],
  ['availability', 'what is left when a node goes'],
  ['rollout', 'how a new version replaces the old one'],
  ['network', 'where the application listens'],
  ['image', 'what image is run'],
  ['identity', 'what a workload says it is'],
  ['secrets', 'what must not stand in a manifest'],
]);

/** `security` of `security/run-as-non-root`. */
export function familyOf({ id }: Pick<Rule, 'id'>): string {
  return id.slice(0, id.indexOf('/'));
}

/** The rules that a word names: one by its id, a family by `security` or `security/*`; empty where there is none. */
export function findRules(word: string): readonly Rule[] {
  const family = word.replace(/(?:\/\*?)?$/, '');
  return rules.filter((rule) => rule.id === word || familyOf(rule) === family);
}

/** The nearest id or family to a word that names none; the name alone is enough: `run-as-root` of `security/run-as-root-uid`. */
export function findNearestRule(word: string): string | undefined {
  const names = rules.map(({ id }) => [id.slice(id.indexOf('/') + 1), id] as const);
  const byName = names.find(([name]) => name === word)?.[1];
  const near = findNearest(word, [...rules.map(({ id }) => id), ...familyTitles.keys()]);
  const nearName = findNearest(
    word,
    names.map(([name]) => name),
  );
  return byName ?? near ?? names.find(([name]) => name === nearName)?.[1];
}

/** The entry that sets what the rule counts for, as YAML of a ClusterPersona. */
export function formatLevelExample({ id, severity }: Pick<Rule, 'id' | 'severity'>): string {
  const level = severity === 'error' ? 'warn' : 'deny';
  return `spec:\n  rules:\n    - id: ${id}\n      level: ${level} # or "off", info, warn, deny\n`;
}

/** The entry that lifts its findings for a time, as YAML of a ClusterPersona. */
export function formatExceptionExample({ id }: Pick<Rule, 'id'>): string {
  return (
    `spec:\n  exceptions:\n    - rule: ${id}\n      namespace: store # all where absent, as for persona and container\n      persona: shop\n` +
    '      reason: mended with release 2.0\n      until: "2030-06-30T00:00:00Z"\n'
  );
}

/** The severity, and the others that its findings may have. */
export function formatSeverity({
  severity,
  otherSeverities,
}: Pick<Rule, 'severity' | 'otherSeverities'>): string {
  return otherSeverities === '' ? severity : `${severity}; ${otherSeverities}`;
}
