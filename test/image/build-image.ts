// Builds operator/Dockerfile with buildah, without a registry or a daemon, in a storage of its own.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { makeBaseRoot, makeNodeRoot } from './root-folders.ts';
import { readNpmSettings, type Tools } from './tools.ts';

/** What an image says of itself, in OCI's words. */
export interface ImageConfig {
  User: string;
  Env: string[];
  Entrypoint: string[];
  Cmd?: string[];
  Labels: Record<string, string>;
  ExposedPorts: Record<string, object>;
}

/** An image that is built. */
export interface BuiltImage {
  config: ImageConfig;
  /** Of each layer that it adds, as RFC 3339 says it. */
  created: string;
  /** Where a container of it has its root, to be looked at and run. */
  root: string;
  /** Where the root of the base is. */
  baseRoot: string;
  remove(): Promise<void>;
}

const repository = resolve(import.meta.dirname, '../..');
const execute = promisify(execFile);

/** Builds it as docs/image.md says, with 1970 for the time. */
export async function buildImage({ buildah, npm }: Tools): Promise<BuiltImage> {
  const folder = await mkdtemp(join(tmpdir(), 'dorgu-image-'));
  const storage = [
    '--root',
    join(folder, 'root'),
    '--runroot',
    join(folder, 'run'),
    '--storage-driver',
    'vfs',
  ];
  const run = async (command: string, ...args: string[]): Promise<string> => {
    const { stdout } = await execute(buildah, [...storage, command, ...args], {
      maxBuffer: 16 * 1024 * 1024,
      timeout: 600_000,
    });
    return stdout.trim();
  };
  const build = (...args: string[]) =>
    run('build', '--isolation', 'chroot', '--pull-never', '--timestamp', '0', ...args);
  const remove = async () => {
    await run('umount', '--all');
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const { cache, registry } = await readNpmSettings();
    const bases = { node: join(folder, 'node'), base: join(folder, 'base') };
    await makeNodeRoot(bases.node, { npm, registry });
    await makeBaseRoot(bases.base);
    for (const [name, base] of Object.entries(bases))
      await build('-f', `${base}.Dockerfile`, '-t', `localhost/${name}`, base);
    const stages = ['--build-arg', 'NODE_IMAGE=localhost/node', '--build-arg', 'BASE_IMAGE=localhost/base'];
    const file = join(repository, 'operator/Dockerfile');
    await build(...stages, '-v', `${cache}:/npm-cache`, '-f', file, '-t', 'localhost/operator', repository);
    const inspected = JSON.parse(await run('inspect', '--type', 'image', 'localhost/operator')) as {
      OCIv1: { created: string; config: ImageConfig };
    };
    const { created, config } = inspected.OCIv1;
    const root = await run('mount', await run('from', '--pull-never', 'localhost/operator'));
    return { config, created, root, baseRoot: bases.base, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
