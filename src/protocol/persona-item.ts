// An ApplicationPersona as an item.
import { fieldAt, listOf } from '../api/foreign-fields.ts';
import type { PersonaItem } from './items.ts';
import { countAt, findCount, ifAny, sentenceAt, wordAt } from './foreign-words.ts';
import { readIdentity } from './item-identity.ts';
import { toWholeObject, type ItemOptions } from './whole-object.ts';

/** The item of a foreign object; undefined where it has no name or no version. Never throws. */
export function toPersonaItem(
  object: unknown,
  { isWhole = false }: ItemOptions = {},
): PersonaItem | undefined {
  const identity = readIdentity(object);
  if (identity === undefined) return undefined;
  const whole = isWhole ? toWholeObject(object) : undefined;
  return {
    ...identity,
    appName: wordAt(object, 'spec', 'name'),
    type: wordAt(object, 'spec', 'type'),
    tier: wordAt(object, 'spec', 'tier'),
    ...readStatus(fieldAt(object, 'status')),
    ...ifAny('team', wordAt(object, 'spec', 'ownership', 'team')),
    ...ifAny('changedAt', wordAt(object, 'status', 'lastUpdated')),
    createdAt: wordAt(object, 'metadata', 'creationTimestamp'),
    ...(whole === undefined ? {} : { persona: whole }),
  };
}

type FromStatus = Pick<
  PersonaItem,
  'phase' | 'health' | 'ready' | 'reason' | 'message' | 'replicas' | 'issues' | 'argoCD'
>;

function readStatus(status: unknown): FromStatus {
  const ready = findCondition(status, 'Ready');
  return {
    phase: wordAt(status, 'phase'),
    health: wordAt(status, 'health', 'status'),
    ...ifAny('ready', wordAt(ready, 'status')),
    ...ifAny('reason', wordAt(ready, 'reason')),
    ...ifAny('message', findTrouble(status)),
    ...ifAny('replicas', formatReplicas(fieldAt(status, 'health', 'replicas'))),
    ...readIssues(fieldAt(status, 'validation')),
    ...readArgoCD(fieldAt(status, 'argoCD')),
  };
}

/** More conditions no object has; the rest is not looked at. */
const maxConditions = 100;

function findCondition(status: unknown, type: string): unknown {
  return listOf(fieldAt(status, 'conditions'))
    .slice(0, maxConditions)
    .find((condition) => fieldAt(condition, 'type') === type);
}

/** The message of the first condition that does not hold; readiness hurts most. */
function findTrouble(status: unknown): string {
  const wrong = ['Ready', 'Validated', 'ArgoCDSynced']
    .map((type) => findCondition(status, type))
    .find((condition) => condition !== undefined && fieldAt(condition, 'status') !== 'True');
  return sentenceAt(wrong, 'message');
}

function formatReplicas(replicas: unknown): string {
  const desired = findCount(replicas, 'desired');
  return desired === undefined ? '' : `${countAt(replicas, 'ready')}/${desired}`;
}

function readIssues(validation: unknown): Pick<PersonaItem, 'issues'> {
  if (typeof fieldAt(validation, 'passed') !== 'boolean') return {};
  const listed = listOf(fieldAt(validation, 'issues'));
  const count = (severity: string) =>
    listed.filter((issue) => fieldAt(issue, 'severity') === severity).length;
  const issues = { errors: count('error'), warnings: count('warning'), infos: count('info') };
  // What a list has no room for is counted in words only: gravest come first, so that these may be any.
  const omitted = countAt(validation, 'omitted');
  if (omitted === 0) return { issues };
  const summary = wordAt(validation, 'summary');
  const said = (word: string) => Number(new RegExp(`(\\d{1,9}) ${word}`).exec(summary)?.[1] ?? 0);
  return {
    issues: {
      errors: Math.max(issues.errors, said('error')),
      warnings: Math.max(issues.warnings, said('warning')),
      infos: Math.max(issues.infos, said('note')),
    },
  };
}

function readArgoCD(argoCD: unknown): Pick<PersonaItem, 'argoCD'> {
  const [sync, health] = [wordAt(argoCD, 'syncStatus'), wordAt(argoCD, 'healthStatus')];
  return sync === '' && health === '' ? {} : { argoCD: { sync, health } };
}
