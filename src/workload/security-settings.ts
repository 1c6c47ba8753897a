// Reads the securityContext of a pod or a container.
import { fieldAt, fieldsOf } from '../api/foreign-fields.ts';
import { readTextList } from './text-map.ts';
import type { SecuritySettings } from './workload.ts';

/** The settings; what is absent or of another type is undefined, and stays readable in `fields`. */
export function readSecuritySettings(value: unknown): SecuritySettings {
  const fields = fieldsOf(value);
  const flag = (name: string) => asFlag(fieldAt(fields, name));
  const user = fieldAt(fields, 'runAsUser');
  return {
    runAsNonRoot: flag('runAsNonRoot'),
    runAsUser: typeof user === 'number' && Number.isSafeInteger(user) && user >= 0 ? user : undefined,
    allowPrivilegeEscalation: flag('allowPrivilegeEscalation'),
    privileged: flag('privileged'),
    readOnlyRootFilesystem: flag('readOnlyRootFilesystem'),
    addedCapabilities: readTextList(fieldAt(fields, 'capabilities', 'add')) ?? [],
    droppedCapabilities: readTextList(fieldAt(fields, 'capabilities', 'drop')) ?? [],
    fields,
  };
}

function asFlag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}
