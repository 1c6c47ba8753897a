// Takes credentials out of free text (command lines, messages) before anybody sees it.
import { isSecretName, looksSecret } from './secret-names.ts';

/** Longer text is cut: nobody reads it, and judging it takes time. */
const MAX_TEXT = 8192;

/** What stands where a secret stood. */
export const REDACTED = '***';

const USERINFO = /(:\/\/)[^\s/@"']{1,768}@/g;
// `--password=x`, `-Ddb.password=x`, `API_KEY=x`, and `--token x`: the name decides.
const ASSIGNMENT =
  /(?<![\w.-])(-{0,2}[A-Za-z_][\w.-]{0,80})(=|:\s?)("[^"]{0,512}"|'[^']{0,512}'|[^\s"']{1,512})/g;
const FLAG = /(?<![\w-])(--?[A-Za-z][\w.-]{0,80})(\s+)("[^"]{0,512}"|'[^']{0,512}'|[^\s"'-][^\s"']{0,511})/g;

// Flags of well-known clients whose names do not say that a password follows.
const CLIENTS = [
  /((?:^|\s)(?:-u|--user)[= ]["']?[\w.@-]{0,80}:)([^\s"']{1,256})/g,
  /(\bredis-cli\b[^|;&\n]{0,200}\s-a\s+["']?)([^\s"'$]{1,256})/g,
  /(\b(?:mysql|mysqladmin|mysqldump|mariadb|mariadb-admin)\b[^|;&\n]{0,200}\s-p["']?)([^\s"'$]{1,256})/g,
  /(\bsshpass\s+-p\s*["']?)([^\s"'$]{1,256})/g,
];
/** Too short and too plain to hold a credential, as most words are. */
const PLAIN = /^[\w./]{0,13}$/;

/** The text with secrets replaced by `***`: userinfo in addresses, values of secret names, and words that look secret by themselves; over 8,192 characters it is cut. */
export function redactText(text: string): string {
  if (PLAIN.test(text)) return text;
  if (text.length > MAX_TEXT) return `${redactText(text.slice(0, MAX_TEXT))}…`;
  return CLIENTS.reduce((known, pattern) => known.replace(pattern, `$1${REDACTED}`), text)
    .replace(USERINFO, `$1${REDACTED}@`)
    .replace(ASSIGNMENT, redactNamed)
    .replace(FLAG, redactNamed)
    .split(/(\s+)/)
    .map((word) => (looksSecret(word) && !word.includes(`://${REDACTED}@`) ? REDACTED : word))
    .join('');
}

/** Whether {@link redactText} would change the text: a variable reference (`--password=$PASSWORD`) is no secret. */
export function hasSecret(text: string): boolean {
  return redactText(text) !== text;
}

function redactNamed(whole: string, name: string, between: string, value: string): string {
  const isReference = /^["']?\$[{(]?\w+[})]?["']?$/.test(value) || value.startsWith('$(');
  const bare = name.replace(/^-+D?/, '');
  return isSecretName(bare) && !isReference ? `${name}${between}${REDACTED}` : whole;
}
