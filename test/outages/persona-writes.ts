// Every status that was ever written, from the API server's own record, and what has to be true of each.
import { isDeepStrictEqual } from 'node:util';
import type { AuditEntry } from '../cluster/audit.ts';
import type { PersonaStatus, SeenPersona } from './applications.ts';

/** One write that the API server has taken. */
export interface PersonaWrite {
  /** `namespace/name` */
  key: string;
  /** Milliseconds since the epoch: when it came in. */
  atMs: number;
  /** Who: the id of the token. */
  tokenId: string;
  persona: SeenPersona;
}

/** Writes of a persona's status that were taken, in their order. */
export function listPersonaWrites(entries: readonly AuditEntry[]): PersonaWrite[] {
  return entries
    .filter(({ objectRef, responseStatus, verb }) => {
      const isStatus = objectRef?.resource === 'applicationpersonas' && objectRef.subresource === 'status';
      return isStatus && verb === 'patch' && responseStatus?.code === 200;
    })
    .map((entry) => {
      const persona = entry.responseObject as SeenPersona;
      return {
        key: `${persona.metadata.namespace}/${persona.metadata.name}`,
        atMs: Date.parse(entry.requestReceivedTimestamp),
        tokenId: tokenIdOf(entry),
        persona,
      };
    });
}

/** The token that a request bore. */
export function tokenIdOf({ user }: AuditEntry): string {
  return (user.extra?.['authentication.kubernetes.io/credential-id']?.[0] ?? '').replace('JTI=', '');
}

/** What is wrong with any of the writes, in words; empty when all is well. The invariants are those of the API's conditions. */
export function findViolations(writes: readonly PersonaWrite[]): string[] {
  const last = new Map<string, PersonaWrite>();
  return writes.flatMap((write) => {
    const id = `${write.key} ${write.persona.metadata.uid}`;
    const before = last.get(id);
    last.set(id, write);
    const problems = [
      ...problemsOfOne(write.persona),
      ...(before === undefined ? [] : problemsOfTwo(before.persona.status, write.persona.status)),
    ];
    return problems.map((problem) => `${new Date(write.atMs).toISOString()} ${write.key}: ${problem}`);
  });
}

function problemsOfOne(persona: SeenPersona): string[] {
  const { metadata, status = {} } = persona;
  const { conditions = [], observedGeneration = 0 } = status;
  const isTrue = (type: string) => conditions.some((one) => one.type === type && one.status === 'True');
  const wrong: Record<string, boolean> = {
    'Ready is missing': !conditions.some(({ type }) => type === 'Ready'),
    'Ready is True, and so is something abnormal':
      isTrue('Ready') && (isTrue('Stalled') || isTrue('Reconciling')),
    'a generation was observed that is not there': observedGeneration > metadata.generation,
    'Ready without having seen the last spec': observedGeneration < metadata.generation && isTrue('Ready'),
    'validation.passed is missing': typeof status.validation?.passed !== 'boolean',
    'phase is missing': status.phase === undefined,
  };
  return Object.keys(wrong).filter((problem) => wrong[problem]);
}

function problemsOfTwo(before: PersonaStatus | undefined, after: PersonaStatus | undefined): string[] {
  const moved = (after?.conditions ?? []).filter((condition) => {
    const old = before?.conditions?.find(({ type }) => type === condition.type);
    if (old === undefined) return false;
    const hasFlipped = old.status !== condition.status;
    // Times are whole seconds: a flip within one shows none.
    return !hasFlipped && old.lastTransitionTime !== condition.lastTransitionTime;
  });
  return [
    ...moved.map(({ type }) => `${type} has another lastTransitionTime and the same status`),
    ...(isDeepStrictEqual(withoutTimes(before), withoutTimes(after)) ? ['nothing new was written'] : []),
  ];
}

function withoutTimes(value: unknown): unknown {
  const isTime = (key: string) => /^(last(Updated|Check|Checked|TransitionTime)|.*At)$/.test(key);
  return JSON.parse(JSON.stringify(value ?? null, (key, part: unknown) => (isTime(key) ? undefined : part)));
}
