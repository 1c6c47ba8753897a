// What an API server, or the way to it, said no with.
import type { ErrorCode, ServerReason } from '../api/error-codes.ts';
import { DorguError, type ErrorDetails } from '../api/errors.ts';

/** Kubernetes' Status, the fields that people and machines read. Its texts are the server's, verbatim. */
export interface KubeStatus {
  kind: 'Status';
  apiVersion: 'v1';
  status?: string;
  message?: string;
  reason?: string;
  code?: number;
  details?: {
    name?: string;
    group?: string;
    kind?: string;
    retryAfterSeconds?: number;
    causes?: readonly { reason?: string; message?: string; field?: string }[];
  };
}

/** A request that failed. `code` is the Status' reason (`NotFound`, `Forbidden`, `Conflict` …) or ours for the way there (`Unreachable`, `Timeout`, `TlsFailed`, `ProxyFailed`). */
export class KubeError extends DorguError {
  /** The server's answer; undefined where none came. */
  readonly status: KubeStatus | undefined;
  /** HTTP's status code; undefined where none came. */
  readonly httpStatus: number | undefined;
  /** When the server wants to be asked again (Retry-After); undefined where it says nothing of it. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: ErrorCode | ServerReason,
    message: string,
    details: ErrorDetails & { status?: KubeStatus; httpStatus?: number; retryAfterMs?: number | undefined },
  ) {
    super(code, message, details);
    this.name = 'KubeError';
    this.status = details.status;
    this.httpStatus = details.httpStatus;
    this.retryAfterMs = details.retryAfterMs;
  }
}
