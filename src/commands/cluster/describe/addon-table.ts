// The add-ons as a table; what is not healthy in colour.
import type { DiscoveredAddon } from '../../../status/cluster/find-addons.ts';
import { escapeText } from '../../../ui/escape.ts';
import { formatTable } from '../../../ui/table.ts';
import { colourText } from '../../persona/status/place-text.ts';
import type { Window } from '../../persona/status/screen-model.ts';

const columns = ['ADD-ON', 'TYPE', 'VERSION', 'NAMESPACE', 'HEALTH'].map((heading) => ({ heading }));

/** The table with its heading; empty where there is none. */
export function formatAddonTable(addons: readonly DiscoveredAddon[], window: Window): string[] {
  if (addons.length === 0) return [];
  const rows = addons.map((found) => {
    const { name, type, version, namespace } = found.addon;
    return [name, type, version, namespace, describeHealth(found)];
  });
  return formatTable(columns, rows).map((line, index) => {
    const found = addons[index - 1];
    if (found?.addon.healthy !== false) return line;
    const health = escapeText(describeHealth(found));
    return line.slice(0, line.length - health.length) + colourText(health, 'warning', window);
  });
}

function describeHealth({ addon, desiredPods, availablePods }: DiscoveredAddon): string {
  if (addon.healthy === true) return 'healthy';
  if (addon.healthy === undefined) return 'no pods';
  return desiredPods > 0 ? `${availablePods} of ${desiredPods} pods ready` : 'pods are not ready';
}
