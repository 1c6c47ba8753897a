// What a service runs: entrypoint, command, working directory, user, stop signal; secrets become references.
import type { Claims } from '../../application/claims.ts';
import type { EnvFact, UserValue } from '../../application/component.ts';
import type { Fact } from '../../application/fact.ts';
import { splitWords } from '../shell/words.ts';
import { parseComposeDuration } from './amounts.ts';
import { hideSecrets } from './hide-secrets.ts';
import { isNull, itemsOf, textOf, type ComposeNode } from './node.ts';
import {
  addNote,
  createComposeFact,
  createEvidence,
  readTextFact,
  refuseValue,
  textAt,
  valueAt,
  type ServiceReader,
} from './service-reader.ts';

/** Claims of what is run, and the secret variables that the command now names. */
export function readCommandClaims(reader: ServiceReader): Claims {
  const command = readArgv(reader, 'entrypoint');
  const args = readArgv(reader, 'command');
  const env = [...(command?.env ?? []), ...(args?.env ?? [])];
  return {
    ...(command && { command: [command.fact] }),
    ...(args && { args: [args.fact] }),
    ...(env.length > 0 && { env }),
    ...present('user', readUser(reader)),
    ...present('workingDirectory', readTextFact(reader, 'working_dir', 'compose sets working_dir')),
    ...present('stopSignal', readTextFact(reader, 'stop_signal', 'compose sets stop_signal')),
    ...present('stopGracePeriodSeconds', readStop(reader)),
  };
}

function present<K extends keyof Claims>(key: K, value: Claims[K] | undefined): Pick<Claims, K> | object {
  return value === undefined ? {} : { [key]: value };
}

function readArgv(
  reader: ServiceReader,
  key: 'entrypoint' | 'command',
): { fact: Fact<string[]>; env: EnvFact[] } | undefined {
  const node = valueAt(reader, key);
  const argv = node === undefined ? undefined : toArgv(reader, node, key);
  if (node === undefined || argv === undefined) return undefined;
  const { argv: hidden, secrets } = hideSecrets(argv, reader.name, reader.secretValues);
  const reason = `compose sets ${key}`;
  const env = secrets.map((name): EnvFact => ({
    name,
    kind: 'secret',
    required: true,
    evidence: [createEvidence(node, `${key} needs it`)],
  }));
  if (secrets.length > 0) {
    addNote(
      reader,
      'advice',
      `${key}: a secret stands in the command; it is taken from the variable ${secrets.join(', ')} instead`,
      node,
    );
  }
  return { fact: createComposeFact(hidden, node, reason), env };
}

function toArgv(reader: ServiceReader, node: ComposeNode, key: string): string[] | undefined {
  if (isNull(node)) return undefined;
  if (node.kind === 'list') {
    const words = itemsOf(node).map((item) => textOf(item) ?? '');
    return words.length > 0 ? words : undefined;
  }
  const words = splitWords(textOf(node) ?? '');
  if (words === undefined) {
    refuseValue(reader, node, key, 'a command line with every quote closed');
    return undefined;
  }
  return words.length > 0 ? words : undefined;
}

function readUser(reader: ServiceReader): Fact<UserValue>[] | undefined {
  const node = valueAt(reader, 'user');
  const text = textAt(reader, 'user');
  if (node === undefined || text === undefined || text === '') return undefined;
  return [createComposeFact(toUser(text), node, 'compose sets user')];
}

// `1000`, `1000:1000`, `node`, `node:node`, `root`.
function toUser(text: string): UserValue {
  const [user = '', group = ''] = text.split(':');
  const uid = user === 'root' ? 0 : toId(user);
  const gid = toId(group);
  return {
    ...(toId(user) === undefined && user !== '' && { name: user }),
    ...(uid !== undefined && { uid }),
    ...(gid !== undefined && { gid }),
    isRoot: uid === 0,
  };
}

function toId(text: string): number | undefined {
  return /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}

function readStop(reader: ServiceReader): Fact<number>[] | undefined {
  const node = valueAt(reader, 'stop_grace_period');
  const text = textAt(reader, 'stop_grace_period');
  if (node === undefined || text === undefined || text === '') return undefined;
  const seconds = parseComposeDuration(text);
  if (seconds === undefined) {
    refuseValue(reader, node, 'stop_grace_period', 'a duration such as 1m30s');
    return undefined;
  }
  return [createComposeFact(seconds, node, 'compose sets stop_grace_period')];
}
