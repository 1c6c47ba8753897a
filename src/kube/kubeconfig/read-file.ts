// Reads one kubeconfig file: bounded, YAML or JSON, with file and line in its errors.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { DorguError } from '../../api/errors.ts';
import { parseYaml } from './parse-yaml.ts';
import type { Kubeconfig } from './kubeconfig.ts';

/** kubeconfigs of thousands of clusters stay under it. */
const maxBytes = 16 * 1024 * 1024;

/** The file's entries; undefined where there is no such file. Paths in it are as they stand there. @throws DorguError KubeconfigUnreadable, KubeconfigInvalid */
export function readKubeconfigFile(path: string): Kubeconfig | undefined {
  const text = readText(path);
  return text === undefined ? undefined : parseYaml(text, path);
}

function readText(path: string): string | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw unreadable(path, 'cannot be read', cause);
  }
  try {
    return readBounded(path, descriptor);
  } catch (cause) {
    if (cause instanceof DorguError) throw cause;
    throw unreadable(path, 'cannot be read', cause);
  } finally {
    closeSync(descriptor);
  }
}

/** Reads until the end rather than the size that stat tells: a process substitution is a pipe. */
function readBounded(path: string, descriptor: number): string {
  if (fstatSync(descriptor).isDirectory()) throw unreadable(path, 'expected a file, found a directory');
  const chunks: Buffer[] = [];
  for (let total = 0; ;) {
    const chunk = Buffer.alloc(64 * 1024);
    const count = readSync(descriptor, chunk);
    if (count === 0) break;
    total += count;
    if (total > maxBytes) throw unreadable(path, 'expected at most 16 MiB, found more');
    chunks.push(chunk.subarray(0, count));
  }
  return Buffer.concat(chunks).toString('utf8');
}

function unreadable(path: string, why: string, cause?: unknown): DorguError {
  return new DorguError('KubeconfigUnreadable', `${path}: ${why}`, {
    cause,
    hint: `ls -l ${path} shows who may read it; --kubeconfig FILE takes another`,
  });
}
