// Writes what doctor holds the operator's account against, from operator/permissions.ts: the CLI imports nothing of the operator.
import type { Permission } from '../../../operator/manager/permission.ts';
import { operatorPermissions } from '../../../operator/permissions.ts';
import { header, type GeneratedFile } from './generated-file.ts';

/** The list, in the order of the table that admins read. */
export function generateNeededRights(): GeneratedFile[] {
  const rights = operatorPermissions.map(toRight);
  const text = `// ${header} operator/permissions.ts.

/** One right that the operator needs. */
export interface NeededRight {
  group: string;
  resource: string;
  verbs: readonly string[];
  /** Of these objects alone. */
  names?: readonly string[];
  /** In this namespace; everywhere, or in the operator's own, where it is left out. */
  namespace?: string;
  why: string;
}

/** All that it needs. */
export const neededRights: readonly NeededRight[] = ${JSON.stringify(rights)};
`;
  return [{ path: 'src/cluster/doctor/generated/needed-rights.ts', text }];
}

function toRight({ group, resource, verbs, names, namespace, why }: Permission) {
  return { group, resource, verbs, names, namespace, why };
}
