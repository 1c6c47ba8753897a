// Finds the kubeconfig files that kubectl would read, and reads them as one.
import { existsSync, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { DorguError } from '../../api/errors.ts';
import type { Kubeconfig } from './kubeconfig.ts';
import { mergeKubeconfigs } from './merge.ts';
import { readKubeconfigFile } from './read-file.ts';
import { resolvePaths } from './resolve-paths.ts';

/** What decides which files are read. */
export interface KubeconfigSource {
  env: Readonly<Record<string, string | undefined>>;
  home: string;
  cwd: string;
  /** `--kubeconfig`: this file alone. */
  kubeconfig?: string | undefined;
  onWarning?: ((text: string) => void) | undefined;
}

/** The kubeconfig that kubectl would use, and the paths that were looked for; `files` are those that exist. */
export interface LoadedKubeconfig {
  kubeconfig: Kubeconfig;
  /** The same with paths as they stand in the files. */
  asWritten: Kubeconfig;
  candidates: readonly string[];
  files: readonly string[];
}

/** Reads and merges the files. @throws DorguError KubeconfigNotFound (`--kubeconfig` alone), KubeconfigUnreadable, KubeconfigInvalid */
export function loadKubeconfig(source: KubeconfigSource): LoadedKubeconfig {
  const candidates = findCandidates(source);
  const read: { path: string; content: Kubeconfig }[] = [];
  for (const path of candidates) {
    const content = readKubeconfigFile(path);
    if (content === undefined) {
      if (source.kubeconfig) throw notFound(path);
      continue;
    }
    warnIfShared(path, source);
    read.push({ path, content });
  }
  return {
    kubeconfig: mergeKubeconfigs(read.map(({ path, content }) => resolvePaths(content, path))),
    asWritten: mergeKubeconfigs(read.map(({ content }) => content)),
    candidates,
    files: read.map(({ path }) => path),
  };
}

/** `--kubeconfig`, else what KUBECONFIG lists, else ~/.kube/config; absolute. */
function findCandidates({ env, home, cwd, kubeconfig }: KubeconfigSource): string[] {
  if (kubeconfig) return [resolve(cwd, kubeconfig)];
  const list = env['KUBECONFIG'];
  if (list) {
    const paths = list.split(delimiter).filter((path) => path !== '');
    return [...new Set(paths)].map((path) => resolve(cwd, path));
  }
  return home === '' ? [] : [join(home, '.kube', 'config')];
}

/** Others who can read the file have its credentials. */
function warnIfShared(path: string, { onWarning }: KubeconfigSource): void {
  if (onWarning === undefined || process.platform === 'win32' || !existsSync(path)) return;
  const { mode } = statSync(path);
  if ((mode & 0o077) !== 0) onWarning(`${path} can be read by others than you: chmod 600 ${path}`);
}

function notFound(path: string): DorguError {
  return new DorguError('KubeconfigNotFound', `${path}: there is no such file`, {
    hint: '--kubeconfig names one existing file; without it KUBECONFIG and ~/.kube/config are read',
  });
}
