// What a Prometheus, or the way to it, said no with. Never holds credentials.
import { metricsReasons } from '../api/conditions.ts';
import type { prometheusErrors } from '../api/error-codes/prometheus.ts';
import { DorguError, type ErrorDetails } from '../api/errors.ts';

/** Why use cannot be measured, as the condition MetricsAvailable says it. */
export type MetricsReason = (typeof metricsReasons)[keyof typeof metricsReasons];

/** The codes of this room. */
export type PrometheusCode = keyof typeof prometheusErrors;

/** A question that got no usable answer. */
export class PrometheusError extends DorguError {
  override readonly code: PrometheusCode;
  /** What the condition says. */
  readonly reason: MetricsReason;
  /** HTTP's status code; undefined where none came. */
  readonly httpStatus: number | undefined;
  /** Prometheus' `errorType`: `timeout`, `execution`, `bad_data` …; undefined where it has none. */
  readonly errorType: string | undefined;

  constructor(
    code: PrometheusCode,
    message: string,
    details: ErrorDetails & {
      reason?: MetricsReason;
      httpStatus?: number | undefined;
      errorType?: string | undefined;
    } = {},
  ) {
    super(code, message, details);
    this.name = 'PrometheusError';
    this.code = code;
    this.reason =
      details.reason ?? (code === 'PrometheusTimeout' ? metricsReasons.timeout : metricsReasons.noPrometheus);
    this.httpStatus = details.httpStatus;
    this.errorType = details.errorType;
  }
}
