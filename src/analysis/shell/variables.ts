// Replaces variables in a command line as the container's shell would when it starts: `$PORT`, `${PORT}`, `${PORT:-8080}`.

const VARIABLE =
  /\$(?:([A-Za-z_][A-Za-z0-9_]{0,127})|\{([A-Za-z_][A-Za-z0-9_]{0,127})(?::?([-=+?])([^{}]{0,512}))?\})/g;
/** A value is put in only up to this length: command lines are read for ports and users, not run. */
const MAX_VALUE = 512;
const MAX_TEXT = 64 * 1024;

/** The text with every variable replaced that `lookup` knows or that has a default; others stay as written. */
export function replaceVariables(text: string, lookup: (name: string) => string | undefined): string {
  return text
    .slice(0, MAX_TEXT)
    .replace(VARIABLE, (whole: string, plain?: string, braced?: string, operator?: string, word?: string) =>
      substitute({
        whole,
        operator,
        word: word ?? '',
        value: lookup(plain ?? braced ?? '')?.slice(0, MAX_VALUE),
      }),
    );
}

interface Use {
  whole: string;
  operator: string | undefined;
  word: string;
  value: string | undefined;
}

function substitute({ whole, operator, word, value }: Use): string {
  const isSet = value !== undefined && (value !== '' || operator === undefined);
  if (operator === '+') return isSet ? word : '';
  if (isSet) return value;
  return operator === '-' || operator === '=' ? word : whole;
}

/** The variables that a text refers to, each once. */
export function findVariables(text: string): string[] {
  const names = [...text.slice(0, MAX_TEXT).matchAll(VARIABLE)].map((match) => match[1] ?? match[2] ?? '');
  return [...new Set(names)];
}
