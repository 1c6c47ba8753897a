// Reads `NAME=value` files: .env.example and its like, and a .env for its names.

/** One assignment, with its line (from 1). */
export interface EnvLine {
  name: string;
  /** Unquoted; empty where nothing follows the `=`. */
  value: string;
  line: number;
}

/** Files that show which variables there are, without being anybody's real values. */
export const EXAMPLE_ENV_FILES = [
  '.env.example',
  '.env.sample',
  '.env.template',
  '.env.dist',
  'env.example',
  'example.env',
  '.env.defaults',
] as const;

const MAX_LINES = 2000;

/** The assignments in file order; comments and what is none are left out. Values are cut at 4,096 characters. */
export function parseEnvFile(text: string): EnvLine[] {
  const found: EnvLine[] = [];
  for (const [index, line] of text.split(/\r?\n/, MAX_LINES).entries()) {
    const match = /^\s*(?:export\s+)?([A-Za-z_]\w{0,127})\s*=(.*)$/.exec(line.slice(0, 4096));
    if (match?.[1] === undefined) continue;
    found.push({ name: match[1], value: unquote((match[2] ?? '').trim()), line: index + 1 });
  }
  return found;
}

function unquote(text: string): string {
  const quote = text[0];
  if (quote === '"' || quote === "'") {
    const end = text.indexOf(quote, 1);
    if (end !== -1) return text.slice(1, end);
  }
  const comment = /\s#/.exec(text);
  return (comment ? text.slice(0, comment.index) : text).trim();
}
