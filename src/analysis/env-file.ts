// Reads `NAME=value` files: .env, those that compose names, .env.example and its like.

/** One assignment as written. */
export interface Assignment {
  name: string;
  /** Without its quotes, escapes still in it; absent where the name stands alone. */
  raw?: string;
  /** What the value stands in; absent where in nothing. */
  quote?: '"' | "'";
  /** From 1. */
  line: number;
}

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

const MAX_ASSIGNMENTS = 5000;
const MAX_VALUE = 4096;
const NAME = /[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]{0,255})[ \t]*/y;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', $: '$' };

/** The assignments of variables in file order, as a program sees them that expands nothing. Values are cut at 4,096 characters. */
export function parseEnvFile(text: string): EnvLine[] {
  return readAssignments(text).flatMap(({ name, raw, quote, line }) => {
    if (raw === undefined || !/^\w{1,128}$/.test(name)) return [];
    return [{ name, value: (quote === '"' ? unescapeValue(raw) : raw).slice(0, MAX_VALUE), line }];
  });
}

/** Takes escapes off what stood in double quotes. `dollar` is what `\$` leaves. */
export function unescapeValue(raw: string, dollar = '$'): string {
  return raw.replace(/\\(.)/g, (whole, letter: string) =>
    letter === '$' ? dollar : (ESCAPES[letter] ?? whole),
  );
}

/** The assignments in file order: quotes, several lines, `export`, comments. Lines that are none are left out. */
export function readAssignments(text: string): Assignment[] {
  const found: Assignment[] = [];
  let at = 0;
  let line = 1;
  while (at < text.length && found.length < MAX_ASSIGNMENTS) {
    const { assignment, end } = readLine(text, at, line);
    if (assignment !== undefined) found.push(assignment);
    line += countLines(text, at, end);
    at = end;
  }
  return found;
}

function countLines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

function readLine(text: string, at: number, line: number): { assignment?: Assignment; end: number } {
  const end = endOfLine(text, at);
  NAME.lastIndex = at;
  const name = NAME.exec(text)?.[1];
  if (name === undefined) return { end };
  const sign = text[NAME.lastIndex];
  if (sign === undefined || sign === '\n' || sign === '\r') return { assignment: { name, line }, end };
  if (sign !== '=' && sign !== ':') return { end };
  const value = readValue(text, NAME.lastIndex + 1, end);
  return { assignment: { name, line, ...value.read }, end: value.end };
}

interface ReadValue {
  read: Required<Pick<Assignment, 'raw'>> & Pick<Assignment, 'quote'>;
  end: number;
}

function readValue(text: string, from: number, lineEnd: number): ReadValue {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at++;
  const quote = text[at];
  if (quote === '"' || quote === "'") {
    const close = findClose(text, at + 1, quote);
    if (close !== -1) return { read: { raw: text.slice(at + 1, close), quote }, end: endOfLine(text, close) };
  }
  const line = text.slice(at, lineEnd);
  const comment = line.startsWith('#') ? 0 : line.search(/[ \t]#/);
  return { read: { raw: (comment === -1 ? line : line.slice(0, comment)).trim() }, end: lineEnd };
}

function endOfLine(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline === -1 ? text.length : newline + 1;
}

function findClose(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\' && quote === '"') at++;
    else if (text[at] === quote) return at;
  }
  return -1;
}
