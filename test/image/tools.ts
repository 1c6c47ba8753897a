// The programs of this machine that the image's test needs: buildah, and what starts a program in another root.
import { execFile } from 'node:child_process';
import { accessSync, constants, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** Paths. */
export interface Tools {
  buildah: string;
  unshare: string;
  chroot: string;
  /** The folder of the package npm. */
  npm: string;
}

const run = promisify(execFile);

/** Either all of them or, in one line, what is missing and how to get it. `environment` may say that the image is not to be built here. */
export function findTools(environment: NodeJS.ProcessEnv): { tools: Tools } | { missing: string } {
  if (environment['DORGU_WITHOUT_IMAGE'] === 'true')
    return { missing: 'the operator’s image is not built where DORGU_WITHOUT_IMAGE says so' };
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return { missing: 'the operator’s image is built by root on Linux' };
  const [buildah, unshare, chroot, npm] = ['buildah', 'unshare', 'chroot', 'npm'].map(findProgram);
  if (buildah === undefined)
    return { missing: 'the operator’s image is built with buildah: apt-get install buildah' };
  if (unshare === undefined || chroot === undefined || npm === undefined)
    return { missing: 'the operator’s image needs unshare, chroot and npm' };
  return { tools: { buildah, unshare, chroot, npm: dirname(dirname(realpathSync(npm))) } };
}

/** The libraries that a program is loaded with, and its loader. */
export async function listLibraries(program: string): Promise<string[]> {
  const { stdout } = await run('ldd', [program]);
  return [...stdout.matchAll(/(?:^|\s)(\/\S+)/g)].map(([, path = '']) => path);
}

/** What npm on this machine is told of its cache and registry. */
export async function readNpmSettings(): Promise<{ cache: string; registry: string }> {
  const read = async (key: string) => (await run('npm', ['config', 'get', key])).stdout.trim();
  return { cache: await read('cache'), registry: await read('registry') };
}

/** On the PATH, or where administrators' programs are. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
