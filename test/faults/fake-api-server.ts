// An API server with storage, of one collection or a few, on loopback: lists in pages, WatchLists, watches, status apply, faults.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FakeWatch } from './fake-watch.ts';
import type { ObjectStorage, StoredObject } from './object-storage.ts';
import { toFailure, type RequestFault, type StreamFault } from './request-faults.ts';

/** Which requests a fault is for. */
export type RequestKind = 'list' | 'watch' | 'any';

/** How it serves, where nothing is scripted. */
export interface FakeBehaviour {
  /** What a server without WatchList does: says so with 422, or begins a plain watch; by default it knows it. */
  watchList?: 'refused' | 'ignored';
  /** Time between bookmarks, and the life of a watch. */
  bookmarkMs?: number;
  lifeMs?: number;
  /** Further collections, by the last word of their path; whatever else is asked for is the first one. */
  others?: ReadonlyMap<string, ObjectStorage>;
}

type CutOrStall = Extract<RequestFault, { kind: 'cut' | 'stall' }>;

/**
 * One server. Each has a port of its own: Node accepts one connection a turn and port, and many impatient clients of one port would all be
 * gone before their turn comes.
 */
export class FakeApiServer {
  readonly storage: ObjectStorage;
  /** `list ?limit=500`, `watch ?…`, in their order. */
  readonly requests: string[] = [];
  readonly #server: Server;
  readonly #behaviour: FakeBehaviour;
  readonly #faults: { fault: RequestFault; kind: RequestKind }[] = [];
  readonly #watches = new Set<FakeWatch>();

  private constructor(storage: ObjectStorage, behaviour: FakeBehaviour) {
    this.storage = storage;
    this.#behaviour = behaviour;
    this.#server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://host');
      if (request.method === 'PATCH') void this.#applyStatus(request, url, response);
      else this.#read(url, response);
    });
  }

  /** Starts one. */
  static async start(storage: ObjectStorage, behaviour: FakeBehaviour = {}): Promise<FakeApiServer> {
    const started = new FakeApiServer(storage, behaviour);
    await new Promise<void>((done) => started.#server.listen(0, '127.0.0.1', done));
    return started;
  }

  /** http://127.0.0.1:port */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The next request of this kind, for which no earlier fault is left, meets it. */
  inject(fault: RequestFault, kind: RequestKind = 'any', times = 1): void {
    for (let count = 0; count < times; count++) this.#faults.push({ fault, kind });
  }

  /** All watches that run meet it now. */
  disturb(fault: StreamFault): void {
    for (const watch of [...this.#watches]) watch.suffer(fault);
  }

  /** No fault is left; streams that suffer still do. */
  heal(): void {
    this.#faults.length = 0;
  }

  get watches(): number {
    return this.#watches.size;
  }

  async stop(): Promise<void> {
    for (const watch of this.#watches) watch.stop();
    const closed = new Promise<void>((done) => this.#server.close(() => done()));
    this.#server.closeAllConnections();
    await closed;
  }

  #read(url: URL, response: ServerResponse): void {
    const kind = url.searchParams.has('watch') ? 'watch' : 'list';
    this.requests.push(`${kind} ${url.search}`);
    const fault = this.#takeFault(kind);
    const serve = (limit?: CutOrStall) =>
      kind === 'watch' ? this.#watch(url, response, limit) : this.#list(url, response, limit);
    switch (fault?.kind) {
      case undefined:
        serve();
        break;
      case 'answer':
        refuse(fault, response);
        break;
      case 'reset':
        response.socket?.destroy();
        break;
      case 'late':
        setTimeout(serve, fault.ms);
        break;
      case 'silence':
        break;
      default:
        serve(fault);
    }
  }

  #storageOf({ pathname }: URL): ObjectStorage {
    const plural = pathname.slice(pathname.lastIndexOf('/') + 1);
    return this.#behaviour.others?.get(plural) ?? this.storage;
  }

  #takeFault(wanted: RequestKind): RequestFault | undefined {
    const index = this.#faults.findIndex(({ kind }) => kind === 'any' || kind === wanted);
    return this.#faults.splice(index, index < 0 ? 0 : 1)[0]?.fault;
  }

  #list(url: URL, response: ServerResponse, limit?: CutOrStall): void {
    const { searchParams } = url;
    const size = Number(searchParams.get('limit') ?? Infinity);
    const page = this.#storageOf(url).page(size, searchParams.get('continue') ?? undefined, toFilter(url));
    if (page === 'expired') {
      refuse({ status: 410, reason: 'Expired' }, response);
      return;
    }
    const metadata = {
      resourceVersion: String(page.revision),
      ...(page.token === undefined ? {} : { continue: page.token, remainingItemCount: page.remaining }),
    };
    const bytes = Buffer.from(
      JSON.stringify({ kind: 'List', apiVersion: 'v1', metadata, items: page.items }),
    );
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
    response.write(bytes.subarray(0, limit?.afterBytes));
    if (limit === undefined) response.end();
    else if (limit.kind === 'cut') setImmediate(() => response.socket?.destroySoon());
  }

  #watch(url: URL, response: ServerResponse, limit?: CutOrStall): void {
    const { watchList, bookmarkMs = 60_000, lifeMs = 300_000 } = this.#behaviour;
    const isList = url.searchParams.has('sendInitialEvents');
    if (isList && watchList === 'refused') {
      refuse({ status: 422, reason: 'Invalid' }, response);
      return;
    }
    const version = url.searchParams.get('resourceVersion');
    const watch = new FakeWatch(this.#storageOf(url), response, {
      from: version === null ? undefined : Number(version),
      isListEnded: isList && watchList !== 'ignored',
      fits: toFilter(url),
      bookmarkMs,
      lifeMs,
      limit: limit && { bytes: limit.afterBytes, then: limit.kind === 'cut' ? 'reset' : 'stall' },
    });
    this.#watches.add(watch);
    response.once('close', () => this.#watches.delete(watch));
    watch.start();
  }

  async #applyStatus(request: IncomingMessage, url: URL, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const [, namespace = '', name = ''] =
      /\/namespaces\/([^/]+)\/[^/]+\/([^/]+)\/status$/.exec(url.pathname) ?? [];
    const { status = {} } = JSON.parse(Buffer.concat(chunks).toString()) as {
      status?: Record<string, unknown>;
    };
    const manager = url.searchParams.get('fieldManager') ?? '';
    const applied = this.storage.applyStatus(`${namespace}/${name}`, manager, status);
    if (applied === undefined) refuse({ status: 404, reason: 'NotFound' }, response);
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(applied));
  }
}

function toFilter({ pathname }: URL): (object: StoredObject) => boolean {
  const [, namespace] = /\/namespaces\/([^/]+)\//.exec(pathname) ?? [];
  return ({ metadata }) => namespace === undefined || metadata.namespace === namespace;
}

function refuse(
  { status, reason, retryAfterSeconds, html }: Omit<Extract<RequestFault, { kind: 'answer' }>, 'kind'>,
  response: ServerResponse,
): void {
  response.writeHead(status, {
    'content-type': html === undefined ? 'application/json' : 'text/html',
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
  });
  response.end(html ?? JSON.stringify(toFailure(status, reason, retryAfterSeconds)));
}
