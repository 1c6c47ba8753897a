// The door to an API server, as everything above sees it: requests with JSON, errors with the server's own words.
import type { WebSocket } from 'ws';

/** One request. */
export interface KubeRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Without host and query: `/apis/dorgu.io/v1/namespaces/shop/applicationpersonas/web`, segments already encoded. */
  path: string;
  query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Sent as JSON; text is sent as it is. */
  body?: unknown;
  /** `application/json`; server-side apply: `application/apply-patch+yaml`. */
  contentType?: string;
  /** `application/json`; Table or PartialObjectMetadata where the caller wants them. */
  accept?: string;
  signal?: AbortSignal;
  /** Of the whole request; the client's default otherwise (`--request-timeout`; 0: none). */
  timeoutMs?: number;
}

/** A request whose answer is read while it comes, over a socket of its own: a watch, a log that is followed, a page of a list. */
export interface StreamRequest extends Pick<KubeRequest, 'path' | 'query' | 'accept' | 'signal'> {
  /** The server has said 2xx; nothing of the body has come yet. */
  onOpen?: () => void;
  /**
   * Bytes as they come. Called synchronously, and nothing more is read from the socket meanwhile: that is the back-pressure. The buffer
   * is the caller's. A throw ends the stream, which rejects with it.
   */
  onBytes: (bytes: Buffer) => void;
  /** Longest silence, before the headers as well; the client's default otherwise. */
  idleTimeoutMs?: number;
}

/** An answer of the API server. */
export interface KubeResponse<T = unknown> {
  status: number;
  /** Warnings of the server (`Warning: 299`), as text. */
  warnings: readonly string[];
  /** Parsed JSON; text where the answer is none (`/healthz`). */
  body: T;
}

/** One API server with one identity. */
export interface KubeClient {
  /** `https://10.0.0.1:6443`, without a trailing slash. */
  readonly server: string;
  /** The namespace of the context, after `-n`: flag > context > in-cluster > default. */
  readonly namespace: string;
  /** Names of the context and its cluster; undefined where there is none (flags alone, in-cluster). */
  readonly contextName: string | undefined;
  readonly clusterName: string | undefined;
  /**
   * Resolves for 2xx. 429 and 503 are tried again as Retry-After says, reads also after a broken connection.
   * @throws KubeError: Unauthorized, Forbidden, NotFound, Conflict, Expired (410), TooManyRequests, Invalid …, Unreachable, Timeout, TlsFailed, ProxyFailed
   */
  request<T = unknown>(request: KubeRequest): Promise<KubeResponse<T>>;
  /**
   * Sends a GET and resolves when its answer has ended whole. Tried once; only a 401 with credentials that could be renewed is sent again.
   * @throws KubeError as {@link request} (`retryAfterMs` says when the server wants to be asked again), Timeout after a silence,
   * BrokenAnswer; the signal's reason; what `onBytes` has thrown
   */
  stream(request: StreamRequest): Promise<void>;
  /** Frees sockets, so that the process may end. */
  close(): void;
}

/** A connection in both directions. */
export interface WebSocketRequest extends Pick<KubeRequest, 'path' | 'query' | 'signal' | 'timeoutMs'> {
  /** The only one that is spoken: `v4.channel.k8s.io`. */
  protocol: string;
  /** The largest message that is taken, in bytes. */
  maxPayloadBytes: number;
}

/** Who a client is, for another server of the same cluster that has to be shown it. Never printed, never logged. */
export interface ClientIdentity {
  /** Bearer token; undefined where the user logs in without one. */
  token: string | undefined;
  /** PEM */
  certificate: { cert: string | Buffer; key: string | Buffer } | undefined;
  /** Every request is made as somebody else (`--as`), which no other server could be shown. */
  isImpersonating: boolean;
  /** The API server's certificate is checked: what it says may be trusted as much as it. */
  isServerVerified: boolean;
}

/** A client that can do more than ask: what `connect` gives. */
export interface ConnectedClient extends KubeClient {
  /**
   * An open WebSocket, paused, with the credentials, proxy and certificates of every other request. `signal` and `timeoutMs` (15 s by default) are about the opening;
   * whoever has it ends it. Tried once; only a 401 with credentials that could be renewed is sent again.
   * @throws KubeError as {@link KubeClient.request}; the signal's reason
   */
  openWebSocket(request: WebSocketRequest): Promise<WebSocket>;
  /** Who asks, by now; with `isRefused` after looking for other credentials than those that were refused. @throws DorguError of credentials */
  identify(options: { isRefused: boolean; signal: AbortSignal }): Promise<ClientIdentity>;
}
