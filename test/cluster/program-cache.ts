// Where built programs are kept: folders of the user's cache, named so that a change of version or module means a new one.
import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** The version of kwok that is built. Its own go.mod wants the Go of {@link minimumGo}. */
export const kwokVersion = 'v0.8.0';

/** The oldest Go that builds everything: kwok asks for 1.26, the control plane for 1.25. */
export const minimumGo = '1.26';

/** What decides whether a built control plane may be used again. */
export interface ControlPlaneModule {
  goMod: string;
  goSum: string;
  mainGo: string;
}

/** The version of k8s.io/kubernetes that a go.mod requires, with its leading v. Throws when it requires none. */
export function readKubernetesVersion(goMod: string): string {
  const version = /^\s*(?:require\s+)?k8s\.io\/kubernetes\s+(v\d+\.\d+\.\d+\S*)/m.exec(goMod)?.[1];
  if (version === undefined)
    throw new Error('expected go.mod to require k8s.io/kubernetes, found no such line');
  return version;
}

/** The folder of a built control plane, for example `control-plane-v1.35.4-linux-x64-0f3a9c1b2d4e`. */
export function nameControlPlaneFolder(module: ControlPlaneModule, platform: string): string {
  const hash = createHash('sha256');
  for (const text of [module.goMod, module.goSum, module.mainGo]) hash.update(`${text.length}\n${text}`);
  return `control-plane-${readKubernetesVersion(module.goMod)}-${platform}-${hash.digest('hex').slice(0, 12)}`;
}

/** The folder of a built kwok and its stages. */
export function nameKwokFolder(platform: string): string {
  return `kwok-${kwokVersion}-${platform}`;
}

/** The user's cache folder of this project: below XDG_CACHE_HOME (an absolute path, as its specification demands) or ~/.cache. */
export function findCacheFolder(environment: NodeJS.ProcessEnv, home: string = homedir()): string {
  const base = environment['XDG_CACHE_HOME'];
  return join(base !== undefined && isAbsolute(base) ? base : join(home, '.cache'), 'kubectl-dorgu');
}

/** What `go env` says: `go1.26.8`, and whether it fetches a newer toolchain by itself (`auto`) or never (`local`). */
export interface Go {
  version: string;
  toolchain: string;
}

/** One line on what to do when there is neither a folder of programs nor a Go that could build them. */
export function explainMissingGo(found: Go | undefined): string {
  const state = found === undefined ? 'no Go was found' : `found ${found.version}`;
  return (
    `the test cluster has no programs and cannot build them (${state}): install Go ${minimumGo} or newer from https://go.dev/dl, ` +
    'or set KUBEBUILDER_ASSETS to a folder that holds etcd, kube-apiserver and kubectl'
  );
}

/** Whether this Go builds everything: new enough itself, or (since 1.21) able to fetch the toolchain that a module asks for. */
export function isGoUsable({ version, toolchain }: Go): boolean {
  if (version.startsWith('devel')) return true;
  return isAtLeast(version, minimumGo) || (isAtLeast(version, '1.21') && /^auto$|\+auto$/.test(toolchain));
}

function isAtLeast(goVersion: string, wanted: string): boolean {
  const match = /^go(\d+)\.(\d+)/.exec(goVersion);
  if (match === null) return false;
  const [major = 0, minor = 0] = wanted.split('.').map(Number);
  return Number(match[1]) > major || (Number(match[1]) === major && Number(match[2]) >= minor);
}
