// The kinds of value that a setting can have: what a file may hold (JSON schema), and how text becomes the value.
import { parseDuration, parseIntOrPercent, parseQuantity } from '../quantity/index.ts';

/** The words of JSON schema that settings files are described with. */
export interface JsonSchema {
  type?: string | readonly string[];
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: readonly string[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  enum?: readonly (string | number | null)[];
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  maxItems?: number;
  maxProperties?: number;
}

/** The value, or what was expected instead: fit to stand between "expected " and ", found". */
export type ParseResult<T> = { ok: true; value: T } | { ok: false; expected: string };

/** How one kind of value is written and read. `parse` gets the text of a scalar, or what a list or map holds. */
export interface ValueKind<T> {
  schema: JsonSchema;
  parse(raw: unknown): ParseResult<T>;
}

const LONGEST_TEXT = 4096;
const scalar: JsonSchema = { type: ['string', 'number', 'boolean', 'null'], maxLength: LONGEST_TEXT };

/** Any text on any number of lines; YAML's numbers keep their spelling (`tag: 1.10`). */
export const text: ValueKind<string> = {
  schema: scalar,
  parse: (raw) =>
    isText(raw) && raw.length <= LONGEST_TEXT
      ? accept(raw)
      : refuse(`text of at most ${LONGEST_TEXT} characters`),
};

/** Text without white space: a name, a host, an image. */
export const word: ValueKind<string> = {
  schema: scalar,
  parse: (raw) => (isText(raw) && /^\S{1,512}$/.test(raw) ? accept(raw) : refuse('one word without spaces')),
};

/** A whole number. */
export function integer(minimum: number, maximum: number): ValueKind<number> {
  return {
    schema: { type: ['integer', 'null'], minimum, maximum },
    parse: (raw) => {
      const value = isText(raw) && /^-?\d{1,15}$/.test(raw) ? Number(raw) : NaN;
      return value >= minimum && value <= maximum
        ? accept(value)
        : refuse(`a whole number from ${minimum} to ${maximum}`);
    },
  };
}

/** Yes or no. */
export const flag: ValueKind<boolean> = {
  schema: { type: ['boolean', 'null'] },
  parse: (raw) => {
    const isTrue = raw === 'true' || raw === '1';
    return isTrue || raw === 'false' || raw === '0' ? accept(isTrue) : refuse('true or false');
  },
};

/** One of some words; `aliases` are other spellings of them. */
export function choice<const T extends string>(
  values: readonly T[],
  aliases: Readonly<Record<string, T>> = {},
): ValueKind<T> {
  const meanings = new Map<unknown, T>([
    ...Object.entries(aliases),
    ...values.map((value) => [value, value] as const),
  ]);
  return {
    schema: { enum: [...values, ...Object.keys(aliases), '', null] },
    parse: (raw) => {
      const value = meanings.get(raw);
      return value === undefined ? refuse(`one of ${values.join(', ')}`) : accept(value);
    },
  };
}

/** CPU or memory as Kubernetes writes it, kept as written. Not negative. */
export const quantity: ValueKind<string> = {
  schema: { type: ['string', 'number', 'null'], maxLength: 64 },
  parse: (raw) => {
    const result = parseQuantity(raw);
    return result.ok && result.quantity.nano >= 0n
      ? accept(String(raw))
      : refuse('a quantity such as 250m, 0.5, 64Mi or 2Gi');
  },
};

/** A span of time as Go writes it, in seconds, rounded up. */
export const durationSeconds: ValueKind<number> = {
  schema: { type: ['string', 'number', 'null'], maxLength: 64 },
  parse: (raw) => {
    const result = parseDuration(raw);
    return result.ok && result.durationMs > 0 && result.durationMs <= 86_400_000
      ? accept(Math.ceil(result.durationMs / 1000))
      : refuse('a duration of at most a day, such as 30s or 2m');
  },
};

/** Pods, or a share of them: `1`, `25%`. */
export const intOrPercent: ValueKind<string | number> = {
  schema: { type: ['string', 'integer', 'null'], maxLength: 16 },
  parse: (raw) => {
    const result = parseIntOrPercent(raw);
    if (!result.ok) return refuse('a count such as 1 or a percentage such as 25%');
    return accept(result.value.kind === 'count' ? result.value.count : `${result.value.percent}%`);
  },
};

/** Labels or annotations; as text `a=b,c=d`. */
export const textMap: ValueKind<Readonly<Record<string, string>>> = {
  schema: { type: ['object', 'null'], additionalProperties: scalar, maxProperties: 100 },
  parse: (raw) => {
    const entries = isText(raw) ? splitPairs(raw) : Object.entries(raw as object);
    const isPairs = entries.every(
      (pair): pair is [string, string] => pair.length === 2 && pair.every(isText),
    );
    return isPairs ? accept(Object.fromEntries(entries)) : refuse('pairs such as team=shop,tier=web');
  },
};

/** Several words; as text separated by commas. */
export const wordList: ValueKind<readonly string[]> = {
  schema: { type: ['array', 'null'], items: scalar, maxItems: 100 },
  parse: (raw) => {
    const items: unknown[] = isText(raw)
      ? raw.split(',').map((item) => item.trim())
      : [...(raw as unknown[])];
    return items.every((item) => isText(item) && /^\S{1,512}$/.test(item))
      ? accept(items as string[])
      : refuse('words without spaces');
  },
};

const isText = (raw: unknown): raw is string => typeof raw === 'string';
const accept = <T>(value: T): ParseResult<T> => ({ ok: true, value });
const refuse = (expected: string): { ok: false; expected: string } => ({ ok: false, expected });
const splitPairs = (raw: string) =>
  raw.split(',').map((pair) => {
    const equals = pair.indexOf('=');
    return equals < 1 ? [pair] : [pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()];
  });
