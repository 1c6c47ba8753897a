// Splits what stands between a call's or a literal's brackets into its arguments, without parsing the language.
import type { CodeFile } from './code-file.ts';

/** An argument longer than this, or a call with more arguments, is not looked into. */
const MAX_SPAN = 2000;
const MAX_ARGUMENTS = 40;

/** One argument: its text with strings, where it starts, and its name where it is given by name. */
export interface Argument {
  readonly name?: string;
  readonly text: string;
  readonly offset: number;
}

const OPENERS = '([{';
const CLOSERS = ')]}';

/** The arguments after the bracket at `open`; `port=1` (Python, Kotlin) and `Port: 1` (Go) are named. */
export function splitArguments(file: CodeFile, open: number): Argument[] {
  const found: Argument[] = [];
  const end = Math.min(file.code.length, open + MAX_SPAN);
  let depth = 0;
  let from = open + 1;
  for (let at = open; at < end && found.length < MAX_ARGUMENTS; at++) {
    const char = file.code[at] ?? '';
    if (OPENERS.includes(char)) depth++;
    else if (CLOSERS.includes(char)) depth--;
    const isEnd = depth === 0;
    if (!isEnd && (char !== ',' || depth > 1)) continue;
    pushArgument(found, file.text.slice(from, at), from);
    if (isEnd) break;
    from = at + 1;
  }
  return found;
}

/** The offset of the bracket that closes the one at `open`, or -1 where it is not within reach. */
export function findClosing(file: CodeFile, open: number, reach = 20_000): number {
  let depth = 0;
  const end = Math.min(file.code.length, open + reach);
  for (let at = open; at < end; at++) {
    const char = file.code[at] ?? '';
    if (OPENERS.includes(char)) depth++;
    else if (CLOSERS.includes(char) && --depth === 0) return at;
  }
  return -1;
}

/** The argument of one of these names, else the one at this position among the unnamed. */
export function pickArgument(
  found: readonly Argument[],
  names: readonly string[],
  position?: number,
): Argument | undefined {
  const named = found.find(({ name }) => name !== undefined && names.includes(name));
  if (named || position === undefined) return named;
  return found.filter(({ name }) => name === undefined)[position];
}

/** The value of a plain string literal, or undefined for anything else. */
export function readString(text: string): string | undefined {
  const match = /^\s*[rbuRBU]{0,2}(["'`])([^"'`\n]{0,300})\1\s*$/.exec(text);
  return match?.[2];
}

function pushArgument(found: Argument[], raw: string, from: number): void {
  const text = raw.trim();
  if (text === '') return;
  const start = from + (raw.length - raw.trimStart().length);
  const named = /^([A-Za-z_]\w{0,60})\s{0,20}(?:=(?!=)|:(?![:=]))\s{0,20}/.exec(text);
  if (named?.[1] === undefined) found.push({ text, offset: start });
  else found.push({ name: named[1], text: text.slice(named[0].length), offset: start + named[0].length });
}
