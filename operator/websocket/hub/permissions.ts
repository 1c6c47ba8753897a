// What the hub asks of the API server.
import type { Permission } from '../../manager/permission.ts';

const why = 'shows the stream’s readers what they may see';

/** In all namespaces. Kinds that may be missing are found by the watch that caches have anyway. */
export const hubPermissions: readonly Permission[] = [
  { group: 'dorgu.io', resource: 'applicationpersonas', verbs: ['list', 'watch'], why },
  { group: 'dorgu.io', resource: 'clusterpersonas', verbs: ['list', 'watch'], why },
  { group: 'apps', resource: 'deployments', verbs: ['list', 'watch'], why },
  { group: '', resource: 'events', verbs: ['list', 'watch'], why },
];
