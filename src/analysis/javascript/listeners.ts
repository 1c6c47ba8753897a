// The calls by which JavaScript programs listen, and the ports that their arguments lead to.
import type { PortFact } from '../../application/component.ts';
import { CONFIDENCE, type Evidence } from '../../application/fact.ts';
import { pickArgument, splitArguments, type Argument } from '../code/arguments.ts';
import { evidenceAt, findInCode, type CodeFile } from '../code/code-file.ts';
import type { Definitions } from '../code/dialect.ts';
import { resolvePort } from '../code/port-expression.ts';
import { withoutRadix } from './dialect.ts';

/** Values that variables are known to have, each with what says so: the image's ENV, compose, an example file. */
export type KnownValues = ReadonlyMap<string, KnownValue>;

/** A variable's value, never a secret's. */
export interface KnownValue {
  value: string;
  confidence: number;
  evidence: Evidence;
}

interface Listener {
  /** Global; ends with the opening bracket. */
  pattern: RegExp;
  label: string;
  /** The first argument may be the port itself, not only an object that has one. */
  isPositional: boolean;
  /** The port when the call names none. */
  fallback?: number;
  /** Only where the file imports this. */
  imports?: RegExp;
  name?: string;
}

const LISTENERS: readonly Listener[] = [
  { pattern: /\.listen\(/g, label: 'listen', isPositional: true },
  { pattern: /\.bindAsync\(/g, label: 'gRPC bindAsync', isPositional: true },
  { pattern: /\bBun\.serve\(/g, label: 'Bun.serve', isPositional: false, fallback: 3000 },
  {
    pattern: /(?<![.\w])serve\(/g,
    label: 'serve',
    isPositional: false,
    fallback: 3000,
    imports: /@hono\/node-server|["']srvx|["']h3["']/,
  },
  {
    pattern: /\bnew\s{1,4}(?:[\w$]{1,40}\.)?(?:WebSocketServer|Server)\(/g,
    label: 'server',
    isPositional: false,
  },
  { pattern: /\bHapi\.[sS]erver\(/g, label: 'hapi', isPositional: false },
  { pattern: /\bstartStandaloneServer\(/g, label: 'Apollo Server', isPositional: false, fallback: 4000 },
  {
    pattern: /\bcreateLightship\(/g,
    label: 'lightship',
    isPositional: false,
    fallback: 9000,
    name: 'health',
  },
  { pattern: /\bexport\s{1,4}default\s{0,4}(?=\{)/g, label: 'Bun server', isPositional: false },
];

/** The ports that these files listen on, in their order. A variable without a default counts where its value is known. */
export function findListeners(
  files: readonly CodeFile[],
  definitions: Definitions,
  known: KnownValues,
): PortFact[] {
  return files.filter(isOfProduction).flatMap((file) =>
    LISTENERS.filter(({ imports }) => imports?.test(file.text) ?? true).flatMap((listener) =>
      [...findInCode(file, listener.pattern)].flatMap((match) => {
        const port = readListener(file, match, listener, definitions, known);
        return port ? [port] : [];
      }),
    ),
  );
}

const isOfProduction = ({ code }: CodeFile): boolean => !/\bnew WebpackDevServer\(/.test(code);

function readListener(
  file: CodeFile,
  match: RegExpExecArray,
  listener: Listener,
  definitions: Definitions,
  known: KnownValues,
): PortFact | undefined {
  const open = match.index + match[0].length - (match[0].endsWith('(') ? 1 : 0);
  const argument = findPortArgument(file, open, listener);
  if (!argument) return fallbackPort(file, match.index, listener);
  return toPort(argument, file, {
    definitions,
    known,
    label: listener.label,
    name: nameOf(match, file, listener),
  });
}

function nameOf(match: RegExpExecArray, file: CodeFile, listener: Listener): string | undefined {
  if (listener.name !== undefined) return listener.name;
  const before = file.code.slice(Math.max(0, match.index - 30), match.index);
  if (/metrics\w{0,20}$/i.test(before)) return 'metrics';
  return listener.label.startsWith('gRPC') ? 'grpc' : undefined;
}

// `listen(3000)`, `listen({ port })`, `startStandaloneServer(server, { listen: { port } })`, `{ port: 3000, fetch }`.
function findPortArgument(file: CodeFile, open: number, listener: Listener): Argument | undefined {
  const found = file.text[open] === '{' ? [{ text: '{', offset: open }] : splitArguments(file, open);
  for (const argument of found) {
    const port = argument.text.startsWith('{') ? findPortProperty(file, argument.offset) : undefined;
    if (port) return port;
  }
  const [first] = found;
  const isValue = first !== undefined && !/^\{|^(?:async|function)\b|=>/.test(first.text);
  return listener.isPositional && isValue ? first : undefined;
}

function findPortProperty(file: CodeFile, offset: number): Argument | undefined {
  const inside = splitArguments(file, offset);
  const own =
    pickArgument(inside, ['port']) ?? inside.find(({ name, text }) => name === undefined && text === 'port');
  const nested = inside.find(({ name, text }) => name === 'listen' && text.startsWith('{'));
  return own ?? (nested && pickArgument(splitArguments(file, nested.offset), ['port']));
}

function fallbackPort(file: CodeFile, offset: number, listener: Listener): PortFact | undefined {
  const { fallback, label, name } = listener;
  if (fallback === undefined) return undefined;
  return {
    value: fallback,
    protocol: 'TCP',
    ...(name === undefined ? { fromEnv: 'PORT' } : { name }),
    confidence: name === undefined ? CONFIDENCE.frameworkDefault : CONFIDENCE.source,
    evidence: [evidenceAt(file, offset, `${label} listens on ${fallback} unless told otherwise`)],
  };
}

interface PortContext {
  definitions: Definitions;
  known: KnownValues;
  label: string;
  name?: string | undefined;
}

function toPort(argument: Argument, file: CodeFile, context: PortContext): PortFact | undefined {
  const { definitions, known, label, name } = context;
  const text = withoutRadix(argument.text);
  const resolved = resolvePort(text, file, argument.offset, definitions);
  const fromEnv = findVariable(text, resolved.fromEnv);
  const setting = fromEnv === undefined ? undefined : known.get(fromEnv);
  const value = resolved.value ?? toNumber(setting?.value);
  if (value === undefined) return undefined;
  const own = evidenceAt(file, argument.offset, `${label} listens on ${value}`);
  const isSet = resolved.value === undefined && setting !== undefined;
  return {
    value,
    protocol: 'TCP',
    ...(name !== undefined && { name }),
    ...(fromEnv !== undefined && { fromEnv }),
    confidence: isSet ? setting.confidence : CONFIDENCE.source,
    evidence: [...(isSet ? [setting.evidence] : []), own, ...resolved.evidence.slice(0, 3)],
  };
}

// `env.PORT` of a checked schema is the variable of that name. NODE_ENV chooses, it does not move.
function findVariable(text: string, read: string | undefined): string | undefined {
  const named = read ?? /\b(?:env|config|environment|settings)\.([A-Z][A-Z0-9_]*)\b/.exec(text)?.[1];
  return named === 'NODE_ENV' ? undefined : named;
}

function toNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : undefined;
}

const CERTAIN =
  /\b(?:app|server|httpServer|httpsServer|fastify|http|https|api|express)\.listen\(|\.bindAsync\(|\bBun\.serve\(/g;

/** A call that plainly listens, though on which port is not known. */
export function findListenCall(files: readonly CodeFile[]): Evidence | undefined {
  for (const file of files.filter(isOfProduction))
    for (const match of findInCode(file, CERTAIN)) return evidenceAt(file, match.index, 'listens');
  return undefined;
}
