// What the tests of `persona import` share: the command in this process, and the cluster before and after it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useCluster } from '../../cluster/use-cluster.ts';
import { runHere } from '../command-line.ts';

/** Thirty workloads as people write them. */
export const variedWorkloads = readFileSync(
  join(import.meta.dirname, '../../fixtures/adoption/varied-workloads.yaml'),
  'utf8',
);

/** What stands before the name of a persona in kubectl's words. */
export const personaKind = 'applicationpersona.dorgu.io';

interface PersonaList {
  items: { metadata: { name: string; resourceVersion: string }; spec: Record<string, unknown> }[];
}

/** To be called in a describe. `folder` is where the command runs, removed in the end. */
export function useImport() {
  const cluster = useCluster();
  const session = {
    cluster,
    folder: '',
    run: (argv: readonly string[]) =>
      runHere(['persona', 'import', ...argv], {
        cwd: session.folder,
        env: { KUBECONFIG: cluster.kubeconfig },
      }),
    apply: (namespace: string, yaml: string) =>
      cluster.expectKubectl(['apply', '-n', namespace, '--validate=false', '-f', '-'], { input: yaml }),
    personasIn: async (namespace: string) =>
      JSON.parse(
        await cluster.expectKubectl(['get', 'applicationpersonas', '-n', namespace, '-o', 'json']),
      ) as PersonaList,
  };
  before(() => {
    session.folder = mkdtempSync(join(tmpdir(), 'dorgu-import-'));
  });
  after(() => rmSync(session.folder, { recursive: true, force: true }));
  return session;
}
