// Finds the command in a command line, wherever its flags stand.
import { takesNextWord, type RoutingFlag } from './flag-spec.ts';

/** What a command line asks for. */
export type Route =
  /** `words` are those before the first that fits nothing. */
  | { kind: 'command'; name: string; argv: string[] }
  | { kind: 'topic'; name: string; argv: string[] }
  | { kind: 'unknown'; word: string; topic: string; argv: string[] }
  | { kind: 'root'; argv: string[] };

/** The names to route to. */
export interface Names {
  commands: ReadonlySet<string>;
  topics: ReadonlySet<string>;
}

/**
 * The first words that name a command are taken out of `argv`; the rest, flags before the words too, is the command's.
 * A flag that takes a value (`specs`) takes the word after it, as in kubectl. More than cobra can: flags of one command and clusters
 * that end in a value may stand before its name. Less: an empty word or `-` there is an unknown command, not passed over.
 */
export function routeCommandLine(
  argv: readonly string[],
  names: Names,
  specs: readonly RoutingFlag[],
): Route {
  const rest: string[] = [];
  let topic = '';
  for (let index = 0; index < argv.length; index += 1) {
    const token = argv[index] ?? '';
    if (token === '--') return giveUp(topic, [...rest, ...argv.slice(index)]);
    if (isFlag(token)) {
      const length = takesNext(token, specs) ? 2 : 1;
      rest.push(...argv.slice(index, index + length));
      index += length - 1;
      continue;
    }
    const name = topic === '' ? token : `${topic} ${token}`;
    const after = [...rest, ...argv.slice(index + 1)];
    if (names.commands.has(name)) return { kind: 'command', name, argv: after };
    if (!names.topics.has(name)) return { kind: 'unknown', word: token, topic, argv: after };
    topic = name;
  }
  return giveUp(topic, rest);
}

const isFlag = (token: string) => token.startsWith('-') && token.length > 1;

function giveUp(topic: string, argv: string[]): Route {
  return topic === '' ? { kind: 'root', argv } : { kind: 'topic', name: topic, argv };
}

/** Whether the flag in this token has its value in the next one. */
function takesNext(token: string, specs: readonly RoutingFlag[]): boolean {
  if (token.startsWith('--')) {
    const spec = specs.find(({ name, aliases }) => [name, ...aliases].includes(token.slice(2)));
    return spec !== undefined && takesNextWord(spec);
  }
  for (let index = 1; index < token.length; index += 1) {
    const spec = specs.find(({ char }) => char === token[index]);
    if (spec === undefined || token[index + 1] === '=') return false;
    if (takesNextWord(spec)) return index === token.length - 1;
  }
  return false;
}
