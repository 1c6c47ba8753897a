// Who the image runs as: USER's number, or its name looked up in what RUN lines make and well-known images bring.
import type { UserValue } from '../../application/component.ts';
import { CONFIDENCE, type Evidence, type Fact } from '../../application/fact.ts';
import { defaultsOfImage, type ImageDefaults } from '../images/defaults.ts';
import { findCreatedAccounts, type CreatedAccounts } from './created-users.ts';
import type { RunText } from './image-state.ts';

/** What there is to tell a user from. */
export interface UserSources {
  file: string;
  /** USER, evaluated; absent without one. */
  user?: { value: string; line: number };
  base: { value: string; line: number };
  /** RUN of the stage's chain, and of stages whose /etc/passwd it copies. */
  runs: readonly RunText[];
  /** Images whose users the stage has: its base, and those whose /etc/passwd it copies. */
  images: readonly string[];
  /** Text of passwd files that are copied from the context. */
  passwd: readonly string[];
}

const MAX_ID = 4_294_967_294;

/** The user with evidence, or undefined where neither USER nor a well-known base image says. Root only where it is proven. */
export function resolveUser(sources: UserSources): Fact<UserValue> | undefined {
  const { file, user, base } = sources;
  if (user && user.value !== '') return resolveNamed(user, sources);
  const { runsAs } = defaultsOfImage(base.value);
  if (!runsAs) return undefined;
  const reason = `no USER, and ${base.value} runs as ${runsAs.name}`;
  return {
    value: runsAs.uid === 0 ? { ...runsAs, isRoot: true, isAssumed: true } : { ...runsAs, isRoot: false },
    confidence: CONFIDENCE.imageTable,
    evidence: [{ file, line: base.line, reason }],
  };
}

function resolveNamed(
  user: { value: string; line: number },
  sources: UserSources,
): Fact<UserValue> | undefined {
  const [name = '', group] = user.value.split(':', 2);
  // A variable without a value says nothing.
  if (!/^[\w.@-]+\$?$/.test(name)) return undefined;
  const evidence: Evidence[] = [{ file: sources.file, line: user.line, reason: `USER ${user.value}` }];
  const accounts = findCreatedAccounts(sources.runs);
  const images = sources.images.map(defaultsOfImage);
  const { uid, gid: own } = findIds(name, accounts, images, sources, evidence) ?? {};
  const gid = group === undefined ? own : findGroup(group, accounts, images);
  const value: UserValue = {
    ...(!/^\d+$/.test(name) && { name }),
    ...(uid !== undefined && { uid }),
    ...(gid !== undefined && { gid }),
    isRoot: uid === 0,
  };
  return { value, confidence: CONFIDENCE.dockerfile, evidence };
}

function findIds(
  name: string,
  accounts: CreatedAccounts,
  images: readonly ImageDefaults[],
  { file, passwd }: UserSources,
  evidence: Evidence[],
): Ids | undefined {
  if (/^\d+$/.test(name)) return { uid: toId(name) };
  return (
    findCreated(name, accounts, file, evidence) ?? findInPasswd(name, passwd) ?? findInImages(name, images)
  );
}

interface Ids {
  uid?: number | undefined;
  gid?: number | undefined;
}

function findCreated(
  name: string,
  accounts: CreatedAccounts,
  file: string,
  evidence: Evidence[],
): Ids | undefined {
  const created = accounts.users.get(name);
  if (!created) return undefined;
  const number = created.id === undefined ? '' : ` with uid ${created.id}`;
  evidence.push({ file, line: created.line, reason: `makes the user ${name}${number}` });
  return { uid: created.id, gid: created.group === undefined ? undefined : groupId(created.group, accounts) };
}

function groupId(group: string, accounts: CreatedAccounts): number | undefined {
  return /^\d+$/.test(group) ? toId(group) : accounts.groups.get(group)?.id;
}

function findInPasswd(name: string, files: readonly string[]): Ids | undefined {
  for (const text of files)
    for (const line of text.split('\n', 1000)) {
      const [account, , uid = '', gid = ''] = line.split(':', 4);
      if (account === name && /^\d+$/.test(uid)) return { uid: toId(uid), gid: toId(gid) };
    }
  return undefined;
}

function findInImages(name: string, images: readonly ImageDefaults[]): Ids | undefined {
  return images.flatMap((image) => image.users).find((one) => one.name === name);
}

function findGroup(
  group: string,
  accounts: CreatedAccounts,
  images: readonly ImageDefaults[],
): number | undefined {
  return (
    groupId(group, accounts) ?? images.flatMap((one) => one.users).find((one) => one.name === group)?.gid
  );
}

function toId(text: string): number | undefined {
  const id = Number(text);
  return /^\d{1,10}$/.test(text) && id <= MAX_ID ? id : undefined;
}
