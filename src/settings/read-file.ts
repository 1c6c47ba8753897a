// Reads a settings file from disk: absent is fine, anything else that is in the way is an error that names it.
import { readFileSync, statSync } from 'node:fs';
import { DorguError } from '../api/errors.ts';

/** No settings file that a person wrote is larger. */
const MAX_BYTES = 1024 * 1024;

/** The text, or undefined where there is no file. Throws DorguError SettingsUnreadable, or SettingsSyntax for what is no text. */
export function readSettingsText(path: string, shownPath: string): string | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return undefined;
    if (!stats.isFile()) throw refuse(shownPath, 'expected a file, found something else');
    if (stats.size > MAX_BYTES) throw refuse(shownPath, `expected at most 1 MiB, found ${stats.size} bytes`);
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (cause) {
    if (cause instanceof DorguError) throw cause;
    if (cause instanceof TypeError) throw refuse(shownPath, 'expected UTF-8 text, found other bytes');
    throw new DorguError('SettingsUnreadable', `${shownPath}: cannot be read`, {
      cause,
      hint: `ls -l ${shownPath} shows who may read it`,
    });
  }
}

function refuse(shownPath: string, why: string): DorguError {
  return new DorguError('SettingsSyntax', `${shownPath}: ${why}`, {
    hint: 'a settings file is a small YAML file; kubectl dorgu init writes one',
  });
}
