// Finds the programs of a control plane: KUBEBUILDER_ASSETS first, then the user's cache, which is filled with Go when it has to be.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readKubernetesVersion } from './program-cache.ts';
import {
  listAbsent,
  locateControlPlane,
  provideControlPlane,
  provideKwok,
  readControlPlaneModule,
  type SearchOptions,
} from './program-folders.ts';

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

const run = promisify(execFile);
const controllers = ['kube-controller-manager', 'kube-scheduler'];

/** Finds the programs, building what is not there yet. Throws when a build fails or KUBEBUILDER_ASSETS is not what it promises. */
export async function findPrograms(options: SearchOptions): Promise<ProgramSearch> {
  if (process.platform === 'win32')
    return { missing: 'the test cluster runs on Linux and macOS only: use WSL' };
  const assets = options.environment['KUBEBUILDER_ASSETS'];
  if (assets) return { programs: await readAssets(assets, options) };
  const controlPlane = await provideControlPlane(options);
  if ('missing' in controlPlane) return controlPlane;
  const kwok = await provideKwok(options);
  if ('missing' in kwok) return kwok;
  const { folder } = controlPlane;
  return { programs: { ...basicPrograms(folder), workloads: workloadPrograms(folder, kwok.folder) } };
}

/** The folder that people have for envtest. What makes workloads run is added where it can be found or built. */
async function readAssets(folder: string, options: SearchOptions): Promise<Programs> {
  const absent = await listAbsent(folder, ['etcd', 'kube-apiserver', 'kubectl']);
  if (absent.length > 0) {
    throw new Error(
      `KUBEBUILDER_ASSETS=${folder} holds no ${absent.join(', ')}: mend the folder or unset the variable`,
    );
  }
  const programs = basicPrograms(folder);
  const controllerFolder = await findControllers(folder, options.environment);
  if (controllerFolder === undefined) return programs;
  const kwok = await provideKwok(options);
  if ('missing' in kwok) return programs;
  return { ...programs, workloads: workloadPrograms(controllerFolder, kwok.folder) };
}

/** Where the controllers are: beside the API server, or in the cache when those are made for an API server of its minor version. */
async function findControllers(assets: string, environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  if ((await listAbsent(assets, controllers)).length === 0) return assets;
  const cached = await locateControlPlane(environment);
  if ((await listAbsent(cached, controllers)).length > 0) return undefined;
  const { stdout } = await run(join(assets, 'kube-apiserver'), ['--version'], { timeout: 10_000 });
  const minor = (version: string): string | undefined => /v\d+\.\d+\./.exec(version)?.[0];
  return minor(stdout) === minor(readKubernetesVersion((await readControlPlaneModule()).goMod))
    ? cached
    : undefined;
}

function basicPrograms(folder: string): Programs {
  return {
    etcd: join(folder, 'etcd'),
    kubeApiserver: join(folder, 'kube-apiserver'),
    kubectl: join(folder, 'kubectl'),
  };
}

function workloadPrograms(folder: string, kwokFolder: string): WorkloadPrograms {
  return {
    kubeControllerManager: join(folder, 'kube-controller-manager'),
    kubeScheduler: join(folder, 'kube-scheduler'),
    kwok: join(kwokFolder, 'kwok'),
    kwokStages: join(kwokFolder, 'stages'),
  };
}
