// Writes docs/reference/permissions.md: what the operator may do and why, from operator/permissions.ts.
import type { Permission } from '../../../operator/manager/permission.ts';
import { operatorPermissions } from '../../../operator/permissions.ts';
import { header, type GeneratedFile } from './generated-file.ts';
import { formatTable } from './markdown-table.ts';

const introduction = `# What the operator may do

These are the rules of \`config/rbac\`, each with its reason; both are made from what the code asks for, and a test takes each verb
away to see that something fails. There is no wildcard, no Secret but the one that holds its own CA, no write to a workload, and no
write to the \`spec\` of anything.
A verb that is missing degrades what needs it, visibly: a condition, a line in the log, a metric. It never stops the operator.`;

/** The page. */
export function generatePermissionsPage(): GeneratedFile[] {
  const everywhere = operatorPermissions.filter(
    ({ isOwnNamespace = false, namespace }) => !isOwnNamespace && namespace === undefined,
  );
  const elsewhere = Map.groupBy(
    operatorPermissions.filter(({ namespace }) => namespace !== undefined),
    ({ namespace = '' }) => namespace,
  );
  const own = operatorPermissions.filter(({ isOwnNamespace = false }) => isOwnNamespace);
  const text = [
    `<!-- ${header} the permissions in operator/. -->`,
    introduction,
    `## In the whole cluster\n\n${toTable(everywhere)}`,
    ...(own.length === 0 ? [] : [`## In its own namespace\n\n${toTable(own)}`]),
    ...[...elsewhere].map(([place, permissions]) => `## In ${place}\n\n${toTable(permissions)}`),
  ].join('\n\n');
  return [{ path: 'docs/reference/permissions.md', text: `${text}\n` }];
}

function toTable(permissions: readonly Permission[]): string {
  return formatTable(
    ['resource', 'verbs', 'why'],
    permissions.map(({ group, resource, verbs, names = [], why }) => [
      `\`${resource}${group === '' ? '' : ` (${group})`}\`${names.length === 0 ? '' : ` named ${names.map((name) => `\`${name}\``).join(', ')}`}`,
      verbs.join(', '),
      why,
    ]),
  );
}
