// Finds the users and groups that RUN lines make (useradd, adduser, groupadd, addgroup, usermod, passwd lines) with their numbers.
import type { RunText } from './image-state.ts';
import { splitCommands } from '../shell/words.ts';

/** A user or group of the image; `id` is absent where the system picks it. */
export interface CreatedAccount {
  name: string;
  id?: number;
  /** Users only: the primary group's name or number as written. */
  group?: string;
  line: number;
}

/** What the RUN lines make, later ones over earlier ones. */
export interface CreatedAccounts {
  users: Map<string, CreatedAccount>;
  groups: Map<string, CreatedAccount>;
}

const MAX_RUN_LENGTH = 64 * 1024;
const COMMANDS = /(?:^|\/)(useradd|adduser|usermod|groupadd|addgroup|groupmod)$/;
const USER_ID = new Set(['-u', '--uid']);
const GROUP_ID = new Set(['-g', '--gid']);
const GROUP_NAME = new Set(['-g', '--gid', '-G', '--ingroup']);
/** Flags that take a value, so that it is not taken for the account's name. */
const TAKES_VALUE =
  /^(?:-[ugGdhskcbefKpRPZl]|--(?:uid|gid|groups|ingroup|home|home-dir|shell|gecos|comment|password|base-dir|key|expiredate|inactive|login|root|prefix|selinux-user|firstuid|lastuid|conf))$/;

/** Reads every account command of the RUN lines, given with their variables replaced. */
export function findCreatedAccounts(runs: readonly RunText[]): CreatedAccounts {
  const accounts: CreatedAccounts = { users: new Map(), groups: new Map() };
  for (const { text, line } of runs) {
    if (!/user|group|\/etc\/passwd/.test(text)) continue;
    // Parentheses are those of a subshell.
    for (const command of splitCommands(text.slice(0, MAX_RUN_LENGTH).replace(/[()]/g, ' ')))
      readCommand(command, line, accounts);
    readPasswdLines(text.slice(0, MAX_RUN_LENGTH), line, accounts);
  }
  return accounts;
}

function readCommand(words: readonly string[], line: number, accounts: CreatedAccounts): void {
  const at = words.findIndex((word) => COMMANDS.test(word));
  const command = COMMANDS.exec(words[at] ?? '')?.[1];
  if (command === undefined) return;
  const { names, flags } = readArguments(words.slice(at + 1));
  const [name] = names;
  if (name === undefined) return;
  const isGroup = command.includes('group') || flags.has('--group');
  if (isGroup && names.length === 1) addGroup(accounts, name, numberOf(flags, GROUP_ID), line);
  if (command.startsWith('user') || command === 'adduser') addUser(accounts, command, names, flags, line);
}

function addGroup({ groups }: CreatedAccounts, name: string, id: number | undefined, line: number): void {
  groups.set(name, { name, line, ...(id !== undefined && { id }) });
}

function addUser(
  { users }: CreatedAccounts,
  command: string,
  names: readonly string[],
  flags: ReadonlyMap<string, string>,
  line: number,
): void {
  const [name = '', joined] = names;
  // `adduser name group` of BusyBox and Debian adds an existing user to a group.
  if (command === 'adduser' && joined !== undefined) return;
  const id = numberOf(flags, USER_ID);
  const before = command === 'usermod' ? users.get(name) : undefined;
  const group = [...GROUP_NAME]
    .filter((flag) => command === 'adduser' || flag !== '-G')
    .map((flag) => flags.get(flag))
    .find((value) => value !== undefined);
  users.set(name, {
    ...before,
    name,
    line,
    ...(id !== undefined && { id }),
    ...(group !== undefined && { group }),
  });
}

interface Arguments {
  names: string[];
  flags: Map<string, string>;
}

function readArguments(words: readonly string[]): Arguments {
  const read: Arguments = { names: [], flags: new Map() };
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word.startsWith('-')) at += readFlag(read, word, words[at + 1] ?? '');
    else if (/^[\w.-]+\$?$/.test(word)) read.names.push(word);
  }
  return read;
}

// Gives 1 where the flag takes the next word too.
function readFlag({ flags }: Arguments, word: string, next: string): number {
  const equals = word.indexOf('=');
  const [, glued, number = ''] = /^(-[ugG])(\d+)$/.exec(word) ?? [];
  // In `-Su 1001` the last letter of the cluster takes the value.
  const flag = /^-[A-Za-z]{2,}$/.test(word) ? `-${word.slice(-1)}` : word;
  if (word.startsWith('--') && equals !== -1) flags.set(word.slice(0, equals), word.slice(equals + 1));
  else if (glued !== undefined) flags.set(glued, number);
  else if (TAKES_VALUE.test(flag)) {
    flags.set(flag, next);
    return 1;
  } else flags.set(word, '');
  return 0;
}

function numberOf(flags: ReadonlyMap<string, string>, names: ReadonlySet<string>): number | undefined {
  const value = [...names].map((name) => flags.get(name)).find((one) => one !== undefined);
  return value !== undefined && /^\d{1,10}$/.test(value) ? Number(value) : undefined;
}

// `echo "app:x:10001:10001:…:/home/app:/sbin/nologin" >> /etc/passwd`, as images without useradd do.
function readPasswdLines(text: string, line: number, { users }: CreatedAccounts): void {
  if (!text.includes('/etc/passwd')) return;
  for (const [, name = '', uid = '', gid = ''] of text.matchAll(
    /\b([a-z_][\w-]{0,31}):[x*]?:(\d{1,10}):(\d{1,10}):/g,
  ))
    users.set(name, { name, id: Number(uid), group: gid, line });
}
