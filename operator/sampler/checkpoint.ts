// What was learnt, kept in ConfigMaps of the operator's own namespace: two sets of them, written in turns, so that one is always whole.
import { fieldAt, textOf } from '../../src/api/foreign-fields.ts';
import type { KubeClient } from '../../src/kube/client.ts';
import { KubeError } from '../../src/kube/kube-error.ts';
import { pathOf, resources } from '../../src/kube/resources.ts';
import type { Permission } from '../manager/permission.ts';
import { digestOf, unzipPieces, zipPieces } from './checkpoint-bytes.ts';
import type { Remembered, Remembering } from './knowledge.ts';

/** How many ConfigMaps a set may have: 21 MiB, zipped, as much as 15,000 workloads of two containers and two pods fill in eight days. */
export const mapsOfSet = 24;
const setCount = 2;
/** Of one ConfigMap; the API server takes 1 MiB. */
const mapBytes = 900 * 1024;
const requestTimeoutMs = 5000;
const format = '2';

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

/** What was written. */
export interface WrittenCheckpoint {
  /** Zipped, sent this time; 0 where nothing was new. */
  bytes: number;
  /** False where the days before today do not fit. */
  isWhole: boolean;
}

/** The days before today, as they stand in a set. */
interface Past {
  version: string;
  digest: string;
  parts: number;
}

const noPast: Past = { version: '', digest: '', parts: 0 };

/**
 * Reads the newest whole set, and writes the other one. Today's half has the first ConfigMaps of a set, the days before have the last ones, from the
 * end: those are written again only where they have changed.
 */
export class Checkpoint {
  readonly #place: CheckpointPlace;
  /** The one to write next. */
  #nextSet = 0;
  /** Of what was read or written last. */
  #digest = '';
  readonly #pasts = new Map<number, Past>();

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
   * Writes where it says something new.
   * @throws KubeError; RangeError where a day is more than a set holds
   */
  async write(remembering: Remembering, nowMs: number, signal: AbortSignal): Promise<WrittenCheckpoint> {
    const { coverage, kills, pastVersion } = remembering;
    const set = this.#nextSet;
    const chunks = await remembering.today();
    const whole = await zipPieces([coverage, kills], chunks);
    const digest = `${digestOf(whole)} ${pastVersion}`;
    if (digest === this.#digest) return { bytes: 0, isWhole: true };
    const { past, bytes } = await this.#writePast(set, remembering, whole.length, signal);
    // What is not kept is asked for again.
    const today = past === undefined ? await zipPieces(['', kills], chunks) : whole;
    await this.#writeToday(set, today, past ?? noPast, nowMs, signal);
    this.#nextSet = (set + 1) % setCount;
    this.#digest = digest;
    return { bytes: bytes + today.length, isWhole: past !== undefined };
  }

  /** Undefined where it does not fit beside today. */
  async #writePast(
    set: number,
    { past, pastVersion: version }: Remembering,
    todayBytes: number,
    signal: AbortSignal,
  ): Promise<{ past: Past | undefined; bytes: number }> {
    const known = this.#pasts.get(set);
    if (known?.version === version) return { past: known, bytes: 0 };
    const bytes = await zipPieces([], await past());
    const slices = cut(bytes);
    if (slices.length + countParts(todayBytes) > mapsOfSet) return { past: undefined, bytes: 0 };
    const digest = digestOf(bytes);
    if (known?.digest !== digest) {
      // Until the last one of them is written they belong to nothing.
      this.#pasts.delete(set);
      for (const [at, slice] of slices.entries())
        await this.#writeMap(set, pastPart(at), { format, digest, part: `past ${at}` }, slice, signal);
    }
    const written = { version, digest, parts: slices.length };
    this.#pasts.set(set, written);
    return { past: written, bytes: known?.digest === digest ? 0 : bytes.length };
  }

  async #writeToday(
    set: number,
    bytes: Buffer,
    past: Past,
    nowMs: number,
    signal: AbortSignal,
  ): Promise<void> {
    const slices = cut(bytes);
    if (slices.length > mapsOfSet)
      throw new RangeError(
        `expected at most ${mapsOfSet} parts of ${mapBytes} bytes, found ${slices.length}`,
      );
    const data = {
      format,
      digest: digestOf(bytes),
      parts: String(slices.length),
      pastDigest: past.digest,
      pastParts: String(past.parts),
      writtenMs: String(nowMs),
    };
    // The first one last: it says which others belong to it.
    for (const [part, slice] of [...slices.entries()].reverse())
      await this.#writeMap(set, part, { ...data, part: String(part) }, slice, signal);
  }

  /** What was learnt, or what is wrong. */
  async #readSet(set: number, head: unknown, signal: AbortSignal): Promise<Remembered | string> {
    const written = readHead(head);
    if (typeof written === 'string') return written;
    const rest = Array.from({ length: written.parts - 1 }, (_, at) => at + 1);
    const today = join([head, ...(await this.#readMaps(set, rest, signal))]);
    const pastMaps = Array.from({ length: written.pastParts }, (_, at) => pastPart(at));
    const past = join(await this.#readMaps(set, pastMaps, signal));
    const isPastWhole = written.pastParts === 0 || digestOf(past) === written.pastDigest;
    if (digestOf(today) !== written.digest || !isPastWhole) return 'its parts do not belong together';
    try {
      const older = written.pastParts === 0 ? [] : await unzipPieces(past);
      const [coverage, kills, ...chunks] = await unzipPieces(today);
      if (coverage === undefined || kills === undefined) return 'expected two pieces at least';
      return { coverage: coverage.toString(), kills: kills.toString(), chunks: [...older, ...chunks] };
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  async #readMaps(set: number, parts: readonly number[], signal: AbortSignal): Promise<unknown[]> {
    const maps: unknown[] = [];
    for (const part of parts) maps.push(await this.#readMap(set, part, signal));
    return maps;
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

/** Which ConfigMap of a set has which part of the past. */
function pastPart(at: number): number {
  return mapsOfSet - 1 - at;
}

function countParts(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / mapBytes));
}

function cut(bytes: Buffer): Buffer[] {
  return Array.from({ length: countParts(bytes.length) }, (_, part) =>
    bytes.subarray(part * mapBytes, (part + 1) * mapBytes),
  );
}

interface Head {
  digest: string;
  parts: number;
  pastDigest: string;
  pastParts: number;
}

/** What the first ConfigMap of a set says of the others, or what is wrong with it. */
function readHead(map: unknown): Head | string {
  const text = (field: string) => textOf(fieldAt(map, 'data', field));
  if (text('format') !== format) return 'it is of another format';
  const [parts, pastParts] = [Number(text('parts')), Number(text('pastParts'))];
  // Not a number is neither.
  if (!(parts >= 1 && pastParts >= 0 && parts + pastParts <= mapsOfSet))
    return 'it does not say how many parts it has';
  return { digest: text('digest'), parts, pastDigest: text('pastDigest'), pastParts };
}

function join(maps: readonly unknown[]): Buffer {
  return Buffer.concat(
    maps.map((map) => Buffer.from(textOf(fieldAt(map, 'binaryData', 'learned')), 'base64')),
  );
}
