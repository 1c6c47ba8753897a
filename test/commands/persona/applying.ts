// One namespace and one folder of manifests for the tests of `persona apply`, empty before each test.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { useCluster } from '../../cluster/use-cluster.ts';
import type { Outcome } from '../command-line.ts';
import { createPersona, runIn } from './persona-objects.ts';

/** Members may be used in hooks and tests only. */
export function useApplying() {
  const cluster = useCluster();
  let namespace = '';
  let folder = '';
  const list = (...flags: string[]) =>
    cluster.expectKubectl(['get', 'applicationpersonas', '-n', namespace, ...flags]);
  const write = (name: string, ...objects: object[]) =>
    writeFileSync(join(folder, name), objects.map((object) => stringify(object)).join('---\n'));

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dorgu-apply-'));
    namespace = await cluster.createNamespace();
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  beforeEach(async () => {
    await cluster.expectKubectl(['delete', 'applicationpersonas', '--all', '-n', namespace]);
    write('two.yaml', createPersona('shop'), createPersona('web', { spec: { type: 'web' } }));
  });

  return {
    cluster,
    get namespace() {
      return namespace;
    },
    get folder() {
      return folder;
    },
    /** Manifests of the folder; `two.yaml` holds shop and web. */
    write,
    /** `persona apply` in the folder and the namespace. */
    apply: (...argv: string[]): Promise<Outcome> =>
      runIn(cluster, namespace, ['persona', 'apply', ...argv], { cwd: folder }),
    /** What a write would change: resourceVersion and generation. */
    version: (name: string) =>
      list(name, '-o', 'jsonpath={.metadata.resourceVersion} {.metadata.generation}'),
    /** What is there, a line each. */
    names: async () => (await list('-o', 'name')).trim().replaceAll('applicationpersona.dorgu.io/', ''),
  };
}
