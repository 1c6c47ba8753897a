// Building the programs with Go: the control plane of test/cluster/control-plane, and kwok with its stages.
import { execFile, spawn } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, readdir, rename, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { kwokVersion, readKubernetesVersion, type Go } from './program-cache.ts';
import { tail } from './running-program.ts';

const moduleFolder = join(import.meta.dirname, 'control-plane');
const run = promisify(execFile);

/** The programs that one executable acts as. */
export const controlPlanePrograms = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubectl',
];

/** The stages of kwok's module that are kept: what makes nodes Ready and pods Running, Succeeded and gone. */
export const kwokStages = [
  'node/fast/node-initialize.yaml',
  'node/heartbeat/node-heartbeat.yaml',
  'pod/fast/pod-ready.yaml',
  'pod/fast/pod-complete.yaml',
  'pod/fast/pod-delete.yaml',
];

/** What the Go on the PATH says of itself; undefined without one. */
export async function findGo(environment: NodeJS.ProcessEnv): Promise<Go | undefined> {
  try {
    const { stdout } = await run('go', ['env', 'GOVERSION', 'GOTOOLCHAIN'], {
      env: environment,
      timeout: 60_000,
    });
    const [version = '', toolchain = ''] = stdout.split('\n');
    return { version, toolchain };
  } catch {
    return undefined;
  }
}

/** Builds the control plane into `folder`, which is there completely or not at all. Minutes when Go's own cache is cold. */
export async function buildControlPlane(folder: string, signal?: AbortSignal): Promise<void> {
  const version = readKubernetesVersion(await readFile(join(moduleFolder, 'go.mod'), 'utf8'));
  const [major, minor] = version.slice(1).split('.');
  const versionPackage = 'k8s.io/component-base/version';
  const linkerFlags = [
    `gitVersion=${version}`,
    `gitMajor=${major}`,
    `gitMinor=${minor}`,
    'gitTreeState=clean',
  ]
    .map((assignment) => `-X ${versionPackage}.${assignment}`)
    .join(' ');
  await fillAtOnce(folder, async (draft) => {
    const executable = join(draft, 'control-plane');
    await runGo(
      ['build', '-trimpath', '-ldflags', `-s -w ${linkerFlags}`, '-o', executable, '.'],
      {},
      signal,
    );
    for (const name of controlPlanePrograms) await symlink('control-plane', join(draft, name));
  });
}

/** Builds the Go module in `source` into `folder`, as `program` (a path in it); there completely or not at all. */
export async function buildModule(
  source: string,
  program: string,
  folder: string,
  signal?: AbortSignal,
): Promise<void> {
  await fillAtOnce(folder, (draft) =>
    runGo(['build', '-trimpath', '-ldflags', '-s -w', '-o', join(draft, program), '.'], {}, signal, source),
  );
}

/** Builds kwok into `folder` and puts its stages beside it, so that a start needs no Go. */
export async function buildKwok(folder: string, signal?: AbortSignal): Promise<void> {
  const module = 'sigs.k8s.io/kwok';
  await fillAtOnce(folder, async (draft) => {
    await runGo(
      ['install', '-trimpath', '-ldflags', '-s -w', `${module}/cmd/kwok@${kwokVersion}`],
      { GOBIN: draft },
      signal,
    );
    const { stdout } = await run('go', ['mod', 'download', '-json', `${module}@${kwokVersion}`], {
      cwd: moduleFolder,
    });
    const { Dir: source } = JSON.parse(stdout) as { Dir: string };
    await mkdir(join(draft, 'stages'));
    for (const stage of kwokStages) {
      await copyFile(
        join(source, 'kustomize/stage', stage),
        join(draft, 'stages', stage.split('/').join('-')),
      );
    }
  });
}

/**
 * Lets `fill` work in a folder beside the wanted one and renames it when all is there. The caller holds the lock, so
 * older drafts and an incomplete folder belong to a build that was killed.
 */
async function fillAtOnce(folder: string, fill: (draft: string) => Promise<void>): Promise<void> {
  const drafts = `${basename(folder)}.draft-`;
  const parent = dirname(folder);
  for (const name of await readdir(parent)) {
    if (name.startsWith(drafts)) await rm(join(parent, name), { recursive: true, force: true });
  }
  const draft = await mkdtemp(join(parent, drafts));
  try {
    await fill(draft);
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Runs Go in a module of ours; on abort it is asked to stop, so that it removes its own temporary files. */
async function runGo(
  args: readonly string[],
  extra: NodeJS.ProcessEnv,
  signal?: AbortSignal,
  cwd = moduleFolder,
): Promise<void> {
  signal?.throwIfAborted();
  const environment = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false', ...extra };
  const child = spawn('go', args, {
    cwd,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  const collect = (chunk: Buffer): void => {
    output = tail(output + chunk.toString(), 40);
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const interrupt = (): void => {
    child.kill('SIGINT');
  };
  signal?.addEventListener('abort', interrupt, { once: true });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => signal?.removeEventListener('abort', interrupt));
  signal?.throwIfAborted();
  if (code !== 0) throw new Error(`go ${args.join(' ')} ended with ${code}:\n${output}`);
}
