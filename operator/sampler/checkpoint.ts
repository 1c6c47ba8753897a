// What was learnt, kept in ConfigMaps of the operator's own namespace: two sets of them, written in turns, so that one is always whole.
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { fieldAt, textOf } from '../../src/api/foreign-fields.ts';
import type { KubeClient } from '../../src/kube/client.ts';
import { KubeError } from '../../src/kube/kube-error.ts';
import { pathOf, resources } from '../../src/kube/resources.ts';
import type { Permission } from '../manager/permission.ts';
import type { Remembered } from './knowledge.ts';

/** How many ConfigMaps a set may have: 7 MiB, zipped. */
export const mapsOfSet = 8;
const setCount = 2;
/** Of one ConfigMap; the API server takes 1 MiB. */
const mapBytes = 900 * 1024;
/** Zipped bytes of others could be anything. */
const mostBytes = 128 * 1024 * 1024;
const requestTimeoutMs = 5000;
const format = '1';

/** Owns them. */
export const fieldManager = 'dorgu-operator-metrics';

const nameOf = (set: number, part: number): string => `dorgu-learned-${set * mapsOfSet + part}`;

export const checkpointPermissions: readonly Permission[] = [
  {
    group: '',
    resource: resources.configMaps.plural,
    verbs: ['get', 'create', 'patch'],
    names: Array.from({ length: setCount * mapsOfSet }, (_, index) => nameOf(0, index)),
    isOwnNamespace: true,
    why: 'keeps what it has learnt of use over a restart',
  },
];

/** Where it is kept. */
export interface CheckpointPlace {
  /** Its writes need the lead. */
  client: KubeClient;
  namespace: string;
}

/** What was found. */
export interface FoundCheckpoint {
  remembered: Remembered | undefined;
  /** What is wrong with what was found instead, one line each. */
  problems: readonly string[];
}

/** Reads the newest whole set, and writes the other one. */
export class Checkpoint {
  readonly #place: CheckpointPlace;
  /** The one to write next. */
  #nextSet = 0;
  #digest = '';

  constructor(place: CheckpointPlace) {
    this.#place = place;
  }

  /** The newest that is whole. @throws KubeError where nothing can be read at all */
  async read(signal: AbortSignal): Promise<FoundCheckpoint> {
    const heads = await Promise.all(
      Array.from({ length: setCount }, (_, set) => this.#readMap(set, 0, signal)),
    );
    const known = heads
      .map((head, set) => ({ head, set, writtenMs: Number(textOf(fieldAt(head, 'data', 'writtenMs'))) }))
      .filter(({ head }) => head !== undefined)
      .sort((left, right) => right.writtenMs - left.writtenMs);
    const problems: string[] = [];
    for (const { head, set } of known) {
      const found = await this.#readSet(set, head, signal);
      if (typeof found !== 'string') {
        this.#nextSet = (set + 1) % setCount;
        return { remembered: found, problems };
      }
      problems.push(`${nameOf(set, 0)}: ${found}`);
    }
    return { remembered: undefined, problems };
  }

  /**
   * Writes where it says something new; the number of bytes, 0 where nothing was to be written.
   * @throws KubeError; RangeError for more than a set holds
   */
  async write(remembered: Remembered, nowMs: number, signal: AbortSignal): Promise<number> {
    const bytes = await promisify(gzip)(pack(remembered));
    const digest = digestOf(bytes);
    if (digest === this.#digest) return 0;
    const parts = Math.max(1, Math.ceil(bytes.length / mapBytes));
    if (parts > mapsOfSet)
      throw new RangeError(`expected at most ${mapsOfSet} parts of ${mapBytes} bytes, found ${parts}`);
    const data = { format, digest, parts: String(parts), writtenMs: String(nowMs) };
    // The first one last: it says which others belong to it.
    for (let part = parts - 1; part >= 0; part -= 1) {
      const slice = bytes.subarray(part * mapBytes, (part + 1) * mapBytes);
      await this.#writeMap(this.#nextSet, part, { ...data, part: String(part) }, slice, signal);
    }
    this.#nextSet = (this.#nextSet + 1) % setCount;
    this.#digest = digest;
    return bytes.length;
  }

  /** What was learnt, or what is wrong. */
  async #readSet(set: number, head: unknown, signal: AbortSignal): Promise<Remembered | string> {
    const parts = Number(textOf(fieldAt(head, 'data', 'parts')));
    const digest = textOf(fieldAt(head, 'data', 'digest'));
    if (fieldAt(head, 'data', 'format') !== format) return 'it is of another format';
    if (!(parts >= 1 && parts <= mapsOfSet)) return 'it does not say how many parts it has';
    const maps = [head];
    for (let part = 1; part < parts; part += 1) maps.push(await this.#readMap(set, part, signal));
    const slices = maps.map((map) => Buffer.from(textOf(fieldAt(map, 'binaryData', 'learned')), 'base64'));
    const bytes = Buffer.concat(slices);
    if (digestOf(bytes) !== digest) return 'its parts do not belong together';
    try {
      const found = unpack(await promisify(gunzip)(bytes, { maxOutputLength: mostBytes }));
      this.#digest = digest;
      return found;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  async #readMap(set: number, part: number, signal: AbortSignal): Promise<unknown> {
    const { client } = this.#place;
    try {
      const path = this.#pathOf(set, part);
      return (await client.request({ method: 'GET', path, signal, timeoutMs: requestTimeoutMs })).body;
    } catch (error) {
      if (error instanceof KubeError && error.httpStatus === 404) return undefined;
      throw error;
    }
  }

  async #writeMap(
    set: number,
    part: number,
    data: Record<string, string>,
    bytes: Buffer,
    signal: AbortSignal,
  ): Promise<void> {
    const labels = { 'app.kubernetes.io/name': 'dorgu-operator' };
    await this.#place.client.request({
      method: 'PATCH',
      path: this.#pathOf(set, part),
      query: { fieldManager, force: true },
      contentType: 'application/apply-patch+yaml',
      body: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: nameOf(set, part), labels },
        data,
        binaryData: { learned: bytes.toString('base64') },
      },
      signal,
      timeoutMs: requestTimeoutMs,
    });
  }

  #pathOf(set: number, part: number): string {
    return pathOf(resources.configMaps, { namespace: this.#place.namespace, name: nameOf(set, part) });
  }
}

function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('base64url');
}

/** Each piece with its length before it. */
function pack({ chunks, coverage, kills }: Remembered): Buffer {
  const pieces = [Buffer.from(coverage), Buffer.from(kills), ...chunks];
  return Buffer.concat(
    pieces.flatMap((piece) => {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(piece.length);
      return [length, piece];
    }),
  );
}

/** @throws RangeError for what was not packed */
function unpack(bytes: Buffer): Remembered {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + 4 + bytes.readUInt32LE(at);
    if (end > bytes.length) throw new RangeError('expected more bytes');
    pieces.push(bytes.subarray(at + 4, end));
    at = end;
  }
  const [coverage, kills, ...chunks] = pieces;
  if (coverage === undefined || kills === undefined) throw new RangeError('expected two pieces at least');
  return { coverage: coverage.toString(), kills: kills.toString(), chunks };
}
