// A ClusterPersona as an item.
import { fieldAt, listOf } from '../api/foreign-fields.ts';
import { countAt, ifAny, wordAt } from './foreign-words.ts';
import { readIdentity } from './item-identity.ts';
import type { ClusterItem } from './items.ts';
import { maxItemAddons } from './limits.ts';
import { toWholeObject, type ItemOptions } from './whole-object.ts';

/** The item of a foreign object; undefined where it has no name or no version. Never throws. */
export function toClusterItem(
  object: unknown,
  { isWhole = false }: ItemOptions = {},
): ClusterItem | undefined {
  const identity = readIdentity(object);
  if (identity === undefined) return undefined;
  const status = fieldAt(object, 'status');
  const whole = isWhole ? toWholeObject(object) : undefined;
  return {
    name: identity.name,
    resourceVersion: identity.resourceVersion,
    environment: wordAt(object, 'spec', 'environment'),
    phase: wordAt(status, 'phase'),
    kubernetesVersion: wordAt(status, 'kubernetesVersion'),
    platform: wordAt(status, 'platform'),
    nodeCount: countAt(status, 'nodeCount'),
    applicationCount: countAt(status, 'applicationCount'),
    addons: listOf(fieldAt(status, 'addons')).slice(0, maxItemAddons).flatMap(toAddon),
    ...ifAny('changedAt', wordAt(status, 'lastDiscovery')),
    createdAt: wordAt(object, 'metadata', 'creationTimestamp'),
    ...(whole === undefined ? {} : { cluster: whole }),
  };
}

/** `health` is empty where nobody knows. */
function toAddon(addon: unknown): ClusterItem['addons'] {
  const name = wordAt(addon, 'name');
  if (name === '' || fieldAt(addon, 'installed') === false) return [];
  const isHealthy = fieldAt(addon, 'healthy');
  const health = isHealthy === true ? 'healthy' : isHealthy === false ? 'unhealthy' : '';
  return [{ name, type: wordAt(addon, 'type'), version: wordAt(addon, 'version'), health }];
}
