// Recognises a plain GET in the options of curl, wget and HTTPie: what changes the request makes it no probe.
import { parseAddress, type OwnNames, type ProbeCommand } from './probe-address.ts';

interface Client {
  /** Short options that take a value. */
  readonly valued: string;
  /** Options that make it another request: a body, credentials, another way to the server. */
  readonly changes: RegExp;
}

const CLIENTS = {
  curl: {
    valued: 'AbcCdDeEFHKmoPQrtTuUwxXyYz',
    changes:
      /^(?:[bdEFKTux]|data.*|form.*|upload-file|user|oauth2.*|cookie|proxy|unix-socket|resolve|connect-to|cert|key|config)$/,
  },
  wget: {
    valued: 'aABDeIiloOPQRtTUwX',
    changes:
      /^(?:i|input-file|post-.*|body-.*|user|password|http-user|http-password|certificate|private-key|load-cookies)$/,
  },
} satisfies Record<string, Client>;

/** Long options of both that take a value as the next word. */
const LONG_VALUED = new Set(
  (
    'output output-document output-file max-time connect-timeout read-timeout dns-timeout timeout retry retry-delay ' +
    'retry-max-time tries wait waitretry header write-out user-agent referer max-redirs cacert capath noproxy ' +
    'ca-certificate execute request method'
  ).split(' '),
);
/** Headers that mark a request without making it another. */
const HARMLESS_HEADER = /^(?:X-[\w-]+|Accept|User-Agent|Cache-Control):/i;
const LOOKS_LIKE_ADDRESS = /^(?:https?:\/\/|[\w.[\]:$-]+:\d|localhost|127\.)/i;

/** The probe that curl's or wget's arguments amount to. */
export function recogniseRequest(
  client: keyof typeof CLIENTS,
  args: readonly string[],
  names: OwnNames,
): ProbeCommand | undefined {
  const { options, words } = readArguments(args, CLIENTS[client].valued);
  const isOther = options.some(([name, value]) => changesRequest(CLIENTS[client], name, value));
  return isOther ? undefined : parseOnly(words, names);
}

/** The probe that HTTPie's arguments amount to: `http --check-status GET localhost:80/up`. */
export function recogniseHttpie(args: readonly string[], names: OwnNames): ProbeCommand | undefined {
  const words = args.filter((word) => !word.startsWith('-'));
  const [first = ''] = words;
  return parseOnly(/^(?:GET|HEAD)$/.test(first) ? words.slice(1) : words, names, true);
}

// One address; a word that is none may be the value of an option that is not known here.
function parseOnly(words: readonly string[], names: OwnNames, isStrict = false): ProbeCommand | undefined {
  const addresses =
    words.length === 1 || isStrict ? words : words.filter((word) => LOOKS_LIKE_ADDRESS.test(word));
  return addresses.length === 1 ? parseAddress(addresses[0] ?? '', names) : undefined;
}

function changesRequest({ changes }: Client, name: string, value: string): boolean {
  if (name === 'X' || name === 'request' || name === 'method') return !/^(?:GET|HEAD)$/.test(value);
  if (name === 'H' || name === 'header') return !HARMLESS_HEADER.test(value);
  return changes.test(name);
}

function readArguments(
  args: readonly string[],
  valued: string,
): { options: [string, string][]; words: string[] } {
  const options: [string, string][] = [];
  const words: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? '';
    const next = args[at + 1] ?? '';
    if (!word.startsWith('-')) words.push(word);
    else {
      const { found, takesNext } = word.startsWith('--')
        ? readLong(word, next)
        : readShort(word, next, valued);
      options.push(...found);
      if (takesNext) at++;
    }
  }
  return { options, words };
}

interface Read {
  found: [string, string][];
  takesNext: boolean;
}

function readLong(word: string, next: string): Read {
  const equals = word.indexOf('=');
  if (equals !== -1) return { found: [[word.slice(2, equals), word.slice(equals + 1)]], takesNext: false };
  const takesNext = LONG_VALUED.has(word.slice(2));
  return { found: [[word.slice(2), takesNext ? next : '']], takesNext };
}

// `-fsSo /dev/null`, `-qO-`, `-XPOST`: the first letter that takes a value takes the rest, or the next word.
function readShort(word: string, next: string, valued: string): Read {
  const found: [string, string][] = [];
  for (let at = 1; at < word.length; at++) {
    const letter = word[at] ?? '';
    if (!valued.includes(letter)) found.push([letter, '']);
    else if (at + 1 < word.length)
      return { found: [...found, [letter, word.slice(at + 1)]], takesNext: false };
    else return { found: [...found, [letter, next]], takesNext: true };
  }
  return { found, takesNext: false };
}
