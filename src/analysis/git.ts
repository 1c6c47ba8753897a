// What git's own files say about the application's folder: remote without credentials, default branch, place in the repository.
import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { GitFacts } from '../application/application.ts';
import { CONFIDENCE, createFact, type Fact } from '../application/fact.ts';
import { parseRemotes, toWebAddress } from './git-remote.ts';

const MAX_CONFIG_BYTES = 256 * 1024;

/** Reads `.git` of the repository that holds `root` (absolute, real). Nothing is executed. Undefined outside a repository. */
export function readGit(root: string): GitFacts | undefined {
  const repository = findRepository(root);
  if (!repository) return undefined;
  const inside = relative(repository.top, root).split(sep).join('/');
  const remote = readRemote(repository.common);
  const defaultBranch = readDefaultBranch(repository);
  return {
    ...(remote && { remote }),
    ...(defaultBranch && { defaultBranch }),
    pathInRepository: inside === '' ? '.' : inside,
  };
}

/** The top folder of the repository that holds `root`, if there is one. */
export function findRepositoryRoot(root: string): string | undefined {
  return findRepository(root)?.top;
}

interface Repository {
  top: string;
  /** Holds HEAD: `.git`, or a worktree's own folder. */
  gitDirectory: string;
  /** Holds config and remote refs: shared by all worktrees. */
  common: string;
}

function findRepository(root: string): Repository | undefined {
  for (let top = root; ; top = dirname(top)) {
    const gitDirectory = openGitDirectory(join(top, '.git'));
    if (gitDirectory !== undefined) {
      const shared = readText(join(gitDirectory, 'commondir'))?.trim();
      return {
        top,
        gitDirectory,
        common: shared === undefined ? gitDirectory : resolve(gitDirectory, shared),
      };
    }
    if (dirname(top) === top) return undefined;
  }
}

// `.git` is a folder, or in a worktree and a submodule a file that names one.
function openGitDirectory(path: string): string | undefined {
  try {
    if (statSync(path).isDirectory()) return readText(join(path, 'HEAD')) === undefined ? undefined : path;
    const target = /^gitdir: (.+)$/m.exec(readText(path) ?? '')?.[1];
    if (target === undefined) return undefined;
    return isAbsolute(target) ? target : resolve(dirname(path), target);
  } catch {
    return undefined;
  }
}

function readRemote(common: string): Fact<string> | undefined {
  const remotes = parseRemotes(readText(join(common, 'config')) ?? '');
  const chosen = remotes.get('origin') ?? remotes.get('upstream') ?? [...remotes.values()][0];
  const value = chosen && toWebAddress(chosen.url);
  if (!chosen || value === undefined) return undefined;
  const evidence = { file: '.git/config', line: chosen.line, reason: 'remote of the repository' };
  return createFact(value, CONFIDENCE.manifest, evidence);
}

function readDefaultBranch({ gitDirectory, common }: Repository): Fact<string> | undefined {
  const origin = /^ref: refs\/remotes\/origin\/(\S+)/.exec(
    readText(join(common, 'refs/remotes/origin/HEAD')) ?? '',
  )?.[1];
  if (origin !== undefined)
    return createFact(origin, CONFIDENCE.manifest, {
      file: '.git/refs/remotes/origin/HEAD',
      line: 1,
      reason: 'default branch of the remote',
    });
  // A feature branch that happens to be checked out is not the default, and would make the output differ by checkout.
  const head = /^ref: refs\/heads\/(main|master|trunk)\s*$/.exec(
    readText(join(gitDirectory, 'HEAD')) ?? '',
  )?.[1];
  if (head === undefined) return undefined;
  return createFact(head, CONFIDENCE.hint, {
    file: '.git/HEAD',
    line: 1,
    reason: 'branch that is checked out',
  });
}

function readText(path: string): string | undefined {
  try {
    const stat = statSync(path);
    return stat.isFile() && stat.size <= MAX_CONFIG_BYTES ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
