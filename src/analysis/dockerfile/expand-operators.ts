// The operators of `${NAME…}`: defaults, alternatives, prefixes, suffixes and replacements.
import type { Budget } from './expand-limits.ts';
import { matchCost, matchLengths, matchLengthsAtEnd } from './glob-lengths.ts';
import type { Place } from './invalid.ts';

/** One use of an operator: `${X:-word}`, `${X#word}`, `${X/pattern/word}`. */
export interface Operation {
  /** `-`, `+`, `?`, `#`, `%`, `/` or `//`. */
  operator: string;
  /** Undefined where the variable counts as unset (with `:`, empty counts too). */
  value: string | undefined;
  word: string;
  pattern?: string;
}

/** What the operation gives. A required variable (`?`) without a value gives nothing: the builder may be given it. */
export function applyOperator(operation: Operation, work: { budget: Budget; place: Place }): string {
  const { operator, value, word } = operation;
  if (operator === '-') return value ?? word;
  if (operator === '+') return value === undefined ? '' : word;
  return value === undefined ? '' : applyPattern(operation, value, work);
}

function applyPattern(
  { operator, word, pattern = '' }: Operation,
  value: string,
  { budget, place }: { budget: Budget; place: Place },
): string {
  if (operator === '/' || operator === '//')
    return replace(value, pattern, word, operator === '//', (cost) => budget.spend(cost, place));
  if (operator !== '#' && operator !== '%') return value;
  budget.spend(matchCost(value, word), place);
  return operator === '#' ? cutStart(value, word) : cutEnd(value, word);
}

function cutStart(value: string, word: string): string {
  const isLongest = word.startsWith('#');
  const lengths = matchLengths(value, isLongest ? word.slice(1) : word);
  return value.slice((isLongest ? lengths.at(-1) : lengths[0]) ?? 0);
}

function cutEnd(value: string, word: string): string {
  const isLongest = word.startsWith('%');
  const lengths = matchLengthsAtEnd(value, isLongest ? word.slice(1) : word);
  return value.slice(0, value.length - ((isLongest ? lengths.at(-1) : lengths[0]) ?? 0));
}

function replace(
  value: string,
  pattern: string,
  word: string,
  isEverywhere: boolean,
  spend: (cost: number) => void,
): string {
  if (pattern === '') return value;
  const parts: string[] = [];
  let at = 0;
  let isDone = false;
  while (at < value.length) {
    const rest = value.slice(at);
    if (!isDone) spend(matchCost(rest, pattern));
    const length: number = isDone ? 0 : (matchLengths(rest, pattern).at(-1) ?? 0);
    parts.push(length > 0 ? word : (value[at] ?? ''));
    spend(word.length);
    at += Math.max(length, 1);
    isDone ||= length > 0 && !isEverywhere;
  }
  return parts.join('');
}
