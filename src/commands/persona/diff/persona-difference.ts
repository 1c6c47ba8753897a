// A persona in the cluster and as it would be, as two YAML texts without what the API server keeps for itself.
import type { ComparedPersona } from '../../../cluster/compare-personas.ts';
import type { KubeObject } from '../../../kube/objects.ts';
import { formatStructured } from '../../../ui/structured.ts';
import type { Difference } from './difference.ts';

/** Written by the API server with every change, or made up for a dry run. */
const SERVER_FIELDS = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'managedFields',
  'selfLink',
];

/** The status is not the person's to change. */
export function toPersonaDifference({ before, after }: ComparedPersona): Difference {
  const { apiVersion, kind, metadata } = after;
  const place = metadata.namespace === undefined ? '' : `${metadata.namespace}.`;
  return {
    name: `${apiVersion.replace('/', '.')}.${kind}.${place}${metadata.name}`,
    before: before === undefined ? undefined : format(before),
    after: format(after),
  };
}

function format(object: KubeObject): string {
  const { status: _, metadata, ...rest } = object;
  const kept = Object.entries(metadata).filter(([field]) => !SERVER_FIELDS.includes(field));
  const { apiVersion, kind, ...others } = rest;
  return formatStructured({ apiVersion, kind, metadata: Object.fromEntries(kept), ...others }, 'yaml');
}
