// Variables of compose: $VAR, ${VAR}, its defaults and requirements, nested and escaped; secrets leave a reference, never their value.
import { isSecret } from '../../application/secret-names.ts';

/** Values by name; foreign names, so a Map. */
export type Variables = ReadonlyMap<string, string>;

/** A text after its variables were put in. */
export interface Interpolated {
  text: string;
  /** Variables that have no value and no default, in order of appearance. */
  missing: string[];
  /** Those among them that the file demands (`${VAR:?why}`). */
  demanded: string[];
  /** Variables that hold secrets: `$(NAME)` stands in their place, which Kubernetes expands in commands. */
  secrets: string[];
}

/** What is wrong with a text: `offset` from its beginning. */
export class InterpolationError extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.name = 'InterpolationError';
    this.offset = offset;
  }
}

const MAX_LENGTH = 256 * 1024;
const MAX_NESTING = 16;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const OPERATOR = /:-|:\?|:\+|-|\?|\+/y;

interface Run extends Interpolated {
  variables: Variables;
}

/** Puts variables into a text. Throws {@link InterpolationError} for `${` without end, without a name, or with an unknown operator. */
export function interpolate(text: string, variables: Variables): Interpolated {
  const run: Run = { text: '', missing: [], demanded: [], secrets: [], variables };
  run.text = expand(run, text, 0, 0);
  return run;
}

function expand(run: Run, text: string, base: number, nesting: number): string {
  if (nesting > MAX_NESTING) throw new InterpolationError(`more than ${MAX_NESTING} variables nested`, base);
  let out = '';
  let at = 0;
  for (let dollar = text.indexOf('$'); dollar !== -1; dollar = text.indexOf('$', at)) {
    out += text.slice(at, dollar);
    const next = expandAt(run, text, dollar, base, nesting);
    out += next.text;
    at = next.end;
    if (out.length > MAX_LENGTH) throw new InterpolationError('a value over 256 KiB', base);
  }
  return out + text.slice(at);
}

function expandAt(
  run: Run,
  text: string,
  dollar: number,
  base: number,
  nesting: number,
): { text: string; end: number } {
  const following = text[dollar + 1];
  if (following === '$') return { text: '$', end: dollar + 2 };
  if (following !== '{') {
    const name = matchAt(NAME, text, dollar + 1);
    if (name === undefined) return { text: '$', end: dollar + 1 };
    return { text: valueOf(run, name), end: dollar + 1 + name.length };
  }
  const end = findEnd(text, dollar + 2);
  if (end === -1) throw new InterpolationError('expected } after ${, found the end', base + dollar);
  const inner = text.slice(dollar + 2, end);
  return { text: expandBraced(run, inner, base + dollar + 2, nesting), end: end + 1 };
}

// The brace that closes this variable: those of variables nested in its default are skipped.
function findEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '$' && text[at + 1] === '$') at++;
    else if (text[at] === '$' && text[at + 1] === '{') {
      depth++;
      at++;
    } else if (text[at] === '}') {
      if (depth === 0) return at;
      depth--;
    }
  }
  return -1;
}

function expandBraced(run: Run, inner: string, base: number, nesting: number): string {
  const name = matchAt(NAME, inner, 0);
  if (name === undefined)
    throw new InterpolationError('expected the name of a variable after ${, found none', base);
  if (name.length === inner.length) return valueOf(run, name);
  const operator = matchAt(OPERATOR, inner, name.length);
  if (operator === undefined) {
    throw new InterpolationError(
      `expected } or one of :- - :? ? :+ + after the name of a variable, found another character`,
      base + name.length,
    );
  }
  const start = name.length + operator.length;
  const word = (): string => expand(run, inner.slice(start), base + start, nesting + 1);
  const value = run.variables.get(name);
  const isSet = operator.startsWith(':') ? value !== undefined && value !== '' : value !== undefined;
  if (operator.endsWith('+')) return isSet ? word() : '';
  if (isSet) return valueOf(run, name);
  if (operator.endsWith('-')) return keepSecret(run, name, word());
  run.demanded.push(name);
  return valueOf(run, name);
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function valueOf(run: Run, name: string): string {
  const value = run.variables.get(name);
  if (value === undefined) run.missing.push(name);
  return keepSecret(run, name, value ?? '');
}

// `${DB_PASSWORD:-hunter2}` is as secret as the variable itself.
function keepSecret(run: Run, name: string, value: string): string {
  if (!isSecret(name, value)) return value;
  if (!run.secrets.includes(name)) run.secrets.push(name);
  return `$(${name})`;
}
