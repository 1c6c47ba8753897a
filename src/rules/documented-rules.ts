// Every rule that a report may name, and the families that they belong to.
import { invalidPersona, missingPersona, unknownField, unreadable } from './asked-first.ts';
import type { DocumentedRule } from './rule.ts';
import { rules } from './rules.ts';

/** What each family is about, in the order of the rules. */
export const familyTitles: ReadonlyMap<string, string> = new Map([
  ['manifest', 'whether a file says anything'],
  ['persona', 'whether a persona is one'],
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
export function familyOf({ id }: Pick<DocumentedRule, 'id'>): string {
  return id.slice(0, id.indexOf('/'));
}

const families = [...familyTitles.keys()];

/** Those of the engine and those that are asked before it, family by family; ids are unique. */
export const documentedRules: readonly DocumentedRule[] = [
  unreadable,
  invalidPersona,
  unknownField,
  ...rules,
  missingPersona,
].toSorted((left, right) => families.indexOf(familyOf(left)) - families.indexOf(familyOf(right)));
