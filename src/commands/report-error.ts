// Puts an error where it belongs: a document on stdout for programs, lines on stderr for people.
import { DorguError } from '../api/errors.ts';
import { COLOUR_MODES } from '../ui/colour.ts';
import { formatError, toErrorDocument } from './format-error.ts';
import { isColoured, type Invocation } from './invocation.ts';
import { findStructuredFormat } from './output-flag.ts';

/** As {@link STACK_VERBOSITY} of global-flags.ts, which would load the parser. */
const STACK_VERBOSITY = 6;

/** Prints the error as the command line wants it, even where the command line itself is the error. */
export async function reportError(
  error: unknown,
  argv: readonly string[],
  invocation: Invocation,
): Promise<void> {
  const format = findStructuredFormat(argv);
  if (format !== undefined) {
    const { formatStructured } = await import('../ui/structured.ts');
    invocation.stdout.write(formatStructured(toErrorDocument(error), format));
    return;
  }
  const { stderr, env } = invocation;
  const mode = COLOUR_MODES.find((candidate) => findValue(argv, /^--color(?:=(.*))?$/) === candidate);
  const palette = isColoured(stderr, env, mode)
    ? (await import('../ui/palette.ts')).createPalette(true)
    : undefined;
  const verbosity = Number(findValue(argv, /^(?:-v|--v|--verbosity)(?:=?(\d+))?$/) ?? 0);
  stderr.write(
    formatError(error, {
      ...(palette === undefined ? {} : { emphasise: (text) => palette.failing(text) }),
      withStack: verbosity >= STACK_VERBOSITY,
    }),
  );
}

/** After Ctrl-C: a document for a program, which would wait for one; nothing for a person, who knows. */
export async function reportInterruption(argv: readonly string[], invocation: Invocation): Promise<void> {
  if (findStructuredFormat(argv) === undefined) return;
  await reportError(new DorguError('Interrupted', 'interrupted before the end'), argv, invocation);
}

/** The last value of a flag, after `=` or in the next word. */
function findValue(argv: readonly string[], flag: RegExp): string | undefined {
  const index = argv.findLastIndex((token) => flag.test(token));
  if (index === -1) return undefined;
  return flag.exec(argv[index] ?? '')?.[1] ?? argv[index + 1];
}
