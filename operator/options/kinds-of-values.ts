// How the text of an option is read: each kind says what it expects, in the words of error messages.
import { parseDuration } from '../../src/quantity/duration.ts';

/** Reads a text; undefined where it is none of its kind. */
export interface ValueKind<T> {
  /** Follows "expected": `a duration such as 30s`. */
  expected: string;
  parse(text: string): T | undefined;
  /** A flag of its own means `true`, and takes a value after `=` only. */
  isBoolean?: boolean;
}

/** Where a server listens; no host means all addresses, port 0 any free one. */
export interface BindAddress {
  host: string | undefined;
  port: number;
}

export const anyText: ValueKind<string> = { expected: 'text', parse: (text) => text };

export const trueOrFalse: ValueKind<boolean> = {
  expected: 'true or false',
  isBoolean: true,
  parse: (text) => {
    if (['true', '1'].includes(text.toLowerCase())) return true;
    return ['false', '0'].includes(text.toLowerCase()) ? false : undefined;
  },
};

const dayMs = 24 * 60 * 60 * 1000;

/** Milliseconds, up to a day. */
export function durationOf({ leastMs, example }: { leastMs: number; example: string }): ValueKind<number> {
  return {
    expected: `a duration from ${leastMs / 1000}s to 24h, such as ${example}`,
    parse: (text) => {
      const read = parseDuration(text);
      return read.ok && read.durationMs >= leastMs && read.durationMs <= dayMs ? read.durationMs : undefined;
    },
  };
}

export function wholeNumber(least: number, most: number): ValueKind<number> {
  return {
    expected: `a whole number from ${least} to ${most}`,
    parse: (text) => {
      const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
      return number >= least && number <= most ? number : undefined;
    },
  };
}

export function oneOf<T extends string>(...words: readonly T[]): ValueKind<T> {
  return { expected: words.join(' or '), parse: (text) => words.find((word) => word === text) };
}

/** Words with commas between; empty: none of them. */
export function someOf<T extends string>(...words: readonly T[]): ValueKind<readonly T[]> {
  return {
    expected: `some of ${words.join(', ')}, with commas between`,
    parse: (text) => {
      const parts = text.split(',').map((part) => part.trim());
      if (text.trim() === '') return Object.freeze([]);
      const isKnown = parts.every((part) => words.some((word) => word === part));
      return isKnown ? Object.freeze(words.filter((word) => parts.includes(word))) : undefined;
    },
  };
}

/** Undefined inside of `off` means that nothing listens. */
export const bindAddress: ValueKind<Readonly<BindAddress> | 'off'> = {
  expected: 'HOST:PORT, :PORT for all addresses, or 0 to switch it off',
  parse: (text) => {
    if (text === '0') return 'off';
    const match = /^(?:\[(?<ipv6>[0-9a-fA-F:.]+)\]|(?<host>[A-Za-z0-9.-]*)):(?<port>\d{1,5})$/.exec(text);
    const { ipv6, host, port } = match?.groups ?? {};
    if (port === undefined || Number(port) > 65_535) return undefined;
    return Object.freeze({ host: ipv6 ?? (host || undefined), port: Number(port) });
  },
};

/** Of an object of Kubernetes; empty is none. */
export const objectName: ValueKind<string> = {
  expected: 'a name of lower-case letters, digits, - and .',
  parse: (text) =>
    text.length <= 253 && /^([a-z0-9]([a-z0-9.-]*[a-z0-9])?)?$/.test(text) ? text : undefined,
};

/** Names of the DNS with commas between, in lower case; empty: none. */
export const hostNames: ValueKind<readonly string[]> = {
  expected: 'host names such as stream.example.com, with commas between',
  parse: (text) => {
    const names = text === '' ? [] : text.split(',').map((part) => part.trim().toLowerCase());
    const isName = (name: string): boolean =>
      name.length <= 253 && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/.test(name);
    return names.every(isName) ? Object.freeze([...new Set(names)]) : undefined;
  },
};

export const httpUrl: ValueKind<string> = {
  expected: 'a URL such as http://prometheus.monitoring:9090',
  parse: (text) => {
    if (text === '') return '';
    const protocol = URL.parse(text)?.protocol;
    return protocol === 'http:' || protocol === 'https:' ? text.replace(/\/+$/, '') : undefined;
  },
};

/** `Name=value` with commas between. */
export const headers: ValueKind<ReadonlyMap<string, string>> = {
  expected: 'headers as NAME=VALUE, with commas between',
  parse: (text) => {
    const parts = text === '' ? [] : text.split(',');
    const entries = parts.map((part) => /^\s*([A-Za-z0-9-]{1,100})=([\x20-\x7e]*)$/.exec(part));
    if (entries.some((entry) => entry === null)) return undefined;
    return new Map(entries.map((entry) => [entry?.[1] ?? '', entry?.[2] ?? '']));
  },
};
