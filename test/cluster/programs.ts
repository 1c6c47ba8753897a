// Finds the programs of the control plane: KUBEBUILDER_ASSETS first, then the user's cache, which is filled with Go when it has to be.
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
} from './program-cache.ts';

/** Paths of the programs. Without `workloads` there are an API server and a client, and pods stay Pending. */
export interface Programs {
  etcd: string;
  kubeApiserver: string;
  kubectl: string;
  workloads?: WorkloadPrograms;
}

/** What makes Deployments roll out and pods run, and the folder of kwok's stages. */
export interface WorkloadPrograms {
  kubeControllerManager: string;
  kubeScheduler: string;
  kwok: string;
  kwokStages: string;
}

/** Either the programs or, in one line, what is missing and how to get it. */
export type ProgramSearch = { programs: Programs } | { missing: string };

/** How to look: the environment, where progress goes (a line at a time) and what ends it early. */
export interface SearchOptions {
  environment: NodeJS.ProcessEnv;
  report: (line: string) => void;
  signal?: AbortSignal | undefined;
}

const platform = `${process.platform}-${process.arch}`;
const buildTimeoutMs = 30 * 60 * 1000;

/** Finds the programs, building what is not there yet. Throws when a build fails or KUBEBUILDER_ASSETS is not what it promises. */
export async function findPrograms(options: SearchOptions): Promise<ProgramSearch> {
  if (process.platform === 'win32')
    return { missing: 'the test cluster runs on Linux and macOS only: use WSL' };
  const assets = options.environment['KUBEBUILDER_ASSETS'];
  if (assets) return { programs: await readAssets(assets, options) };
  const controlPlane = await provide(
    await locateControlPlane(options),
    'kube-apiserver',
    buildControlPlane,
    options,
  );
  if ('missing' in controlPlane) return controlPlane;
  const kwok = await provide(locateKwok(options), 'kwok', buildKwok, options);
  if ('missing' in kwok) return kwok;
  return {
    programs: {
      etcd: join(controlPlane.folder, 'etcd'),
      kubeApiserver: join(controlPlane.folder, 'kube-apiserver'),
      kubectl: join(controlPlane.folder, 'kubectl'),
      workloads: workloadPrograms(controlPlane.folder, kwok.folder, kwok.folder),
    },
  };
}

/** The folder that people have for envtest. The controllers and kwok are used when all of them are in it, or kwok in the cache. */
async function readAssets(folder: string, options: SearchOptions): Promise<Programs> {
  const absent = await listAbsent(folder, ['etcd', 'kube-apiserver', 'kubectl']);
  if (absent.length > 0)
    throw new Error(
      `KUBEBUILDER_ASSETS=${folder} holds no ${absent.join(', ')}: mend the folder or unset the variable`,
    );
  const programs: Programs = {
    etcd: join(folder, 'etcd'),
    kubeApiserver: join(folder, 'kube-apiserver'),
    kubectl: join(folder, 'kubectl'),
  };
  const cached = locateKwok(options);
  const hasControllers =
    (await listAbsent(folder, ['kube-controller-manager', 'kube-scheduler'])).length === 0;
  const hasKwok = (await listAbsent(cached, ['kwok', 'stages'])).length === 0;
  if (hasControllers && hasKwok) {
    const ownKwok = (await listAbsent(folder, ['kwok'])).length === 0;
    programs.workloads = workloadPrograms(folder, ownKwok ? folder : cached, cached);
  }
  return programs;
}

function workloadPrograms(controllers: string, kwok: string, stages: string): WorkloadPrograms {
  return {
    kubeControllerManager: join(controllers, 'kube-controller-manager'),
    kubeScheduler: join(controllers, 'kube-scheduler'),
    kwok: join(kwok, 'kwok'),
    kwokStages: join(stages, 'stages'),
  };
}

async function locateControlPlane({ environment }: SearchOptions): Promise<string> {
  const read = (name: string): Promise<string> =>
    readFile(join(import.meta.dirname, 'control-plane', name), 'utf8');
  const module = { goMod: await read('go.mod'), goSum: await read('go.sum'), mainGo: await read('main.go') };
  return join(findCacheFolder(environment), nameControlPlaneFolder(module, platform));
}

function locateKwok({ environment }: SearchOptions): string {
  return join(findCacheFolder(environment), nameKwokFolder(platform));
}

/** A folder of the cache that holds `program`, built first if need be, by one process at a time. */
async function provide(
  folder: string,
  program: string,
  build: (folder: string, signal?: AbortSignal) => Promise<void>,
  { environment, report, signal }: SearchOptions,
): Promise<{ folder: string } | { missing: string }> {
  const isThere = async (): Promise<boolean> => (await listAbsent(folder, [program])).length === 0;
  if (await isThere()) return { folder };
  const go = await findGo(environment);
  if (go === undefined || !isGoUsable(go)) return { missing: explainMissingGo(go) };
  const onWait = (pid: number): void => report(`waiting for process ${pid}, which builds ${program}`);
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
    { timeoutMs: buildTimeoutMs, signal, onWait },
  );
  return { folder };
}

async function listAbsent(folder: string, names: readonly string[]): Promise<string[]> {
  const absent: string[] = [];
  for (const name of names) {
    await access(join(folder, name), constants.X_OK).catch(() => absent.push(name));
  }
  return absent;
}
