// `kubectl dorgu …` as kubectl runs it: found on the PATH, with the cluster's kubectl and with the one that this machine has.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { expect } from 'chai';
import { useCluster } from '../cluster/use-cluster.ts';

const root = resolve(import.meta.dirname, '../..');

/** The kubectl on this machine's PATH; undefined where there is none. */
function findInstalled(): string | undefined {
  try {
    return realpathSync(execFileSync('which', ['kubectl'], { encoding: 'utf8' }).trim());
  } catch {
    return undefined;
  }
}

/** Command lines that only read, or write into the namespace that follows; in an order that makes sense. */
const commandLines: [words: string[], code: number][] = [
  [['dorgu', 'version'], 0],
  [['dorgu', 'persona', 'apply', join(root, 'examples/go-greeter')], 0],
  [['dorgu', 'persona', 'list'], 0],
  [['dorgu', 'persona', 'status', 'go-greeter'], 0],
  [['dorgu', 'persona', 'diff', 'go-greeter'], 1],
  [['dorgu', 'persona', 'import'], 0],
  [['dorgu', 'persona', 'delete', 'go-greeter'], 0],
  [['dorgu', 'cluster', 'init', 'test', '--dry-run=server'], 0],
  [['dorgu', 'cluster', 'describe'], 0],
];

describe('the plugin, run by kubectl', function () {
  this.timeout(120_000);
  const cluster = useCluster();
  let folder = '';

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'dorgu-plugin-'));
    mkdirSync(join(folder, 'bin'));
    symlinkSync(join(root, 'bin/run.js'), join(folder, 'bin/kubectl-dorgu'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('works with the kubectl of the cluster', () => expectAllToWork(undefined));

  it('works with the kubectl of this machine', async function () {
    const installed = findInstalled();
    if (installed === undefined) this.skip();
    await expectAllToWork(installed);
  });

  async function expectAllToWork(program: string | undefined): Promise<void> {
    const namespace = await cluster.createNamespace();
    const PATH = [join(folder, 'bin'), dirname(process.execPath), process.env['PATH']].join(delimiter);
    const environment = { PATH, KUBECONFIG: useNamespace(cluster.kubeconfig, namespace) };
    const outcomes = [];
    for (const [words] of commandLines) {
      const { code, stderr } = await cluster.kubectl(words, { environment, program });
      outcomes.push([words, code, code === 0 || code === 1 ? '' : stderr]);
    }
    expect(outcomes).to.deep.equal(commandLines.map(([words, code]) => [words, code, '']));
  }

  /** A kubeconfig in front of the cluster's that names another namespace: the first to say wins. */
  function useNamespace(kubeconfig: string, namespace: string): string {
    const path = join(folder, `${namespace}.yaml`);
    writeFileSync(
      path,
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        'current-context': namespace,
        contexts: [{ name: namespace, context: { cluster: 'dorgu-test', user: 'admin', namespace } }],
      }),
      { mode: 0o600 },
    );
    return [path, kubeconfig].join(delimiter);
  }
});
