// Takes secrets out of a command: `--password hunter2` becomes `--password $(PASSWORD)`, which Kubernetes fills from the Secret.
import { isSecretName, looksSecret } from '../../application/secret-names.ts';

/** A command without secrets, and the variables that it now needs. */
export interface HiddenCommand {
  argv: string[];
  /** Names of secret variables that stand in it as `$(NAME)`. */
  secrets: string[];
}

const REFERENCE = /\$\(([A-Za-z_]\w*)\)/g;
const FLAG = /^(-{1,2}[A-Za-z][\w.-]*)(?:=([\s\S]*))?$/;
/** Secrets inside one word that is itself a command line: `sh -c "app --token=abc"`. */
const INLINE =
  /(-{1,2}[A-Za-z][\w.-]{0,60}|\b[A-Za-z_]\w{0,60})(=|\s+)(?!-)("[^"]{1,500}"|'[^']{1,500}'|[^\s"';|&$]{1,500})/g;

/** Hides every secret of argv. `prefix` names variables that have no flag to be named after. */
export function hideSecrets(argv: readonly string[], prefix: string): HiddenCommand {
  const secrets = new Set<string>();
  const hidden: string[] = [];
  for (const [index, word] of argv.entries()) {
    const before = FLAG.exec(argv[index - 1] ?? '');
    const isValue = before?.[2] === undefined && before?.[1] !== undefined && isSecretName(before[1]);
    hidden.push(hideWord(word, isValue ? toVariable(before[1] ?? '', prefix) : undefined, prefix, secrets));
  }
  for (const word of hidden) for (const [, name = ''] of word.matchAll(REFERENCE)) secrets.add(name);
  return { argv: hidden, secrets: [...secrets] };
}

function hideWord(word: string, asValueOf: string | undefined, prefix: string, secrets: Set<string>): string {
  if (asValueOf !== undefined && isLiteral(word)) return refer(asValueOf, secrets);
  const flag = FLAG.exec(word);
  const [, name, value] = flag ?? [];
  if (name !== undefined && value !== undefined && isLiteral(value)) {
    if (isSecretName(name) || looksSecret(value))
      return `${name}=${refer(toVariable(name, prefix), secrets)}`;
    return word;
  }
  if (/\s/.test(word)) return hideInline(word, prefix, secrets);
  const [, key, assigned] = /^([A-Za-z_]\w*)=([\s\S]+)$/.exec(word) ?? [];
  if (key !== undefined && assigned !== undefined && isSecretName(key) && isLiteral(assigned))
    return `${key}=${refer(key, secrets)}`;
  return looksSecret(word) && isLiteral(word) ? refer(toVariable('argument', prefix), secrets) : word;
}

function hideInline(word: string, prefix: string, secrets: Set<string>): string {
  const bounded = word.slice(0, 8192);
  const replaced = bounded.replace(INLINE, (whole: string, name: string, between: string, value: string) => {
    const bare = value.replace(/^["']|["']$/g, '');
    const isNamed = isSecretName(name) && (between === '=' || name.startsWith('-'));
    if (!isLiteral(bare) || !(isNamed || looksSecret(bare))) return whole;
    return `${name}${between}${refer(toVariable(name, prefix), secrets)}`;
  });
  if (!looksSecret(replaced)) return replaced;
  return replaced
    .split(/(\s+)/)
    .map((part) =>
      looksSecret(part) && isLiteral(part) ? refer(toVariable('argument', prefix), secrets) : part,
    )
    .join('');
}

// `$PASSWORD` and `$(cat file)` are read when the command runs.
function isLiteral(text: string): boolean {
  return text !== '' && !text.startsWith('$') && !(text.startsWith('-') && FLAG.test(text));
}

function refer(name: string, secrets: Set<string>): string {
  secrets.add(name);
  return `$(${name})`;
}

function toVariable(flag: string, prefix: string): string {
  const name = flag
    .replace(/^-+/, '')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase();
  const start = prefix.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase();
  return `${/^\d/.test(start) ? '_' : ''}${start}_${name}`;
}
