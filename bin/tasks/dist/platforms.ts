// The platforms that the plugin is shipped for, and what stands for each in file names, in the manifest and among the runtimes.

/** One of them, in the words of krew. */
export interface Platform {
  os: 'linux' | 'darwin' | 'windows';
  arch: 'amd64' | 'arm64';
}

/** In the order of the manifest. */
export const platforms: readonly Platform[] = (['linux', 'darwin', 'windows'] as const).flatMap((os) =>
  (['amd64', 'arm64'] as const).map((arch) => ({ os, arch })),
);

/** The executable as the archive has it. */
export const toExecutableName = ({ os }: Platform): string =>
  os === 'windows' ? 'kubectl-dorgu.exe' : 'kubectl-dorgu';

/** The archive's file name; `version` without a leading v. */
export const toArchiveName = ({ os, arch }: Platform, version: string): string =>
  `kubectl-dorgu_v${version}_${os}_${arch}.${os === 'windows' ? 'zip' : 'tar.gz'}`;

/** What the runtime's makers call it: `linux-x64`, with the name of the program in its package. */
export function toRuntime({ os, arch }: Platform): { target: string; packageName: string; program: string } {
  const cpu = { amd64: ['x64', 'x64'], arm64: ['arm64', 'aarch64'] }[arch];
  return {
    target: `bun-${os}-${cpu[0]}`,
    packageName: `@oven/bun-${os}-${cpu[1]}`,
    program: os === 'windows' ? 'bin/bun.exe' : 'bin/bun',
  };
}

/** The platform that this process runs on; undefined where there is no runtime for it. */
export function findOwnPlatform(): Platform | undefined {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  return platforms.find((platform) => platform.os === os && platform.arch === arch);
}
