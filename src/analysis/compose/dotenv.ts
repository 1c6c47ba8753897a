// Reads .env and env_file the way compose does: quotes, several lines, export, comments, variables in values.
import { interpolate, InterpolationError, type Variables } from './interpolate.ts';

/** One assignment. `value` is absent where the name stands alone: the value is whatever runs it has. */
export interface Assignment {
  name: string;
  value?: string;
  /** From 1. */
  line: number;
  /** Secret variables that were put into the value. */
  hasSecret: boolean;
}

const MAX_ASSIGNMENTS = 5000;
const NAME = /[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]{0,255})[ \t]*/y;
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  '\\': '\\',
  $: '$$',
};

/** The assignments in order of the file. `variables` are seen by values, and so are earlier lines. Lines that are none are left out. */
export function parseDotenv(text: string, variables: Variables): Assignment[] {
  const known = new Map(variables);
  const found: Assignment[] = [];
  let at = 0;
  let line = 1;
  while (at < text.length && found.length < MAX_ASSIGNMENTS) {
    const { assignment, end } = readLine(text, at, line, known);
    if (assignment !== undefined) {
      found.push(assignment);
      if (assignment.value !== undefined && !variables.has(assignment.name))
        known.set(assignment.name, assignment.value);
    }
    for (
      let index = text.indexOf('\n', at);
      index !== -1 && index < end;
      index = text.indexOf('\n', index + 1)
    )
      line++;
    at = end;
  }
  return found;
}

function readLine(
  text: string,
  at: number,
  line: number,
  known: Variables,
): { assignment?: Assignment; end: number } {
  const newline = text.indexOf('\n', at);
  const lineEnd = newline === -1 ? text.length : newline + 1;
  NAME.lastIndex = at;
  const match = NAME.exec(text);
  const name = match?.[1];
  if (match === null || name === undefined) return { end: lineEnd };
  const sign = text[NAME.lastIndex];
  if (sign === undefined || sign === '\n' || sign === '\r')
    return { assignment: { name, line, hasSecret: false }, end: lineEnd };
  if (sign !== '=' && sign !== ':') return { end: lineEnd };
  const { raw, isLiteral, end } = readValue(text, NAME.lastIndex + 1, lineEnd);
  return { assignment: toAssignment(name, raw, isLiteral, line, known), end };
}

function toAssignment(
  name: string,
  raw: string,
  isLiteral: boolean,
  line: number,
  known: Variables,
): Assignment {
  if (isLiteral) return { name, value: raw, line, hasSecret: false };
  try {
    const { text, secrets } = interpolate(raw, known);
    return { name, value: text, line, hasSecret: secrets.length > 0 };
  } catch (error) {
    if (!(error instanceof InterpolationError)) throw error;
    return { name, value: raw, line, hasSecret: false };
  }
}

function readValue(
  text: string,
  from: number,
  lineEnd: number,
): { raw: string; isLiteral: boolean; end: number } {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at++;
  const quote = text[at];
  if (quote === '"' || quote === "'") {
    const close = findClose(text, at + 1, quote);
    if (close !== -1) {
      const inside = text.slice(at + 1, close);
      const newline = text.indexOf('\n', close);
      return {
        raw: quote === '"' ? unescape(inside) : inside,
        isLiteral: quote === "'",
        end: newline === -1 ? text.length : newline + 1,
      };
    }
  }
  const line = text.slice(at, lineEnd);
  const comment = line.startsWith('#') ? 0 : line.search(/[ \t]#/);
  return { raw: (comment === -1 ? line : line.slice(0, comment)).trim(), isLiteral: false, end: lineEnd };
}

function findClose(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\' && quote === '"') at++;
    else if (text[at] === quote) return at;
  }
  return -1;
}

function unescape(text: string): string {
  return text.replace(/\\(.)/g, (whole, letter: string) => ESCAPES[letter] ?? whole);
}
