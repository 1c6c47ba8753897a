// Fields as people type them: `spec.template.spec.containers[0].image`, `.containers[name=api].image`, `deployment.spec.replicas`.
import { findNearest } from '../api/nearest-word.ts';
import type { Leaf } from './leaves.ts';
import type { FieldPath } from './reason.ts';

/** A path as it is printed: `metadata.labels["app.kubernetes.io/name"]`, `spec.ports[0].name`. */
export function formatPath(path: FieldPath): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    if (!/^[\w$-]+$/.test(step)) return `${text}[${JSON.stringify(step)}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

/** What a selector in brackets asks for, or a word between dots. */
type Token = { word: string } | { index: number } | { key: string; value: string } | { all: true };

const tokenPattern =
  /^\.?(?:\[\s*(?:(?<index>\d+)|(?<all>\*)|\??\(?@?\.?(?<key>[\w.-]+)\s*={1,2}\s*["']?(?<value>[^"'\])]*)["']?\)?|"(?<double>[^"]*)"|'(?<single>[^']*)')\s*\]|(?<word>(?:\\.|[^.[\]\\])+))/;

/** Longer text names no field. */
const maxLength = 1024;

/** Takes apart what a person typed; undefined where it is no path. */
export function parseField(text: string): Token[] | undefined {
  let rest = text
    .trim()
    .slice(0, maxLength)
    .replace(/^\{(.*)\}$/, '$1')
    .replace(/^\$/, '');
  const tokens: Token[] = [];
  while (rest !== '' && rest !== '.') {
    const match = tokenPattern.exec(rest);
    if (!match?.groups || match[0] === '') return undefined;
    tokens.push(toToken(match.groups));
    rest = rest.slice(match[0].length);
  }
  return tokens;
}

function toToken(groups: Record<string, string | undefined>): Token {
  const { index, all, key, value, double, single, word } = groups;
  if (index !== undefined) return { index: Number(index) };
  if (all !== undefined) return { all: true };
  if (key !== undefined) return { key, value: value ?? '' };
  return { word: double ?? single ?? (word ?? '').replace(/\\(.)/g, '$1') };
}

/**
 * The leaves below each place that the text can mean: from the root, without the kind in front, or, where neither is there,
 * anywhere that ends so. Lists without an index mean all items, as `kubectl explain` has it.
 */
export function findFields(document: unknown, text: string): { path: FieldPath; value: unknown }[] {
  const tokens = parseField(text);
  if (tokens === undefined) return [];
  const [first, ...rest] = tokens;
  const kind = (document as { kind?: unknown } | null)?.kind;
  const isKind =
    first !== undefined && 'word' in first && typeof kind === 'string' && isKindWord(first.word, kind);
  const fromRoot = matchTokens(document, tokens, []);
  if (fromRoot.length > 0) return fromRoot;
  const withoutKind = isKind ? matchTokens(document, rest, []) : [];
  return withoutKind.length > 0 ? withoutKind : findAnywhere(document, tokens, [], 0);
}

const isKindWord = (word: string, kind: string) =>
  [kind.toLowerCase(), `${kind.toLowerCase()}s`].includes(word.toLowerCase());

type Found = { path: FieldPath; value: unknown }[];

function matchTokens(node: unknown, tokens: readonly Token[], path: FieldPath): Found {
  const [token, ...rest] = tokens;
  if (token === undefined) return [{ path, value: node }];
  if (Array.isArray(node)) return matchList(node as unknown[], token, tokens, path);
  if (typeof node !== 'object' || node === null || !('word' in token)) return [];
  return matchKey(node, token.word, rest, path);
}

/** A key may have dots of its own: the longest run of words that is one is taken first. */
function matchKey(node: object, word: string, rest: readonly Token[], path: FieldPath): Found {
  const words = [word];
  for (const token of rest) {
    if (!('word' in token)) break;
    words.push(token.word);
  }
  for (let count = words.length; count > 0; count -= 1) {
    const key = words.slice(0, count).join('.');
    if (!Object.hasOwn(node, key)) continue;
    const found = matchTokens((node as Record<string, unknown>)[key], rest.slice(count - 1), [...path, key]);
    if (found.length > 0) return found;
  }
  return [];
}

function matchList(list: readonly unknown[], token: Token, tokens: readonly Token[], path: FieldPath): Found {
  const rest = tokens.slice(1);
  const isNumber = 'word' in token && /^\d+$/.test(token.word);
  const index = 'index' in token ? token.index : isNumber ? Number(token.word) : undefined;
  if (index !== undefined) return index < list.length ? matchTokens(list[index], rest, [...path, index]) : [];
  return list.flatMap((item, at) => {
    if ('all' in token) return matchTokens(item, rest, [...path, at]);
    if ('word' in token) return matchTokens(item, tokens, [...path, at]);
    return 'key' in token && hasValue(item, token.key, token.value)
      ? matchTokens(item, rest, [...path, at])
      : [];
  });
}

function hasValue(item: unknown, key: string, value: string): boolean {
  if (typeof item !== 'object' || item === null || !Object.hasOwn(item, key)) return false;
  return String((item as Record<string, unknown>)[key]) === value;
}

function findAnywhere(node: unknown, tokens: readonly Token[], path: FieldPath, depth: number): Found {
  if (typeof node !== 'object' || node === null || depth > 64 || tokens.length === 0) return [];
  const here = path.length === 0 ? [] : matchTokens(node, tokens, path);
  if (here.length > 0) return here;
  const entries: [string | number, unknown][] = Array.isArray(node)
    ? node.map((item: unknown, index) => [index, item])
    : Object.entries(node);
  return entries.flatMap(([step, item]) => findAnywhere(item, tokens, [...path, step], depth + 1));
}

/** The field that is nearest to what was typed: as a whole, else by its last word. */
export function findNearestField(leaves: readonly Leaf[], text: string): string | undefined {
  const paths = leaves.flatMap(({ path }) => path.map((_, at) => formatPath(path.slice(0, at + 1))));
  const plain = text.trim().replace(/^[.$]+/, '');
  const whole = findNearest(plain, paths);
  if (whole !== undefined) return whole;
  const known = leaves.flatMap(({ path }) => path.map((_, at) => path.slice(0, at + 1)));
  const last = /[\w/-]+$/.exec(plain)?.[0] ?? plain;
  const word = findNearest(
    last,
    known.map((path) => String(path.at(-1))),
  );
  const found = known.find((path) => String(path.at(-1)) === word);
  return found && formatPath(found);
}
