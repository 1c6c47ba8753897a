// The folders of built programs in the user's cache: where they are, and filling them with Go, by one process at a time.
import { access, constants, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withBuildLock } from './build-lock.ts';
import { buildControlPlane, buildKwok, findGo } from './go-build.ts';
import {
  explainMissingGo,
  findCacheFolder,
  isGoUsable,
  nameControlPlaneFolder,
  nameKwokFolder,
  type ControlPlaneModule,
} from './program-cache.ts';

/** How to look: the environment, where progress goes (a line at a time) and what ends it early. */
export interface SearchOptions {
  environment: NodeJS.ProcessEnv;
  report: (line: string) => void;
  signal?: AbortSignal | undefined;
}

/** A folder with its programs, or in one line why it cannot be had. */
export type FolderSearch = { folder: string } | { missing: string };

const platform = `${process.platform}-${process.arch}`;
const buildTimeoutMs = 30 * 60 * 1000;

/** The text of the Go module that is built into the control plane. */
export async function readControlPlaneModule(): Promise<ControlPlaneModule> {
  const read = (name: string): Promise<string> =>
    readFile(join(import.meta.dirname, 'control-plane', name), 'utf8');
  return { goMod: await read('go.mod'), goSum: await read('go.sum'), mainGo: await read('main.go') };
}

/** Where the control plane is kept, whether it is there or not. */
export async function locateControlPlane(environment: NodeJS.ProcessEnv): Promise<string> {
  return join(findCacheFolder(environment), nameControlPlaneFolder(await readControlPlaneModule(), platform));
}

/** The folder of the control plane's programs, built first if need be. */
export async function provideControlPlane(options: SearchOptions): Promise<FolderSearch> {
  return provideFolder(
    await locateControlPlane(options.environment),
    'kube-apiserver',
    buildControlPlane,
    options,
  );
}

/** The folder of kwok and its stages, built first if need be. */
export async function provideKwok(options: SearchOptions): Promise<FolderSearch> {
  return provideFolder(
    join(findCacheFolder(options.environment), nameKwokFolder(platform)),
    'kwok',
    buildKwok,
    options,
  );
}

/** Which of the programs are not in a folder, or not executable. */
export async function listAbsent(folder: string, names: readonly string[]): Promise<string[]> {
  const absent: string[] = [];
  for (const name of names) {
    await access(join(folder, name), constants.X_OK).catch(() => absent.push(name));
  }
  return absent;
}

/** `folder` with its program, which `build` makes there if need be; of several processes that want it, one builds. */
export async function provideFolder(
  folder: string,
  program: string,
  build: (folder: string, signal?: AbortSignal) => Promise<void>,
  { environment, report, signal }: SearchOptions,
): Promise<FolderSearch> {
  const isThere = async (): Promise<boolean> => (await listAbsent(folder, [program])).length === 0;
  if (await isThere()) return { folder };
  const go = await findGo(environment);
  if (go === undefined || !isGoUsable(go)) return { missing: explainMissingGo(go) };
  await withBuildLock(
    `${folder}.lock`,
    async () => {
      if (await isThere()) return;
      report(
        `building ${program} with ${go.version} into ${folder} (minutes the first time, kept from then on)`,
      );
      const startMs = Date.now();
      await build(folder, signal);
      report(`built ${program} in ${Math.round((Date.now() - startMs) / 1000)} s`);
    },
    {
      timeoutMs: buildTimeoutMs,
      signal,
      onWait: (pid) => report(`waiting for process ${pid}, which builds ${program}`),
    },
  );
  return { folder };
}
