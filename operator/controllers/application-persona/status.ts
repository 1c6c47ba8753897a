// Writes the status of a persona: this controller's fields alone, once for each thing that is to be said.
import { applicationConditions, readyReasons } from '../../../src/api/conditions.ts';
import type { ApplicationPersonaStatus } from '../../../src/api/personas.ts';
import { applyStatus } from '../../../src/kube/apply-status.ts';
import type { KubeClient } from '../../../src/kube/client.ts';
import { KubeError } from '../../../src/kube/kube-error.ts';
import { resources } from '../../../src/kube/resources.ts';
import { toParagraph } from '../../../src/status/plain-text.ts';
import type { SeenStatus } from '../../../src/status/seen-status.ts';
import { digestPart } from '../../../src/status/status-digest.ts';
import { openStatus, projectPersona, type WatchedPersona } from '../../watched/personas.ts';

/** Owns this controller's fields; other owners of the status have names of their own. */
export const fieldManager = 'dorgu-operator';

/** How a write ended. `stale`: the persona has changed meanwhile; `refused`: what was to be said is not taken, `message` says why. */
export type StatusWrite =
  | { outcome: 'written'; persona: WatchedPersona }
  | { outcome: 'stale' }
  | { outcome: 'gone' }
  | { outcome: 'refused'; message: string; persona: WatchedPersona | undefined }
  /** The same was refused before: nothing was sent. */
  | { outcome: 'known' };

/** Remembers what was refused, so that it is asked once. */
export interface StatusWriter {
  /** @throws KubeError for what may pass: the key waits and comes again */
  write(
    key: string,
    persona: WatchedPersona,
    status: ApplicationPersonaStatus,
    signal: AbortSignal,
  ): Promise<StatusWrite>;
  forget(key: string): void;
}

/** A writer for a client. */
export function createStatusWriter(client: KubeClient): StatusWriter {
  const refusals = new Map<string, string>();
  const send = async (persona: WatchedPersona, status: object, signal: AbortSignal) =>
    projectPersona(
      await applyStatus(client, resources.applicationPersonas, persona, status, { fieldManager, signal }),
    );
  return {
    async write(key, persona, status, signal) {
      const digest = digestPart(status);
      if (refusals.get(key) === digest) return { outcome: 'known' };
      try {
        const written = await send(persona, status, signal);
        refusals.delete(key);
        return { outcome: 'written', persona: written };
      } catch (error) {
        const end = readEnd(error);
        if (end === undefined) throw error;
        if (end.outcome !== 'refused') return end;
        const shorter = toRefused(status, openStatus(persona), end.message);
        const shortened = await send(persona, shorter, signal).catch(ignoreRefusal);
        refusals.set(key, digest);
        return { ...end, persona: shortened };
      }
    },
    forget: (key) => void refusals.delete(key),
  };
}

/** Undefined for what may pass. */
function readEnd(
  error: unknown,
): { outcome: 'stale' } | { outcome: 'gone' } | { outcome: 'refused'; message: string } | undefined {
  if (!(error instanceof KubeError)) return undefined;
  if (error.httpStatus === 409) return { outcome: 'stale' };
  if (error.httpStatus === 404 && error.code === 'NotFound') return { outcome: 'gone' };
  if (error.httpStatus === 422 || error.httpStatus === 413)
    return { outcome: 'refused', message: error.message };
  return undefined;
}

/**
 * What an API server that does not take the status may take all the same: phase and verdict, that it was refused, and the history that stands there
 * already, because what is not applied again is taken away.
 */
function toRefused(
  { observedGeneration, phase, validation, conditions = [] }: ApplicationPersonaStatus,
  { deployments }: SeenStatus,
  said: string,
): ApplicationPersonaStatus {
  return {
    ...(deployments === undefined ? {} : { deployments }),
    validation: { passed: validation?.passed ?? false },
    ...(observedGeneration === undefined ? {} : { observedGeneration }),
    ...(phase === undefined ? {} : { phase }),
    conditions: conditions.map((condition) =>
      condition.type === applicationConditions.ready
        ? {
            ...condition,
            status: 'Unknown',
            reason: readyReasons.statusRefused,
            message: toParagraph(`the API server does not take this status: ${said}`, 1000),
          }
        : condition,
    ),
  };
}

/** Neither taken: the log and the Event have said it. */
function ignoreRefusal(error: unknown): undefined {
  if (readEnd(error) === undefined) throw error;
  return undefined;
}
