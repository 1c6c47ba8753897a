// Who sets the number of replicas, by the managed fields that the API server keeps.
import { fieldAt, listOf } from '../api/foreign-fields.ts';

/** Names of the field managers that apply `spec.replicas` (server-side apply), each once, in the object's order. One that created or updated the object proves nothing: it owns defaults as well. */
export function readReplicasManagers(managedFields: unknown): readonly string[] {
  const managers = new Set<string>();
  for (const entry of listOf(managedFields)) {
    const manager = fieldAt(entry, 'manager');
    const owns = fieldAt(entry, 'fieldsV1', 'f:spec', 'f:replicas') !== undefined;
    const isApplied = fieldAt(entry, 'operation') === 'Apply';
    if (owns && isApplied && typeof manager === 'string') managers.add(manager);
  }
  return [...managers];
}
