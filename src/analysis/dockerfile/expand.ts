// Replaces variables, quotes and escapes in a word as the image builder does it.
import type { EscapeCharacter } from './instruction.ts';
import { createInvalid, quote, type Place } from './invalid.ts';
import { MAX_NESTING, type Budget } from './expand-limits.ts';
import { applyOperator } from './expand-operators.ts';

/** What a word is evaluated against. */
export interface Scope {
  lookup(name: string): string | undefined;
  /** Told of every variable that has no value and no default. */
  onUnset?(name: string): void;
  escape: EscapeCharacter;
  place: Place;
  budget: Budget;
}

/** Reads one word, character by character. */
interface Reader {
  text: string;
  at: number;
  depth: number;
  scope: Scope;
}

/** The word with quotes and escapes removed and variables replaced. Throws DockerfileInvalid: bad substitution, open quote, too long. */
export function expandWord(word: string, scope: Scope): string {
  if (!/[$"'\\`]/.test(word)) return word;
  const reader: Reader = { text: word, at: 0, depth: 0, scope };
  return scope.budget.checkValue(readUntil(reader, undefined, false), scope.place);
}

// Reads up to `stop` (which it consumes) or, without one, to the end. Patterns keep their escapes.
function readUntil(reader: Reader, stop: string | undefined, keepsEscapes: boolean): string {
  const { text, scope } = reader;
  const parts: string[] = [];
  while (reader.at < text.length) {
    const character = text[reader.at] ?? '';
    reader.at++;
    if (character === stop) return parts.join('');
    if (character === "'") parts.push(readSingleQuoted(reader));
    else if (character === '"') parts.push(readDoubleQuoted(reader));
    else if (character === '$') parts.push(readDollar(reader));
    else if (character === scope.escape) parts.push(readEscaped(reader, keepsEscapes));
    else parts.push(character);
  }
  if (stop !== undefined) throw createSubstitutionError(reader, `expected ${stop} before the end`);
  return parts.join('');
}

function readEscaped(reader: Reader, keepsEscapes: boolean): string {
  const next = reader.text[reader.at] ?? '';
  reader.at++;
  return keepsEscapes ? `\\${next}` : next;
}

function readSingleQuoted(reader: Reader): string {
  const end = reader.text.indexOf("'", reader.at);
  if (end === -1) throw createSubstitutionError(reader, "expected a closing ' before the end");
  const inside = reader.text.slice(reader.at, end);
  reader.at = end + 1;
  return inside;
}

function readDoubleQuoted(reader: Reader): string {
  const { text, scope } = reader;
  const parts: string[] = [];
  while (reader.at < text.length) {
    const character = text[reader.at] ?? '';
    reader.at++;
    if (character === '"') return parts.join('');
    if (character === '$') parts.push(readDollar(reader));
    else if (character === scope.escape) parts.push(readEscapedInQuotes(reader));
    else parts.push(character);
  }
  throw createSubstitutionError(reader, 'expected a closing " before the end');
}

// Inside double quotes only these are escaped; before anything else the escape character stands for itself.
function readEscapedInQuotes(reader: Reader): string {
  const { text, scope } = reader;
  const next = text[reader.at];
  if (next !== '"' && next !== '$' && next !== scope.escape) return scope.escape;
  reader.at++;
  return next;
}

function readDollar(reader: Reader): string {
  const { text, scope } = reader;
  if (text[reader.at] !== '{') {
    const name = readName(reader);
    return name === '' ? '$' : valueOf(reader, name);
  }
  if (++reader.depth > MAX_NESTING)
    throw createSubstitutionError(reader, `expected at most ${MAX_NESTING} substitutions inside each other`);
  reader.at++;
  const name = readName(reader);
  if (name === '') throw createSubstitutionError(reader, 'expected a name after ${');
  const result = readSubstitution(reader, name);
  reader.depth--;
  scope.budget.spend(result.length, scope.place);
  return result;
}

function readSubstitution(reader: Reader, name: string): string {
  const { text, scope } = reader;
  if (text[reader.at] === '}') {
    reader.at++;
    return valueOf(reader, name);
  }
  const treatsEmptyAsUnset = text[reader.at] === ':';
  if (treatsEmptyAsUnset) reader.at++;
  const known = scope.lookup(name);
  return readOperation(reader, name, treatsEmptyAsUnset && known === '' ? undefined : known);
}

function readOperation(reader: Reader, name: string, value: string | undefined): string {
  const { text, scope } = reader;
  const operator = text[reader.at++] ?? 'the end';
  if (operator === '/') return readReplacement(reader, value ?? '');
  if (!/^[-+?#%]$/.test(operator))
    throw createSubstitutionError(reader, `expected one of } :- :+ - + ? # % / after ${quote(name)}`);
  const word = readUntil(reader, '}', operator === '#' || operator === '%');
  if (value === undefined && operator === '?') scope.onUnset?.(name);
  return applyOperator({ operator, value, word }, scope);
}

function readReplacement(reader: Reader, value: string): string {
  const isEverywhere = reader.text[reader.at] === '/';
  if (isEverywhere) reader.at++;
  const pattern = readUntil(reader, '/', true);
  const word = readUntil(reader, '}', false);
  return applyOperator({ operator: isEverywhere ? '//' : '/', value, word, pattern }, reader.scope);
}

function valueOf({ scope }: Reader, name: string): string {
  const value = scope.lookup(name);
  if (value === undefined) scope.onUnset?.(name);
  return value ?? '';
}

function readName(reader: Reader): string {
  const name = /^(?:[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*#?$!-])/.exec(
    reader.text.slice(reader.at, reader.at + 512),
  )?.[0];
  reader.at += name?.length ?? 0;
  return name ?? '';
}

function createSubstitutionError(reader: Reader, problem: string): Error {
  return createInvalid(
    reader.scope.place,
    `${problem}, found ${quote(reader.text)}`,
    'Close the quote or the ${…}; a $ that means itself is written \\$.',
  );
}
