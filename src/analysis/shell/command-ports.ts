// Finds the ports that a start command names: `-p 8080`, `--bind 0.0.0.0:8000`, `-Dserver.port=8081`, `--urls http://+:5000`.
import { scriptOf } from './script.ts';
import { replaceVariables } from './variables.ts';
import { splitCommands } from './words.ts';

/** A port of a command line; `fromEnv` where a variable gives it. */
export interface CommandPort {
  port: number;
  fromEnv?: string;
  /** The flag that names it, for a reason: `--port`. */
  flag: string;
}

const MAX_WORDS = 512;
const MAX_SCRIPT = 16_384;
/** Flags whose value is a port, or an address that ends in one. */
const PORT_FLAG =
  /^(?:-(?:p|port|Port)|--(?:port|http[-.]port|https[-.]port|server[-.]port|server\.port|listen[-.]port|web[-.]port|PORT|http|listen|bind|listen[-.]addr(?:ess)?|http[-.]addr(?:ess)?|web\.listen-address|addr(?:ess)?|urls|host[-.]port)|-(?:b|l|a|addr|listen|bind|http|Dserver\.port|Dhttp\.port|Dquarkus\.http\.port|Dmicronaut\.server\.port|Djetty\.http\.port|Dplay\.server\.http\.port|Dport))$/;
/** Words that take a bare address: `php -S 0.0.0.0:8000`, `manage.py runserver 0.0.0.0:8000`, `http.server 8000`, `rackup -p`. */
const POSITION_AFTER = /^(?:-S|runserver|http\.server|SimpleHTTPServer|runserver_plus)$/;
/** Programs whose `-p`, `-a`, `-b`, `-l` mean something else. */
const OTHER_MEANING: readonly [RegExp, RegExp][] = [
  [/(?:^|\/)(?:mkdir|cp|tar|redis-cli|psql|pg_isready|docker|kubectl|ssh|tee|install|nc|node)$/, /^-[pabl]$/],
  [/(?:^|\/)(?:gunicorn|hypercorn)$/, /^-[pa]$/],
  [/(?:^|\/)(?:celery|supervisord|tini|dumb-init|java)$/, /^-[pabl]$/],
];

/** The ports in order, each once. Variables are replaced from `env`; `${PORT:-8080}` gives 8080 where PORT is not set. */
export function findCommandPorts(argv: readonly string[], env: ReadonlyMap<string, string>): CommandPort[] {
  const ports = commandsOf(argv)
    .flatMap(findFlags)
    .flatMap(({ flag, value }) => {
      const port = readPort(value, env);
      return port ? [{ ...port, flag }] : [];
    });
  return ports.filter((one, at) => ports.findIndex((other) => other.port === one.port) === at);
}

/** Variables that alone give a port, and that `env` does not set: PORT of `gunicorn -b :$PORT`. */
export function findPortVariables(argv: readonly string[], env: ReadonlyMap<string, string>): string[] {
  const names = commandsOf(argv)
    .flatMap(findFlags)
    .map(({ value }) => /^(?:[\w.*-]*|\[[:0-9a-fA-F]*\])?:?\$(?:(\w+)|\{(\w+)\})$/.exec(value))
    .map((match) => match?.[1] ?? match?.[2] ?? '')
    .filter((name) => name !== '' && !env.has(name));
  return [...new Set(names)];
}

function commandsOf(argv: readonly string[]): (readonly string[])[] {
  const script = scriptOf(argv);
  const commands = script === undefined ? [argv] : splitCommands(script.slice(0, MAX_SCRIPT));
  return commands.map((words) => words.slice(0, MAX_WORDS));
}

interface Flag {
  flag: string;
  value: string;
}

function findFlags(words: readonly string[]): Flag[] {
  const program = words.find((word) => !/^\w+=|^(?:exec|env|sudo)$/.test(word)) ?? '';
  const excluded = OTHER_MEANING.find(([pattern]) => pattern.test(program))?.[1];
  const found: Flag[] = [];
  for (const [at, word] of words.entries()) {
    const { flag, value } = readFlag(word, words[at + 1]);
    if (flag !== undefined && value !== undefined && !excluded?.test(flag)) found.push({ flag, value });
  }
  return found;
}

function readFlag(word: string, next: string | undefined): { flag?: string; value?: string | undefined } {
  const equals = word.indexOf('=');
  const name = equals === -1 ? word : word.slice(0, equals);
  if (PORT_FLAG.test(name)) return { flag: name, value: equals === -1 ? next : word.slice(equals + 1) };
  if (POSITION_AFTER.test(word)) return { flag: word, value: next };
  const glued = /^(-[pb])((?::|\d|\$).*)$/.exec(word);
  return glued?.[1] === undefined ? {} : { flag: glued[1], value: glued[2] };
}

// `8080`, `:8080`, `0.0.0.0:8080`, `[::]:8080`, `http://+:5000`, `tcp://0.0.0.0:9292`; the first of several.
function readPort(value: string, env: ReadonlyMap<string, string>): Omit<CommandPort, 'flag'> | undefined {
  const [first = ''] = value.split(/[;,]/, 1);
  const text = replaceVariables(first, (name) => env.get(name));
  const digits = /^(?:[a-z]{2,6}:\/\/)?(?:[\w.*+-]*|\[[:0-9a-fA-F]*\]):(\d{1,5})\/?$|^(\d{1,5})$/.exec(text);
  const port = Number(digits?.[1] ?? digits?.[2]);
  if (!(port >= 1 && port <= 65_535)) return undefined;
  const variable = /\$\{?([A-Za-z_]\w*)[^$]*$/.exec(first)?.[1];
  return { port, ...(variable !== undefined && { fromEnv: variable }) };
}
