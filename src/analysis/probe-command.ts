// Reads a health check's command: curl and wget are HTTP probes, nc is TCP, grpc_health_probe is gRPC, all else runs as it is.
import type { ProbeFact } from '../application/component.ts';

/** The part of a probe that its command tells. */
export type ProbeCommand = Pick<ProbeFact, 'kind' | 'path' | 'port' | 'scheme' | 'command' | 'service'>;

const LOCAL = new Set(['localhost', '127.0.0.1', '0.0.0.0', '[::1]', '::1', '[::]']);
/** What may follow a plain command without changing what it asks. */
const TAIL =
  /(?:\s*(?:\d?>>?\s*(?:\/dev\/null|&\d)|&>\s*\/dev\/null|\|\|\s*(?:exit\s+\d+|false|kill\s[^;|&]*)))+\s*;?\s*$/;
/** Options of curl and wget that take a value and do not change what is asked. */
const HARMLESS_WITH_VALUE = new Set([
  '-o',
  '-O',
  '-m',
  '--max-time',
  '--connect-timeout',
  '--output',
  '--output-document',
  '--retry',
  '--retry-delay',
  '--retry-max-time',
  '--tries',
  '--timeout',
  '-t',
  '-T',
  '-H',
  '--header',
  '-w',
  '--write-out',
]);
/** Headers that mark a request without making it another. */
const HARMLESS_HEADER = /^(?:X-[\w-]+|Accept|User-Agent|Cache-Control):/i;
/** Options that make it another request: a header, a body, a method, a socket, credentials. */
const CHANGES =
  /^(?:-H|--header|-X|--request|-d|--data\S*|--post-\S+|--method|--body-\S+|--unix-socket|-u|--user|--password|--cert|--key|-F|--form|--resolve|-b|--cookie|-x|--proxy)(?:=|$)/;

/** Reads argv of an exec form. `hosts` are names by which the component reaches itself (its compose service). */
export function parseProbeArgv(argv: readonly string[], hosts: readonly string[] = []): ProbeCommand {
  const [program = '', ...rest] = argv;
  if (/^(?:\/\S*\/)?(?:ba|da|a)?sh$/.test(program) && rest.length === 2 && /^-[a-z]*c$/.test(rest[0] ?? '')) {
    const inner = readSimple(rest[1] ?? '', hosts);
    if (inner !== undefined) return inner;
  }
  return recognise(argv, hosts) ?? { kind: 'exec', command: [...argv] };
}

/** Reads a shell form (`CMD-SHELL`, or HEALTHCHECK CMD without brackets). */
export function parseProbeShell(line: string, hosts: readonly string[] = []): ProbeCommand {
  return readSimple(line, hosts) ?? { kind: 'exec', command: ['/bin/sh', '-c', line] };
}

// One command without pipes, substitutions or a second command; anything else is left to a shell.
function readSimple(line: string, hosts: readonly string[]): ProbeCommand | undefined {
  const bare = line.slice(0, 2048).trim().replace(TAIL, '').trim();
  if (/[;|&<>`$()\\\n]/.test(bare.replace(/(["'])(?:(?!\1)[^$`\\])*\1/g, 'x'))) return undefined;
  const words = [...bare.matchAll(/"([^"]*)"|'([^']*)'|[^\s"']+/g)].map(
    (match) => match[1] ?? match[2] ?? match[0],
  );
  return recognise(words, hosts);
}

function recognise(argv: readonly string[], hosts: readonly string[]): ProbeCommand | undefined {
  const [program = '', ...rest] = argv;
  switch (program.slice(program.lastIndexOf('/') + 1)) {
    case 'curl':
    case 'wget':
      return recogniseHttp(rest, hosts);
    case 'nc':
    case 'ncat':
    case 'netcat':
      return recogniseTcp(rest);
    case 'grpc_health_probe':
    case 'grpc-health-probe':
      return recogniseGrpc(rest);
    default:
      return undefined;
  }
}

function recogniseHttp(args: readonly string[], hosts: readonly string[]): ProbeCommand | undefined {
  const [, scheme = 'http', host = '', portText, path = '/'] =
    /^(?:(https?):\/\/)?(\[[0-9a-f:]+\]|[\w.-]+)(?::(\d{1,5}))?(\/[^\s#]*)?$/i.exec(findUrl(args) ?? '') ??
    [];
  const isTls = scheme.toLowerCase() === 'https';
  const port = Number(portText ?? toDefaultPort(isTls));
  if (![...LOCAL, ...hosts].includes(host) || !isPort(port)) return undefined;
  return { kind: 'http', path, port, ...(isTls && { scheme: 'HTTPS' as const }) };
}

// The one address asked for; undefined where there are several, or where an option makes it another kind of request.
function findUrl(args: readonly string[]): string | undefined {
  const changes = (word: string, at: number): boolean =>
    CHANGES.test(word) && !(/^(?:-H|--header)$/.test(word) && HARMLESS_HEADER.test(args[at + 1] ?? ''));
  if (args.some(changes)) return undefined;
  const urls = args.filter((word, at) => !word.startsWith('-') && !takesValue(args[at - 1] ?? ''));
  return urls.length === 1 ? urls[0] : undefined;
}

function takesValue(option: string): boolean {
  return HARMLESS_WITH_VALUE.has(option) || /^-[a-zA-Z]*[oO]$/.test(option);
}

function toDefaultPort(isTls: boolean): number {
  return isTls ? 443 : 80;
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65535;
}

function recogniseTcp(args: readonly string[]): ProbeCommand | undefined {
  if (!args.some((word) => /^-[a-z]*z/.test(word)) || args.some((word) => /^-[a-z]*u/.test(word)))
    return undefined;
  const words = args.filter((word, at) => !word.startsWith('-') && !/^-[a-z]*w$/.test(args[at - 1] ?? ''));
  const [host = '', portText = ''] = words;
  const port = Number(portText);
  if (!LOCAL.has(host) || !isPort(port)) return undefined;
  return { kind: 'tcp', port };
}

function recogniseGrpc(args: readonly string[]): ProbeCommand | undefined {
  const joined = args.join(' ');
  const [, host = '', portText = ''] =
    /(?:^|\s)--?addr[= ]([\w.[\]:-]*):(\d{1,5})(?:\s|$)/.exec(joined) ?? [];
  const port = Number(portText);
  if (!isPort(port) || !(host === '' || LOCAL.has(host)) || /--?tls/.test(joined)) return undefined;
  const service = /(?:^|\s)--?service[= ]([\w./-]+)/.exec(joined)?.[1];
  return { kind: 'grpc', port, ...(service !== undefined && { service }) };
}
