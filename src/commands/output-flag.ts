// -o: how data is printed. A format is always -o's, never a place.
import * as Flags from '@oclif/core/flags';

/** The -o of a command that prints one of `formats`; the first is what a person gets by default. */
export function createOutputFlag<const T extends readonly string[]>(formats: T) {
  return Flags.option({
    options: formats,
    char: 'o',
    helpValue: 'FORMAT',
    summary: formats.join(', '),
  })();
}

/** The formats that a program reads: stdout then holds one document and nothing else. */
export type StructuredFormat = 'json' | 'yaml';

/** Whether the format is for programs. */
export function isStructured(format: string | undefined): format is StructuredFormat {
  return format === 'json' || format === 'yaml';
}

/** The structured format that a command line asks for, found without understanding it: errors of parsing obey it, too. */
export function findStructuredFormat(argv: readonly string[]): StructuredFormat | undefined {
  const end = argv.indexOf('--');
  const tokens = end === -1 ? argv : argv.slice(0, end);
  let found: string | undefined;
  for (const [index, token] of tokens.entries()) {
    const joined = /^(?:--output=|-[a-zA-Z]*?o=?)(json|yaml)$/.exec(token);
    if (joined && !(token.startsWith('--') && !token.startsWith('--output='))) found = joined[1];
    if (token === '--output' || /^-[a-zA-Z]*o$/.test(token)) found = tokens[index + 1];
  }
  return isStructured(found) ? found : undefined;
}
