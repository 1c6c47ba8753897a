// Takes from an object what describes nothing: thousands of them are kept at once.
import type { KubeObject } from '../../kube/objects.ts';

/** A copy of the whole object, as text, in an annotation. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** A copy without status, managed fields and the text of the last apply. */
export function stripObject(object: KubeObject): KubeObject {
  const { status: _, ...kept } = object;
  const metadata = { ...object.metadata };
  delete metadata.managedFields;
  if (metadata.annotations?.[lastApplied] !== undefined) {
    metadata.annotations = Object.fromEntries(
      Object.entries(metadata.annotations).filter(([key]) => key !== lastApplied),
    );
  }
  return { ...kept, apiVersion: object.apiVersion, kind: object.kind, metadata };
}
