// Runs what is in an image as a kubelet would have it run: its user, variables and command, on a root that cannot be written to.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuiltImage } from './build-image.ts';
import type { Tools } from './tools.ts';

/** What comes from outside. */
export interface Surroundings {
  args: readonly string[];
  environment?: Readonly<Record<string, string>>;
  /** Folders of this machine by where the container sees them, absolute; they cannot be written to either. */
  mounts?: Readonly<Record<string, string>>;
}

/** Binds everything in namespaces of mounts that end with the process, then becomes it: the process is the one that is spawned. */
const script = `set -e
root=$1 mounts=$2
shift 2
mount --bind "$root" "$root"
mount --rbind /proc "$root/proc"
mount --rbind /dev "$root/dev"
while [ "$mounts" -gt 0 ]; do
  mount --bind "$1" "$root$2"
  mount -o remount,ro,bind "$root$2"
  shift 2
  mounts=$((mounts - 1))
done
mount -o remount,ro,bind "$root"
exec env -i "$@"
`;

/** Starts it; stdout and stderr are pipes. */
export async function startImage(
  tools: Tools,
  image: BuiltImage,
  surroundings: Surroundings,
): Promise<ChildProcess> {
  const [command, args] = await toCommand(tools, image, surroundings);
  return spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Runs it to its end. */
export async function runImage(
  tools: Tools,
  image: BuiltImage,
  surroundings: Surroundings,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const [command, args] = await toCommand(tools, image, surroundings);
  return new Promise((done) => {
    execFile(command, args, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

async function toCommand(
  { unshare, chroot }: Tools,
  { root, config }: BuiltImage,
  { args, environment = {}, mounts = {} }: Surroundings,
): Promise<[string, string[]]> {
  // What a container's runtime makes, too, in roots that lack it.
  for (const place of ['/proc', '/dev', ...Object.keys(mounts)])
    await mkdir(join(root, place), { recursive: true });
  const variables = [
    ...config.Env,
    ...Object.entries(environment).map(([name, value]) => `${name}=${value}`),
  ];
  return [
    unshare,
    [
      '--mount',
      '/bin/sh',
      '-c',
      script,
      'sh',
      root,
      String(Object.keys(mounts).length),
      ...Object.entries(mounts).flatMap(([place, folder]) => [folder, place]),
      ...variables,
      chroot,
      `--userspec=${config.User}`,
      root,
      ...config.Entrypoint,
      ...args,
    ],
  ];
}
