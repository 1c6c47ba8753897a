// What has happened to personas, as items: how they were validated, and the Kubernetes Events about them.
import { fieldAt, fieldsOf, listOf } from '../api/foreign-fields.ts';
import { applicationPersonaKind, group } from '../api/group-version.ts';
import { countAt, findCount, sentenceAt, wordAt } from './foreign-words.ts';
import { readIdentity } from './item-identity.ts';
import type { OccurrenceItem, ValidationItem } from './items.ts';
import { maxItemIssues } from './limits.ts';

/** Of an ApplicationPersona; undefined where it was not validated yet, or is none. Never throws. */
export function toValidationItem(persona: unknown): ValidationItem | undefined {
  const identity = readIdentity(persona);
  const validation = fieldAt(persona, 'status', 'validation');
  const hasPassed = fieldAt(validation, 'passed');
  if (identity === undefined || typeof hasPassed !== 'boolean') return undefined;
  const issues = listOf(fieldAt(validation, 'issues'));
  return {
    kind: 'validation',
    ...identity,
    passed: hasPassed,
    issueCount: issues.length + countAt(validation, 'omitted'),
    severity: findWorst(issues),
    issues: issues.slice(0, maxItemIssues).map((issue) => ({
      severity: wordAt(issue, 'severity'),
      rule: wordAt(issue, 'rule'),
      field: wordAt(issue, 'field'),
      message: sentenceAt(issue, 'message'),
      suggestion: sentenceAt(issue, 'suggestion'),
    })),
    at: wordAt(validation, 'lastChecked'),
  };
}

const gravity = ['error', 'warning', 'info'] as const;

function findWorst(issues: readonly unknown[]): ValidationItem['severity'] {
  return gravity.find((one) => issues.some((issue) => fieldAt(issue, 'severity') === one)) ?? '';
}

/** The field selector that leaves little else than what {@link toOccurrenceItem} takes. */
export const occurrenceFieldSelector = `involvedObject.kind=${applicationPersonaKind}`;

/** Of an Event of core/v1 or events.k8s.io/v1; undefined for one that is not about an ApplicationPersona. Never throws. */
export function toOccurrenceItem(event: unknown): OccurrenceItem | undefined {
  const identity = readIdentity(event);
  if (identity === undefined) return undefined;
  const involved = {
    ...fieldsOf(fieldAt(event, 'involvedObject')),
    ...fieldsOf(fieldAt(event, 'regarding')),
  };
  const name = wordAt(involved, 'name');
  const isAbout =
    wordAt(involved, 'kind') === applicationPersonaKind &&
    wordAt(involved, 'apiVersion').startsWith(`${group}/`);
  if (!isAbout || name === '') return undefined;
  return {
    kind: 'occurrence',
    namespace: identity.namespace,
    name,
    eventName: identity.name,
    type: wordAt(event, 'type'),
    reason: wordAt(event, 'reason'),
    message: sentenceAt(event, 'message') || sentenceAt(event, 'note'),
    count: findTimes(event),
    at: findLastTime(event),
    resourceVersion: identity.resourceVersion,
  };
}

function findTimes(event: unknown): number {
  const counts = [
    findCount(event, 'count'),
    findCount(event, 'series', 'count'),
    findCount(event, 'deprecatedCount'),
  ];
  return Math.max(1, ...counts.filter((count) => count !== undefined));
}

function findLastTime(event: unknown): string {
  const places = [
    ['series', 'lastObservedTime'],
    ['lastTimestamp'],
    ['deprecatedLastTimestamp'],
    ['eventTime'],
    ['metadata', 'creationTimestamp'],
  ];
  return places.map((path) => wordAt(event, ...path)).find((time) => time !== '') ?? '';
}
