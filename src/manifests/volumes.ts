// What is mounted: sized temporary directories over a read-only root, claims for data, and files from Secrets.
import type { Component, VolumeFact } from '../application/component.ts';
import type { ComponentPlan, VolumePlan } from './component-plan.ts';
import { dataStoreOf, hasOwnData } from './data-store.ts';
import { toDnsName, toUniqueNames } from './names.ts';
import { programPaths } from './writable-paths.ts';

/** Size of one temporary directory. */
const temporarySize = '64Mi';

/** Size of a claim where no source says one. */
const claimSize = '1Gi';

const mebibyte = 1024 * 1024;

/** Decides the volumes: /tmp, what the program writes to, and what the source mounts. */
export function planVolumes(component: Component, name: string): VolumePlan[] {
  const byPath = new Map<string, VolumeFact>();
  const store = dataStoreOf(component);
  for (const path of ['/tmp', ...programPaths(component), ...(store?.temporaryPaths ?? [])]) {
    byPath.set(path, { path, kind: 'temporary', evidence: [] });
  }
  if (store && !hasOwnData(component))
    byPath.set(store.dataPath, { path: store.dataPath, kind: 'data', source: 'data', evidence: [] });
  for (const fact of component.runtime.volumes) {
    const path = toMountPath(fact.path);
    if (path !== undefined) byPath.set(path, { ...fact, path });
  }
  const facts = [...byPath.values()];
  const names = toUniqueNames(facts.map(({ path }) => ({ text: path, maxLength: 40 })));
  return facts.map((fact, index) => toPlan(fact, names[index] ?? 'data', name));
}

/** An absolute path that can be mounted, without trailing slash; undefined for the root, relative and odd ones. */
export function toMountPath(path: string): string | undefined {
  const clean = path.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
  const isOdd = clean.length > 512 || clean.includes(':') || /\p{Cc}|\p{Surrogate}/u.test(clean);
  if (isOdd || !clean.startsWith('/') || clean === '/') return undefined;
  return clean.split('/').some((part) => part === '..' || part === '.') ? undefined : clean;
}

/** Whether it has a disk of its own to write to, which has to outlive its pods. */
export function ownsDisk(volumes: readonly VolumePlan[]): boolean {
  return volumes.some(({ source, isReadOnly }) => source.kind === 'claim' && !isReadOnly);
}

/** `volumes` of the pod; a StatefulSet brings its claims itself. */
export function buildVolumes({ volumes, workload }: ComponentPlan): object[] {
  const listed = volumes.filter(({ source }) => workload !== 'StatefulSet' || source.kind !== 'claim');
  return listed.map(({ name, source }) => {
    if (source.kind === 'temporary') return { name, emptyDir: { sizeLimit: source.sizeLimit } };
    if (source.kind === 'claim') return { name, persistentVolumeClaim: { claimName: source.claimName } };
    if (source.kind === 'config')
      return { name, configMap: { name: source.configMapName, defaultMode: fileMode(source.content) } };
    return { name, secret: { secretName: source.secretName, defaultMode: 0o440 } };
  });
}

/** `volumeMounts` of the container. */
export function buildVolumeMounts(plan: ComponentPlan): object[] {
  return plan.volumes.map(({ name, mountPath, source, isReadOnly }) => ({
    name,
    mountPath,
    ...('key' in source ? { subPath: source.key } : {}),
    ...(isReadOnly ? { readOnly: true } : {}),
  }));
}

/** Mebibytes of all temporary directories, which count as ephemeral storage. */
export function temporaryMebibytes(volumes: readonly VolumePlan[]): number {
  return volumes.reduce(
    (sum, { source }) => (source.kind === 'temporary' ? sum + Number.parseInt(source.sizeLimit, 10) : sum),
    0,
  );
}

function toPlan(fact: VolumeFact, name: string, component: string): VolumePlan {
  const shared = {
    name,
    mountPath: fact.path,
    isReadOnly: fact.readOnly === true && fact.kind !== 'temporary',
  };
  switch (fact.kind) {
    case 'temporary':
      return {
        ...shared,
        source: { kind: 'temporary', sizeLimit: toMebibytes(fact.sizeBytes) ?? temporarySize },
      };
    case 'data': {
      const claimName = toDnsName(`${component}-${fact.source ?? fact.path}`);
      return {
        ...shared,
        source: { kind: 'claim', claimName, size: toMebibytes(fact.sizeBytes) ?? claimSize },
      };
    }
    case 'file':
      return { ...shared, isReadOnly: true, source: toFileSource(fact, component) };
  }
}

/** A text that holds no secret is written into a ConfigMap; anything else is a Secret that a person makes. */
function toFileSource(fact: VolumeFact, component: string): VolumePlan['source'] {
  const { path, source = path, content } = fact;
  if (content !== undefined)
    return { kind: 'config', configMapName: filesName(component), key: toFileKey(path), content };
  return { kind: 'secret', secretName: toDnsName(`${component}-${source}`), key: toKey(path) };
}

/** Name of the ConfigMap that holds a component's files. */
export function filesName(component: string): string {
  return toDnsName(`${component}-files`);
}

// Scripts that an entry point starts have to be executable.
function fileMode(content: string): number {
  return content.startsWith('#!') ? 0o555 : 0o444;
}

/** The whole path as a key, because two folders may have a file of one name. */
function toFileKey(path: string): string {
  return (
    path
      .replace(/^\/+/, '')
      .replace(/[^A-Za-z0-9._-]+/g, '-')
      .slice(-200)
      .replace(/^\.+/, '') || 'file'
  );
}

/** A key that a Secret can have, from the file's name. */
function toKey(path: string): string {
  const key = path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .slice(0, 200);
  return /^\.{0,2}$/.test(key) ? 'file' : key;
}

function toMebibytes(bytes: number | undefined): string | undefined {
  if (bytes === undefined || !Number.isFinite(bytes) || bytes <= 0) return undefined;
  return `${Math.min(Math.ceil(bytes / mebibyte), 1024 * 1024)}Mi`;
}
