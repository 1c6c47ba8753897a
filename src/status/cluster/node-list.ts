// Which nodes a status lists: all of a small cluster; of a large one those that need a look, within a budget of bytes.
import { compareText } from '../../api/compare-text.ts';
import { maxStatusNodes } from '../../api/limits.ts';
import type { NodeInfo } from '../../api/personas.ts';

/** Of the 1.5 MB that an object may take. */
const maxBytes = 600_000;

/** By name; of more than {@link maxStatusNodes}, or of very wordy ones, those that are not ready come first and the rest is left out. */
export function listNodes(nodes: readonly NodeInfo[]): NodeInfo[] {
  const byName = nodes.toSorted((left, right) => compareText(left.name, right.name));
  const isWhole = byName.length <= maxStatusNodes && measureBytes(byName) <= maxBytes;
  if (isWhole) return byName;
  const ranked = [...byName.filter(({ ready }) => !ready), ...byName.filter(({ ready }) => ready)];
  const listed: NodeInfo[] = [];
  let bytes = 0;
  for (const node of ranked.slice(0, maxStatusNodes)) {
    bytes += measureBytes(node);
    if (bytes > maxBytes) break;
    listed.push(node);
  }
  return listed;
}

/** At most: three bytes for each unit of UTF-16. */
function measureBytes(value: unknown): number {
  return JSON.stringify(value).length * 3;
}
