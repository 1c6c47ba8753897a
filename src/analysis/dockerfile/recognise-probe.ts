// Recognises in a health command what Kubernetes can ask by itself: an HTTP path, an open port, a gRPC health service.
import type { ProbeFact } from '../../application/component.ts';
import { scriptOf } from './start-argv.ts';
import { splitRawWords } from '../shell/words.ts';

/** What a probe asks, without its times. */
export type ProbeTarget = Pick<ProbeFact, 'kind' | 'path' | 'port' | 'scheme' | 'command' | 'service'>;

const MAX_COMMAND = 2048;
const SELF =
  /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\]|::1|\$\{?HOSTNAME\}?|\$\(hostname(?: -[if])?\)|`hostname`)$/i;
/** `|| exit 1`, redirections: they do not change what is asked. */
const TAIL =
  /(?:\s*\|\|\s*(?:exit\s+\d+|false|kill[^|&;]*|bash -c[^|&;]*)|\s*[12&]?>{1,2}\s*(?:\/dev\/null|&[12])|\s*&&\s*(?:exit 0|true))+\s*;?\s*$/;
const ADDRESS =
  /(?<scheme>https?):\/\/(?<host>[\w.-]+|\[[:0-9a-f]+\]|\$\{?HOSTNAME\}?)(?::(?<port>\d{1,5}))?(?<path>\/[^\s"'`\\)]*)?/i;

const PROGRAMS = new Map<string, (words: readonly string[]) => ProbeTarget | undefined>([
  ...['curl', 'wget', 'http'].map((name) => [name, recogniseFetch] as const),
  ...['nc', 'ncat', 'netcat'].map((name) => [name, recogniseConnect] as const),
  ...['grpc_health_probe', 'grpc-health-probe'].map((name) => [name, recogniseGrpc] as const),
  ...['node', 'bun', 'deno', 'python', 'python3', 'ruby', 'php'].map(
    (name) => [name, recogniseOneLiner] as const,
  ),
]);

/** The probe that an argv amounts to; variables are already replaced. Undefined where only running the command tells. */
export function recogniseProbe(argv: readonly string[]): ProbeTarget | undefined {
  const [program = '', ...words] = wordsOf(argv);
  return PROGRAMS.get(program.slice(program.lastIndexOf('/') + 1))?.(words);
}

// The words of the command proper, or none where it is a script of several.
function wordsOf(argv: readonly string[]): string[] {
  const script = scriptOf(argv);
  if (script === undefined) return argv.join(' ').length > MAX_COMMAND ? [] : [...argv];
  if (script.length > MAX_COMMAND) return [];
  const text = script.trim().replace(TAIL, '');
  const words = splitRawWords(text, '\\').map(({ word }) => word);
  const isScript = words.some((word) => !/^["']/.test(word) && /[|;<>]|^&+$/.test(word));
  return isScript ? [] : words.map((word) => word.replace(/^(["'])(.*)\1$/s, '$2'));
}

function recogniseFetch(words: readonly string[]): ProbeTarget | undefined {
  const sends = /^(?:-X|--request|-d|--data.*|--post-.*|-T|-F|--unix-socket|-H|--header.*)$|^-X(?!GET|HEAD)/;
  const isPlainGet = words.every(
    (word, at) => !sends.test(word) || /^(?:GET|HEAD)$/.test(words[at + 1] ?? ''),
  );
  const urls = words.filter(
    (word) => !word.startsWith('-') && /^(?:https?:\/\/|[\w.[\]$-]+:\d|localhost|127\.)/.test(word),
  );
  return isPlainGet && urls.length === 1 ? parseAddress(urls[0] ?? '') : undefined;
}

function parseAddress(url: string): ProbeTarget | undefined {
  const found = ADDRESS.exec(/^https?:\/\//i.test(url) ? url : `http://${url}`);
  // `localhost:$PORT` with a PORT that nobody knows is no address.
  if (!found || /^[:$]/.test(found.input.slice(found.index + found[0].length))) return undefined;
  return readAddress(found.groups ?? {});
}

function readAddress({
  scheme = '',
  host = '',
  port,
  path = '/',
}: Partial<Record<string, string>>): ProbeTarget | undefined {
  if (!SELF.test(host)) return undefined;
  const isSecure = scheme.toLowerCase() === 'https';
  return toHttp(path, Number(port ?? (isSecure ? 443 : 80)), isSecure);
}

function toHttp(path: string, port: number, isSecure: boolean): ProbeTarget | undefined {
  if (!isPort(port) || path.includes('$')) return undefined;
  return {
    kind: 'http',
    path: path.replace(/#.*$/, ''),
    port,
    ...(isSecure && { scheme: 'HTTPS' as const }),
  };
}

function recogniseConnect(words: readonly string[]): ProbeTarget | undefined {
  const [host = '', port = ''] = words.filter((word, at) => !word.startsWith('-') && words[at - 1] !== '-w');
  return SELF.test(host) && /^\d{1,5}$/.test(port) && isPort(Number(port))
    ? { kind: 'tcp', port: Number(port) }
    : undefined;
}

function recogniseGrpc(words: readonly string[]): ProbeTarget | undefined {
  const valueOf = (name: string): string | undefined => {
    const at = words.findIndex((word) => word.replace(/^--?/, '').split('=', 1)[0] === name);
    const word = words[at];
    return word?.includes('=') ? word.slice(word.indexOf('=') + 1) : at === -1 ? undefined : words[at + 1];
  };
  const [, host = '', port = ''] = /^(.*):(\d{1,5})$/.exec(valueOf('addr') ?? '') ?? [];
  const isPlain = !words.some((word) => /^--?(?:tls|spiffe)/.test(word));
  if (!isPlain || !isPort(Number(port)) || (host !== '' && !SELF.test(host))) return undefined;
  const service = valueOf('service');
  return { kind: 'grpc', port: Number(port), ...(service !== undefined && { service }) };
}

// A script in the image's language does what curl does where there is no curl; one that looks into the answer is left as it is.
function recogniseOneLiner(words: readonly string[]): ProbeTarget | undefined {
  const text = words.join(' ');
  if (
    !words.some((word) => /^(?:-c|-e|-r|-p|eval|--eval)$/.test(word)) ||
    /POST|json|body|\bdata\b/i.test(text)
  )
    return undefined;
  const addresses = text.match(new RegExp(ADDRESS.source, 'gi')) ?? [];
  return addresses.length === 1 ? parseAddress(addresses[0]) : recogniseOptions(text);
}

// `http.get({ host: 'localhost', port: 3000, path: '/healthz' })`
function recogniseOptions(text: string): ProbeTarget | undefined {
  const port = /\bport:\s*['"]?(\d{1,5})\b/.exec(text)?.[1];
  const path = /\bpath:\s*['"](\/[^'"\s]{0,200})['"]/.exec(text)?.[1];
  return port !== undefined && path !== undefined ? toHttp(path, Number(port), false) : undefined;
}

function isPort(port: number): boolean {
  return port >= 1 && port <= 65_535;
}
