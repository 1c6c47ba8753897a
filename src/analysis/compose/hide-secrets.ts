// Takes secrets out of a command: `--password hunter2` becomes `--password $(PASSWORD)`, which Kubernetes fills from the Secret.
import { isSecretName, looksSecret } from '../../application/secret-names.ts';

/** A command without secrets, and the variables that it now needs. */
export interface HiddenCommand {
  argv: string[];
  /** Names of secret variables that stand in it as `$(NAME)`. */
  secrets: string[];
}

interface Hiding {
  prefix: string;
  known: ReadonlySet<string>;
}

const REFERENCE = /\$\(([A-Za-z_]\w*)\)/g;
const FLAG = /^(-{1,2}[A-Za-z][\w.-]*)(?:=([\s\S]*))?$/;
/** A name and its value inside a word that is a command line itself: `sh -c "app --token=abc"`. */
const INLINE =
  /(-{1,2}[A-Za-z][\w.-]{0,60}|\b[A-Za-z_]\w{0,60})(=|[ \t]+)(?!-)("[^"]{1,500}"|'[^']{1,500}'|[^\s"';|&$]{1,500})/g;
/** Clients whose short flags carry a password. */
const PASSWORD_FLAGS: readonly { client: RegExp; flag: RegExp; glued?: RegExp }[] = [
  { client: /\b(?:sqlcmd|osql|bcp)\b/, flag: /^-P$/, glued: /^-P./ },
  { client: /\b(?:redis|valkey|keydb)-cli\b/, flag: /^-a$/ },
  { client: /\b(?:mysql|mysqladmin|mysqldump|mariadb|mariadb-admin)\b/, flag: /^-p$/, glued: /^-p[^$]/ },
  { client: /\b(?:mongo|mongosh|mongodump|cqlsh|clickhouse-client)\b/, flag: /^-p$/ },
  { client: /\b(?:curl|http)\b/, flag: /^-u$/ },
];

/**
 * Hides every secret of argv. `prefix` names variables that have no name of their own; `known` holds secret values of the project,
 * which are hidden wherever they stand as a word.
 */
export function hideSecrets(
  argv: readonly string[],
  prefix: string,
  known: ReadonlySet<string> = new Set(),
): HiddenCommand {
  const hiding: Hiding = { prefix, known };
  const client = PASSWORD_FLAGS.filter((one) => one.client.test(argv.join(' ').slice(0, 8192)));
  const isPasswordFlag = (word: string): boolean => client.some(({ flag }) => flag.test(word));
  const isGlued = (word: string): boolean => client.some(({ glued }) => glued?.test(word) === true);
  const hidden = argv.map((word, index) => {
    const before = argv[index - 1] ?? '';
    if (isSecretFlag(before) || isPasswordFlag(before)) return isLiteral(word) ? refer(hiding, before) : word;
    if (/\s/.test(word)) return hideLine(hiding, word, isPasswordFlag, isGlued);
    return isGlued(word) ? `${word.slice(0, 2)}${refer(hiding, 'password')}` : hideWord(hiding, word);
  });
  const names = hidden.flatMap((word) => [...word.matchAll(REFERENCE)].map((match) => match[1] ?? ''));
  return { argv: hidden, secrets: [...new Set(names)] };
}

function isSecretFlag(word: string): boolean {
  const [, name, value] = FLAG.exec(word) ?? [];
  return name !== undefined && value === undefined && isSecretName(name);
}

// `--flag=value`, `NAME=value`, or a value alone.
function hideWord(hiding: Hiding, word: string): string {
  const at = word.indexOf('=');
  const name = word.slice(0, Math.max(at, 0));
  if (at > 0 && /^-{0,2}[A-Za-z][\w.-]*$/.test(name)) {
    const value = word.slice(at + 1);
    const isHidden = isLiteral(value) && (isSecretName(name) || isSecretValue(hiding, value));
    return isHidden ? `${name}=${refer(hiding, name)}` : word;
  }
  return isLiteral(word) && isSecretValue(hiding, word) ? refer(hiding, 'argument') : word;
}

function hideLine(
  hiding: Hiding,
  line: string,
  isPasswordFlag: (word: string) => boolean,
  isGlued: (word: string) => boolean,
): string {
  const named = line
    .slice(0, 8192)
    .replace(INLINE, (whole: string, name: string, between: string, value: string) => {
      const bare = value.replace(/^["']|["']$/g, '');
      const isFlag = name.startsWith('-') && (isSecretName(name) || isPasswordFlag(name));
      const isNamed = isFlag || (between === '=' && isSecretName(name));
      return isLiteral(bare) && isNamed ? `${name}${between}${refer(hiding, name)}` : whole;
    });
  return named
    .split(/(\s+)/)
    .map((part) => {
      if (isGlued(part)) return `${part.slice(0, 2)}${refer(hiding, 'password')}`;
      const bare = part.replace(/^["']|["';)]+$/g, '');
      return bare === '' ? part : part.replace(bare, () => hideWord(hiding, bare));
    })
    .join('');
}

function isSecretValue(hiding: Hiding, value: string): boolean {
  return hiding.known.has(value) || looksSecret(value);
}

// `$PASSWORD` and `$(cat file)` are read when the command runs.
function isLiteral(text: string): boolean {
  return text !== '' && !text.startsWith('$') && !FLAG.test(text);
}

function refer(hiding: Hiding, flag: string): string {
  const words = `${hiding.prefix}_${flag}`.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase();
  return `$(${/^\d/.test(words) ? '_' : ''}${words})`;
}
