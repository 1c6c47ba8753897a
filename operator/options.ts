// The operator's options: flags and DORGU_* variables to one frozen value, or to a reason not to start.
import { DorguError } from '../src/api/errors.ts';
import type { ValueKind } from './options/kinds-of-values.ts';
import { readFlags } from './options/read-flags.ts';
import { optionTable, variableOf, type OptionEntry } from './options/table.ts';

type Table = typeof optionTable;

/** Every option of the table with its value. Durations in milliseconds; empty text: not given. */
export type OperatorOptions = {
  readonly [K in keyof Table]: Table[K]['kind'] extends ValueKind<infer T> ? T : never;
};

/** What a command line asks for. */
export type Invocation = { kind: 'run'; options: OperatorOptions } | { kind: 'help' } | { kind: 'version' };

const entries: readonly [string, OptionEntry<unknown>][] = Object.entries(optionTable);

const knownFlags = new Map([
  ...entries.map(([, { flag, kind }]) => [flag, { isBoolean: kind.isBoolean === true }] as const),
  ...['help', 'h', 'version'].map((flag) => [flag, { isBoolean: true }] as const),
]);

/**
 * Reads arguments (without node and the script) and variables; a flag goes before its variable, an empty variable counts as not set.
 * Unknown variables are left alone: Kubernetes itself sets DORGU_WEBHOOK_SERVICE_HOST and the like for Services.
 * @throws DorguError BadFlagValue, UnknownFlag, FlagNeedsValue, UnexpectedArgument; several problems are told in one, as its details
 */
export function parseOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Invocation {
  const { texts, problems } = readFlags(args, knownFlags);
  if (texts.has('help') || texts.has('h')) return { kind: 'help' };
  if (texts.has('version')) return { kind: 'version' };
  const values: Record<string, unknown> = {};
  for (const [name, entry] of entries) {
    const { source, text } = findText(entry, texts, env);
    values[name] = entry.kind.parse(text);
    if (values[name] === undefined) problems.push(badValue(source, entry, text));
  }
  throwAll(problems);
  return { kind: 'run', options: Object.freeze(values) as OperatorOptions };
}

function findText(
  entry: OptionEntry<unknown>,
  texts: ReadonlyMap<string, string>,
  env: Readonly<Record<string, string | undefined>>,
): { source: string; text: string } {
  const flag = texts.get(entry.flag);
  if (flag !== undefined) return { source: `--${entry.flag}`, text: flag };
  const variable = variableOf(entry);
  return { source: variable, text: env[variable] || entry.default };
}

function badValue(source: string, { kind, flag }: OptionEntry<unknown>, text: string): DorguError {
  return new DorguError(
    'BadFlagValue',
    `${source}: expected ${kind.expected}, found ${JSON.stringify(text.slice(0, 200))}`,
    {
      hint: source.startsWith('--')
        ? `--help says what --${flag} means`
        : `set ${source} otherwise, or pass --${flag}`,
    },
  );
}

/** All at once, so that nobody mends them one start at a time. */
function throwAll([first, ...others]: readonly DorguError[]): void {
  if (first === undefined) return;
  if (others.length === 0) throw first;
  throw new DorguError(first.code, first.message, {
    hint: first.hint,
    details: others.map(({ message }) => message),
  });
}

/** What --help prints: the options as a table. */
export function formatHelp(): string {
  const rows = entries.map(([, { flag, default: fallback, shownDefault, meaning, kind }]) => {
    const shown = shownDefault ?? fallback;
    const wanted = kind === optionTable.kubeconfig.kind || kind.isBoolean ? '' : `; ${kind.expected}`;
    return { left: `--${flag}`, shown, meaning: `${meaning}${wanted}` };
  });
  const widest = (of: (row: (typeof rows)[number]) => string) =>
    Math.max(...rows.map((row) => of(row).length));
  const flagWidth = widest(({ left }) => left);
  const defaultWidth = widest(({ shown }) => shown);
  return [
    'The operator of kubectl-dorgu: keeps the status of personas.',
    '',
    'Usage: node operator/main.ts [--flag=value …]; each flag may be set as a variable too: --log-level as DORGU_LOG_LEVEL.',
    '',
    `  ${'FLAG'.padEnd(flagWidth)}  ${'DEFAULT'.padEnd(defaultWidth)}  MEANING`,
    ...rows.map(
      ({ left, shown, meaning }) => `  ${left.padEnd(flagWidth)}  ${shown.padEnd(defaultWidth)}  ${meaning}`,
    ),
    '  --help, --version',
    '',
  ].join('\n');
}
