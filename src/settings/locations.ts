// Where the settings files are.
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The application's own file. */
export const APP_FILE = '.dorgu.yaml';
/** The file of a repository with several applications; another name, because it is another schema. */
export const WORKSPACE_FILE = '.dorgu-workspace.yaml';

type Environment = Readonly<Record<string, string | undefined>>;

/** `~/.config/dorgu/config.yaml`, or below XDG_CONFIG_HOME; undefined where there is no home. */
export function locateGlobalFile(env: Environment, home: string): string | undefined {
  const configHome = env['XDG_CONFIG_HOME'];
  // The XDG specification has relative paths ignored.
  if (configHome?.startsWith('/')) return join(configHome, 'dorgu', 'config.yaml');
  return home === '' ? undefined : join(home, '.config', 'dorgu', 'config.yaml');
}

/** The nearest folder upwards that holds `.git`; the folder itself where there is none. */
export function findRepositoryRoot(directory: string): string {
  const start = resolve(directory);
  for (let current = start; ; current = dirname(current)) {
    if (existsSync(join(current, '.git'))) return current;
    if (current === dirname(current)) return start;
  }
}
