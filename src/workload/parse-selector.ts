// Label selectors as people write them, in the grammar of the API server: `a=b,c!=d,e in (x,y),f notin (z),!g,h,i>3`.
import { DorguError } from '../api/errors.ts';
import type { Selector } from './workload.ts';

type Requirement = Selector['matchExpressions'][number];

/** What kubectl's -l takes, and reads the same. Empty text selects everything. @throws DorguError SelectorInvalid, with the place */
export function parseSelector(text: string): Selector {
  const reader = new Reader(text);
  const matchExpressions: Requirement[] = [];
  while (reader.token !== '' || matchExpressions.length > 0) {
    matchExpressions.push(readRequirement(reader));
    if (reader.token === '') break;
    reader.expect(',');
  }
  return { matchLabels: new Map(), matchExpressions };
}

const blank = /[ \t\r\n]*/y;
/** A symbol, or a word up to the next symbol or blank. */
const part = /==|!=|[=!(),<>]|[^=!(),<> \t\r\n]+/y;

/** One part at a time; empty at the end. */
class Reader {
  token = '';
  #start = 0;
  #end = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    this.next();
  }

  /** Goes on, and returns what was there. */
  next(): string {
    const before = this.token;
    blank.lastIndex = this.#end;
    blank.test(this.#text);
    this.#start = part.lastIndex = blank.lastIndex;
    this.token = part.exec(this.#text)?.[0] ?? '';
    this.#end = this.#start + this.token.length;
    return before;
  }

  get isWord(): boolean {
    return this.token !== '' && !/^[=!(),<>]/.test(this.token);
  }

  expect(symbol: string): void {
    if (this.token !== symbol) throw this.refuse(JSON.stringify(symbol));
    this.next();
  }

  refuse(expected: string): DorguError {
    const found = this.token === '' ? 'its end' : JSON.stringify(this.token.slice(0, 80));
    return new DorguError(
      'SelectorInvalid',
      `label selector ${JSON.stringify(this.#text.slice(0, 200))}: expected ${expected} at character ${this.#start + 1}, found ${found}`,
    );
  }
}

const comparisons: ReadonlyMap<string, { operator: string; read: (reader: Reader) => string[] }> = new Map([
  ['=', { operator: 'In', read: readOneValue }],
  ['==', { operator: 'In', read: readOneValue }],
  ['!=', { operator: 'NotIn', read: readOneValue }],
  ['in', { operator: 'In', read: readValues }],
  ['notin', { operator: 'NotIn', read: readValues }],
  ['>', { operator: 'Gt', read: readInteger }],
  ['<', { operator: 'Lt', read: readInteger }],
]);

function readRequirement(reader: Reader): Requirement {
  const isNegated = reader.token === '!';
  if (isNegated) reader.next();
  const key = readKey(reader);
  if (isNegated) return { key, operator: 'DoesNotExist', values: [] };
  if (reader.token === '' || reader.token === ',') return { key, operator: 'Exists', values: [] };
  const comparison = comparisons.get(reader.token);
  if (comparison === undefined) throw reader.refuse('one of =, !=, in, notin, >, <');
  reader.next();
  return { key, operator: comparison.operator, values: comparison.read(reader) };
}

const namePattern = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const prefixPattern = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const maxNameLength = 63;
const maxPrefixLength = 253;

function readKey(reader: Reader): string {
  const slash = reader.token.indexOf('/');
  const prefix = slash < 0 ? undefined : reader.token.slice(0, slash);
  const isFine =
    isName(reader.token.slice(slash + 1)) &&
    (prefix === undefined || (prefix.length <= maxPrefixLength && prefixPattern.test(prefix)));
  if (!reader.isWord || !isFine) throw reader.refuse("a label's key");
  return reader.next();
}

function isName(text: string): boolean {
  return text.length <= maxNameLength && namePattern.test(text);
}

/** A label may be there and be empty. */
function readValue(reader: Reader): string {
  if (reader.token === '' || reader.token === ',') return '';
  if (!reader.isWord || !isName(reader.token)) throw reader.refuse("a label's value");
  return reader.next();
}

function readOneValue(reader: Reader): string[] {
  return [readValue(reader)];
}

function readValues(reader: Reader): string[] {
  reader.expect('(');
  if (reader.token === ')') throw reader.refuse("a label's value");
  const values: string[] = [];
  for (;;) {
    if (reader.token === ')') values.push('');
    else values.push(readValue(reader));
    if (reader.token === ')') break;
    reader.expect(',');
  }
  reader.next();
  return values;
}

const largestInteger = 2n ** 63n - 1n;

function readInteger(reader: Reader): string[] {
  if (!/^[0-9]{1,63}$/.test(reader.token) || BigInt(reader.token) > largestInteger)
    throw reader.refuse('a whole number');
  return [reader.next()];
}
