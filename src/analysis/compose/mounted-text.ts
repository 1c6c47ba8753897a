// The text of files that compose mounts: what holds no secret may stand in a ConfigMap, anything else is left to a Secret.
import { isSecret, looksSecret } from '../../application/secret-names.ts';
import type { SourceTree } from '../source-tree.ts';

/** Longer files are none of a ConfigMap's. */
const MAX_TEXT = 64 * 1024;
/** Longer lines are no settings. */
const MAX_LINE = 4096;

/** Files that hold secrets by their names. */
const SECRET_FILE =
  /\.(?:key|pem|p12|pfx|jks|crt|cer|env|token|asc|gpg)$|^\.env|htpasswd|passwd|id_[rd]sa|secret|password|credential|\.pgpass|\.netrc/i;
/** `name: value`, `name = value`, `"name": "value"`, `<name>value<`; and `requirepass value`, where nothing stands between. */
const SETTING = /(?:^|[\s{,;"'<])([A-Za-z][\w.-]{0,80})["']?\s*(?:[:=>]+)\s*["']?([^\s"',;<]{1,500})/g;
const DIRECTIVE =
  /^\s*(?:requirepass|masterauth|(?:\w+[_-])?(?:password|passwd|passphrase|secret|token|api[_-]?key))\s+["']?([^\s"';]{1,500})/i;
/** SQL and its kin: `IDENTIFIED BY 'x'`, `PASSWORD 'x'`; a private key, whose lines alone say nothing. */
const CREDENTIAL = /\b(?:identified\s+by|password)\s+(?:=\s*)?['"]|-----BEGIN [A-Z ]*PRIVATE KEY/i;
/** Filled in when it is read, or nothing to hide. */
const HARMLESS = /^(?:[$%{]|<%|true$|false$|null$|none$|yes$|no$|on$|off$|\d{1,4}$)/i;

/** The text of a file of the application; undefined where it is absent, too long, no text, or could hold a secret. */
export function readMountedText(tree: SourceTree, path: string): string | undefined {
  if (SECRET_FILE.test(path.slice(path.lastIndexOf('/') + 1))) return undefined;
  const text = tree.read(path);
  return text !== undefined && isOpenText(text) ? text : undefined;
}

/** Whether a text can be shown to anybody, as far as can be told. */
export function isOpenText(text: string): boolean {
  if (text.length > MAX_TEXT || /[^\P{Cc}\t\n\r]/u.test(text)) return false;
  return text.split('\n').every(isOpenLine);
}

function isOpenLine(line: string): boolean {
  if (line.length > MAX_LINE || CREDENTIAL.test(line)) return false;
  if ([line, ...line.split(/[\s"'`<>]+/)].some((part) => looksSecret(part))) return false;
  const settings = [...line.matchAll(SETTING)].map(([, name = '', value = '']) => [name, value] as const);
  if (settings.some(([name, value]) => !isOpenSetting(name, value))) return false;
  const [, value = ''] = DIRECTIVE.exec(line) ?? [];
  return value === '' || HARMLESS.test(value);
}

// A key of a map or of a cache is none to a door.
function isOpenSetting(name: string, value: string): boolean {
  return HARMLESS.test(value) || /^keys?(?:_zone)?$/i.test(name) || !isSecret(name, value);
}
