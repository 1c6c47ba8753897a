// Writes one owner's part of a persona's status: while leading, once for each thing to say, known again when the watch brings it back.
import { applyStatus } from '../../src/kube/apply-status.ts';
import type { KubeClient } from '../../src/kube/client.ts';
import { KubeError } from '../../src/kube/kube-error.ts';
import { resources } from '../../src/kube/resources.ts';
import { digestPart } from '../../src/status/status-digest.ts';
import type { Leadership } from '../manager/leadership.ts';
import { createOwnWrites, type OwnWrites } from './own-writes.ts';
import { projectPersona, type WatchedPersona } from './personas.ts';

/** After a persona that has changed while it was judged: its own change is on the way, and wakes the key as well. */
export const stalePauseMs = 100;

/**
 * How a write ended. `stale`: another object bears the name by now, or it has changed meanwhile; `gone`: none does; `refused`: it is not taken, `message` says why, and `persona`
 * is what stands where something shorter was taken; `known`: the same was refused before, and nothing was sent.
 */
export type PartWrite =
  | { outcome: 'written'; persona: WatchedPersona }
  | { outcome: 'refused'; message: string; persona: WatchedPersona | undefined }
  | { outcome: 'stale' | 'gone' | 'known' };

/** What it writes with. */
export interface PartWriterParts<T extends object> {
  client: KubeClient;
  leadership: Leadership;
  /** Owns the fields of this part; other owners of the status have names of their own. */
  fieldManager: string;
  /** The persona as the watch has brought it by now. */
  find: (key: string) => WatchedPersona | undefined;
  /** The key has to be looked at again: what was taken for an echo of a write was none. */
  wake: (key: string) => void;
  /** A persona that has changed since it was judged is not written either. */
  isExact?: boolean;
  /** What of a part a refusal is about; all of it unless something is given. */
  toSaying?: (part: T) => unknown;
  /** What may be taken instead of a part that is not. */
  shorten?: (part: T, persona: WatchedPersona, message: string) => T;
}

/** Keeps what it has written until the watch brings it, and what was refused, so that it is asked once. */
export interface PartWriter<T extends object> extends Pick<OwnWrites, 'latest' | 'isEcho' | 'forget'> {
  /** @throws KubeError for what may pass: the key waits and comes again */
  write(key: string, persona: WatchedPersona, part: T, signal: AbortSignal): Promise<PartWrite>;
}

/** A writer that has written nothing. */
export function createPartWriter<T extends object>(parts: PartWriterParts<T>): PartWriter<T> {
  const ownWrites = createOwnWrites();
  const refusals = new Map<string, string>();
  return {
    latest: (key, cached) => ownWrites.latest(key, cached),
    isEcho: (key, cached, previous) => ownWrites.isEcho(key, cached, previous),
    forget: (key) => {
      ownWrites.forget(key);
      refusals.delete(key);
    },
    async write(key, persona, part, signal) {
      const digest = digestPart(parts.toSaying === undefined ? part : parts.toSaying(part));
      if (refusals.get(key) === digest) return { outcome: 'known' };
      const leading = AbortSignal.any([signal, parts.leadership.requireLeading()]);
      let end: PartWrite | undefined;
      ownWrites.begin(key);
      try {
        end = await send(parts, persona, part, leading);
      } finally {
        const written = end !== undefined && 'persona' in end ? end.persona : undefined;
        if (ownWrites.end(key, written, parts.find(key))) parts.wake(key);
      }
      if (end.outcome === 'written') refusals.delete(key);
      if (end.outcome === 'refused') refusals.set(key, digest);
      return end;
    },
  };
}

async function send<T extends object>(
  parts: PartWriterParts<T>,
  persona: WatchedPersona,
  part: T,
  signal: AbortSignal,
): Promise<PartWrite> {
  const end = await apply(parts, persona, part, signal);
  if (end.outcome !== 'refused' || parts.shorten === undefined) return end;
  const shorter = await apply(parts, persona, parts.shorten(part, persona, end.message), signal);
  return { ...end, persona: 'persona' in shorter ? shorter.persona : undefined };
}

async function apply(
  {
    client,
    fieldManager,
    isExact = false,
  }: Pick<PartWriterParts<object>, 'client' | 'fieldManager' | 'isExact'>,
  { namespace, name, uid, resourceVersion }: WatchedPersona,
  part: object,
  signal: AbortSignal,
): Promise<PartWrite> {
  const target = { namespace, name, uid, ...(isExact ? { resourceVersion } : {}) };
  const options = { fieldManager, signal };
  try {
    const written = await applyStatus(client, resources.applicationPersonas, target, part, options);
    return { outcome: 'written', persona: projectPersona(written) };
  } catch (error) {
    const end = readEnd(error);
    if (end === undefined) throw error;
    return end;
  }
}

/** Undefined for what may pass. */
function readEnd(error: unknown): PartWrite | undefined {
  if (!(error instanceof KubeError)) return undefined;
  if (error.httpStatus === 409) return { outcome: 'stale' };
  // A subresource that is not served is another matter, and may be mended.
  if (error.httpStatus === 404 && error.code === 'NotFound') return { outcome: 'gone' };
  if (error.httpStatus === 422 || error.httpStatus === 413)
    return { outcome: 'refused', message: error.message, persona: undefined };
  return undefined;
}
