// The user's settings file on disk, as the `config` commands read and write it.
import { DorguError } from '../api/errors.ts';
import { locateGlobalFile } from '../settings/locations.ts';
import { readSettingsText } from '../settings/read-file.ts';
import type { Invocation } from './invocation.ts';

/** A key may stand in it, so nobody else reads it. */
export const USER_FILE_MODE = 0o600;

/** Its path. Throws DorguError NoHome where there is none. */
export function locateUserFile({ env, home }: Pick<Invocation, 'env' | 'home'>): string {
  const path = locateGlobalFile(env, home);
  if (path !== undefined) return path;
  throw new DorguError('NoHome', 'there is no place for settings: this user has no home folder', {
    hint: 'export XDG_CONFIG_HOME=/some/folder',
  });
}

/** Its text; '' where there is none yet. */
export function readUserFile(path: string): string {
  return readSettingsText(path, path) ?? '';
}
