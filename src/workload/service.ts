// Reads a Service.
import { fieldAt, listOf, textOf } from '../api/foreign-fields.ts';
import { readPort } from './probe.ts';
import type { ServiceSnapshot } from './surroundings.ts';
import { readText, readTextMap } from './text-map.ts';

/** A Service of the core group; undefined for every other object (Knative has one of the same kind). */
export function readService(object: unknown): ServiceSnapshot | undefined {
  if (fieldAt(object, 'kind') !== 'Service' || fieldAt(object, 'apiVersion') !== 'v1') return undefined;
  const spec = fieldAt(object, 'spec');
  const selector = readTextMap(fieldAt(spec, 'selector'));
  return {
    name: textOf(fieldAt(object, 'metadata', 'name')),
    selector: selector.size === 0 ? undefined : selector,
    ports: listOf(fieldAt(spec, 'ports')).map((port) => ({
      name: readText(fieldAt(port, 'name')),
      port: fieldAt(port, 'port'),
      // As the API server does: without a target the port itself.
      targetPort: readPort(fieldAt(port, 'targetPort')) ?? readPort(fieldAt(port, 'port')),
      protocol: readText(fieldAt(port, 'protocol')) ?? 'TCP',
    })),
  };
}
