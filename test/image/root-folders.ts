// Stand-ins for the images that operator/Dockerfile begins with, made of this machine's files instead of a registry's.
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findProgram, listLibraries } from './tools.ts';

const authorities = '/etc/ssl/certs/ca-certificates.crt';

/** For NODE_IMAGE: Node as node:24-slim has it, npm, and the few programs of a shell that are called. */
export async function makeNodeRoot(
  folder: string,
  { npm, registry }: { npm: string; registry: string },
): Promise<void> {
  const node = realpathSync(process.execPath);
  const local = join(folder, 'usr/local');
  await copyTo(node, join(local, 'bin/node'));
  const licence = join(dirname(dirname(node)), 'LICENSE');
  if (existsSync(licence)) await copyTo(licence, join(local, 'LICENSE'));
  await cp(npm, join(local, 'lib/node_modules/npm'), { recursive: true });
  await symlink('../lib/node_modules/npm/bin/npm-cli.js', join(local, 'bin/npm'));
  for (const program of ['/bin/sh', findProgram('env') ?? '', findProgram('chmod') ?? '']) {
    await copyTo(program, join(folder, program));
    await copyLibraries(program, folder);
  }
  await copyLibraries(node, folder);
  await mkdir(join(folder, 'tmp'));
  if (existsSync(authorities)) await copyTo(authorities, join(folder, authorities));
  const environment = [
    'PATH=/usr/local/bin:/usr/bin:/bin',
    'HOME=/tmp',
    'npm_config_cache=/npm-cache',
    'npm_config_prefer_offline=true',
    'npm_config_update_notifier=false',
    `npm_config_registry=${registry}`,
    ...(existsSync(authorities) ? [`NODE_EXTRA_CA_CERTS=${authorities}`] : []),
  ];
  await writeFile(`${folder}.Dockerfile`, toDockerfile(environment));
}

/** For BASE_IMAGE: what Node is loaded with, and nothing else. */
export async function makeBaseRoot(folder: string): Promise<void> {
  await copyLibraries(process.execPath, folder);
  await writeFile(`${folder}.Dockerfile`, toDockerfile(['PATH=/usr/local/bin:/usr/bin:/bin']));
}

function toDockerfile(environment: readonly string[]): string {
  return `FROM scratch\nCOPY . /\nENV ${environment.join(' ')}\n`;
}

async function copyLibraries(program: string, folder: string): Promise<void> {
  for (const library of await listLibraries(program)) await copyTo(library, join(folder, library));
}

async function copyTo(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await cp(from, to, { dereference: true });
}
