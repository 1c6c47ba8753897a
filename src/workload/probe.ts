// Reads a probe, with the defaults that the API server would write into it, so that a file and a cluster read the same.
import { fieldAt, fieldsOf } from '../api/foreign-fields.ts';
import { readText } from './text-map.ts';
import type { Probe } from './workload.ts';

const handlers = ['httpGet', 'tcpSocket', 'grpc', 'exec'] as const;

/** A probe; undefined where there is none. Kind `none`: an object that asks nothing. Path and scheme only for httpGet, `/` and `HTTP` where absent. */
export function readProbe(value: unknown): Probe | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const fields = fieldsOf(value);
  const kind = handlers.find((name) => isGiven(fieldAt(fields, name))) ?? 'none';
  const handler = kind === 'none' ? {} : fieldAt(fields, kind);
  const isHttp = kind === 'httpGet';
  return {
    kind,
    path: isHttp ? (readText(fieldAt(handler, 'path')) ?? '/') : undefined,
    port: readPort(fieldAt(handler, 'port')),
    scheme: isHttp ? (readText(fieldAt(handler, 'scheme')) ?? 'HTTP') : undefined,
    initialDelaySeconds: seconds(fieldAt(fields, 'initialDelaySeconds'), 0),
    periodSeconds: seconds(fieldAt(fields, 'periodSeconds'), 10),
    timeoutSeconds: seconds(fieldAt(fields, 'timeoutSeconds'), 1),
    successThreshold: seconds(fieldAt(fields, 'successThreshold'), 1),
    failureThreshold: seconds(fieldAt(fields, 'failureThreshold'), 3),
    fields,
  };
}

/** A port's number or name; undefined for anything else. */
export function readPort(value: unknown): number | string | undefined {
  return typeof value === 'number' || typeof value === 'string' ? value : undefined;
}

function isGiven(handler: unknown): boolean {
  return typeof handler === 'object' && handler !== null;
}

// The API server takes 0 for "not given" in all of these.
function seconds(value: unknown, fallback: number): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : fallback;
}
