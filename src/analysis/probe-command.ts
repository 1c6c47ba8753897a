// Reads a health check's command, of compose or of a Dockerfile, as what Kubernetes can ask by itself; all else runs as it is.
import { findUrls, isSelf, parseAddress, parsePort, toHttpProbe } from './probe-address.ts';
import type { OwnNames, ProbeCommand } from './probe-address.ts';
import { recogniseHttpie, recogniseRequest } from './probe-request.ts';
import { scriptOf } from './shell/script.ts';
import { splitWords } from './shell/words.ts';

export type { ProbeCommand };

/** Longer ones are scripts. */
const MAX_COMMAND = 2048;
/** What may follow a plain command without changing what it asks. */
const TAIL =
  /(?:\s*(?:\|\|\s*(?:exit(?:\s+\d+)?|false|kill\s[^|&;]*|bash -c[^|&;]*)|[12&]?>{1,2}\s*(?:\/dev\/null|&[12])|&&\s*(?:exit\s+0|true)))+\s*;?\s*$/;
/** The host's own name, however it is asked for. */
const OWN_HOST = /\$\(hostname(?: -[if])?\)|`hostname(?: -[if])?`/g;
/** Texts in which a shell does nothing but put in variables. */
const QUOTED = /"(?:[^"\\`$]|\\[^`]|\$(?!\())*"|'[^']*'/g;

type Recognise = (args: readonly string[], names: OwnNames) => ProbeCommand | undefined;

const PROGRAMS = new Map<string, Recognise>([
  ['curl', (args, names) => recogniseRequest('curl', args, names)],
  ['wget', (args, names) => recogniseRequest('wget', args, names)],
  ['http', recogniseHttpie],
  ...['nc', 'ncat', 'netcat'].map((name) => [name, recogniseConnect] as const),
  ...['grpc_health_probe', 'grpc-health-probe'].map((name) => [name, recogniseGrpc] as const),
  ...['node', 'bun', 'deno', 'python', 'python3', 'ruby', 'php'].map(
    (name) => [name, recogniseOneLiner] as const,
  ),
]);

/** Reads argv of an exec form. `names` are those by which the component reaches itself (its compose service). */
export function parseProbeArgv(argv: readonly string[], names: OwnNames = []): ProbeCommand {
  return recogniseProbe(argv, names) ?? { kind: 'exec', command: [...argv] };
}

/** Reads a shell form (`CMD-SHELL`, or HEALTHCHECK CMD without brackets). */
export function parseProbeShell(line: string, names: OwnNames = []): ProbeCommand {
  const argv = ['/bin/sh', '-c', line];
  return recogniseProbe(argv, names) ?? { kind: 'exec', command: argv };
}

/** The probe that an argv amounts to, also behind `sh -c`; undefined where only running the command tells. */
export function recogniseProbe(argv: readonly string[], names: OwnNames = []): ProbeCommand | undefined {
  const script = scriptOf(argv);
  const words = script === undefined ? argv : (splitSimple(script) ?? []);
  if (words.join(' ').length > MAX_COMMAND) return undefined;
  const [program = '', ...args] = words;
  return PROGRAMS.get(program.slice(program.lastIndexOf('/') + 1))?.(args, names);
}

// The words of one command without pipes, substitutions or a second command; undefined for what needs a shell.
function splitSimple(script: string): string[] | undefined {
  if (script.length > MAX_COMMAND) return undefined;
  const bare = script.trim().replace(OWN_HOST, '$HOSTNAME').replace(TAIL, '').trim();
  return /[;|&<>`()\n]/.test(bare.replace(QUOTED, 'x')) ? undefined : splitWords(bare);
}

// Only what connects: -u is UDP, -l listens.
function recogniseConnect(args: readonly string[], names: OwnNames): ProbeCommand | undefined {
  if (args.some((word) => /^-[a-zA-Z]*[ul]/.test(word))) return undefined;
  const words = args.filter((word, at) => !word.startsWith('-') && !/^-[a-zA-Z]*w$/.test(args[at - 1] ?? ''));
  const port = parsePort(words[1] ?? '');
  return words.length === 2 && port !== undefined && isSelf(words[0] ?? '', names)
    ? { kind: 'tcp', port }
    : undefined;
}

function recogniseGrpc(args: readonly string[], names: OwnNames): ProbeCommand | undefined {
  const valueOf = (name: string): string => {
    const at = args.findIndex((word) => word.replace(/^--?/, '').split('=', 1)[0] === name);
    const word = args[at] ?? '';
    return word.includes('=') ? word.slice(word.indexOf('=') + 1) : at === -1 ? '' : (args[at + 1] ?? '');
  };
  const [, host = '', portText = ''] = /^(.*):(\d{1,5})$/.exec(valueOf('addr')) ?? [];
  const port = parsePort(portText);
  const service = valueOf('service');
  const isPlain = !args.some((word) => /^--?(?:tls|spiffe|rpc-header)/.test(word));
  if (!isPlain || port === undefined || (host !== '' && !isSelf(host, names))) return undefined;
  if (!/^[\w./-]*$/.test(service)) return undefined;
  return { kind: 'grpc', port, ...(service !== '' && { service }) };
}

// A script in the image's language does what curl does where there is no curl; one that looks into the answer is left as it is.
function recogniseOneLiner(args: readonly string[], names: OwnNames): ProbeCommand | undefined {
  const text = args.join(' ');
  const isCode = args.some((word) => /^(?:-c|-e|-r|-p|eval|--eval)$/.test(word));
  if (!isCode || /POST|json|body|\bdata\b/i.test(text)) return undefined;
  const urls = findUrls(text);
  return urls.length === 1 ? parseAddress(urls[0] ?? '', names) : recogniseOptions(text, names);
}

// `http.get({ host: 'localhost', port: 3000, path: '/healthz' })`
function recogniseOptions(text: string, names: OwnNames): ProbeCommand | undefined {
  const port = /\bport:\s*['"]?(\d{1,5})\b/.exec(text)?.[1];
  const host = /\bhost(?:name)?:\s*['"]([^'"]{1,200})['"]/.exec(text)?.[1] ?? 'localhost';
  const path = /\bpath:\s*['"](\/[^'"\s$]{0,200})['"]/.exec(text)?.[1];
  if (port === undefined || path === undefined || !isSelf(host, names)) return undefined;
  return toHttpProbe(port, path);
}
