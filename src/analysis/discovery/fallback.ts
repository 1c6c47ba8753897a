// Where an application begins when nothing in its tree is known to run: what a platform is told to start, or a script that starts something.
import { findStartSetting } from '../platform/start-settings.ts';
import type { SourceTree } from '../source-tree.ts';
import type { Root } from './root.ts';

const SCRIPTS = ['start.sh', 'run.sh', 'main.sh'];

/** The root as a component, where its settings or its script say how it is started. */
export function findFallbackRoot(tree: SourceTree): Root | undefined {
  const setting = findStartSetting(tree, '.');
  if (setting) return { dir: '.', evidence: setting.evidence };
  const file = SCRIPTS.find((name) => tree.has(name));
  return file === undefined
    ? undefined
    : { dir: '.', evidence: { file, reason: 'a script that starts something' } };
}
