// What config/ is made into: kustomizations built by the real kubectl, overlays written for a test.
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { isClusterRequired } from '../cluster/connection.ts';
import { findPrograms } from '../cluster/programs.ts';

export const configFolder = resolve(import.meta.dirname, '../../config');

/** Components that go into an overlay of config/default; argocd-health goes into Argo CD's. */
export const operatorComponents = [
  'webhook-enforcing',
  'webhook-fail-closed',
  'cert-manager',
  'prometheus',
  'monitoring',
  'no-webhook',
  'no-websocket',
  'single-replica',
] as const;

/** Any object of Kubernetes, as far as tests look. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string> };
}

/** kubectl's path; undefined where the programs are missing, which in CI is an error. */
export async function findKubectl(): Promise<string | undefined> {
  const search = await findPrograms({ environment: process.env, report: () => undefined });
  if ('programs' in search) return search.programs.kubectl;
  if (isClusterRequired(process.env)) throw new Error(search.missing);
  return undefined;
}

/** Writes an overlay of config/default with components, one line each, as docs/install.md has it; returns its folder. */
export async function writeOverlay(
  folder: string,
  components: readonly string[],
  more: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const to = (path: string) => relative(folder, join(configFolder, path));
  const kustomization = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: [to('default')],
    components: components.map((name) => to(`components/${name}`)),
    ...more,
  };
  await writeFile(join(folder, 'kustomization.yaml'), stringify(kustomization));
  return folder;
}

/** Every object of a stream of YAML documents. */
export function parseManifests(text: string): Manifest[] {
  return parseAllDocuments(text)
    .map((document) => document.toJS() as Manifest | null)
    .filter((manifest) => manifest !== null);
}

/** `Deployment dorgu-system/dorgu-operator` */
export function nameOf({ kind, metadata: { name, namespace } }: Manifest): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
