// kubeconfigs read as kubectl reads them: generated ones, object by object and error by error, against the real kubectl.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { DorguError } from '../../src/api/errors.ts';
import { flattenKubeconfig } from '../../src/kube/kubeconfig/flatten.ts';
import { loadKubeconfig } from '../../src/kube/kubeconfig/load.ts';
import { requestCluster } from '../cluster/connection.ts';
import { useCluster } from '../cluster/use-cluster.ts';
import { kubeconfigCase, writeCase, type KubeconfigCase } from './kubeconfig-cases.ts';

const caseCount = 300;
const atOnce = 4;

/** `refused` where one of them does not take it: the words differ, the verdict may not. */
type Reading = { config: unknown } | { refused: string };

describe('300 generated kubeconfigs', function () {
  this.timeout(300_000);
  useCluster();
  let folder = '';
  let kubectl = '';
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dorgu-kubeconfigs-'));
    const answer = await requestCluster(process.env);
    if ('cluster' in answer) kubectl = answer.cluster.kubectl.program;
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('read as kubectl config view --minify --raw --flatten reads them', async () => {
    const cases = fc.sample(kubeconfigCase, { seed: 20_261_123, numRuns: caseCount });
    const verdicts = { taken: 0, refused: 0 };
    const differences: unknown[] = [];
    const readOne = async (generated: KubeconfigCase, index: number): Promise<void> => {
      // One folder deeper: files of ../ belong to the case as well, or another one would write them while kubectl reads.
      const env = { KUBECONFIG: writeCase(join(folder, String(index), 'home'), generated) };
      const theirs = await askKubectl(kubectl, env, folder, generated.context);
      const ours = readOurselves(env, folder, generated.context);
      const isSame =
        'config' in theirs && 'config' in ours
          ? isDeepStrictEqual(ours.config, theirs.config)
          : 'config' in theirs === 'config' in ours;
      if (!isSame) differences.push({ theirs, ours, generated });
      verdicts['config' in theirs ? 'taken' : 'refused'] += 1;
    };
    const queue = cases.entries();
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (const [index, generated] of queue) await readOne(generated, index);
      }),
    );
    expect(differences.length, JSON.stringify(differences[0], null, 1)).to.equal(0);
    // Both kinds of case are there in numbers, so that agreement says something.
    expect(verdicts.taken).to.be.greaterThan(caseCount / 3);
    expect(verdicts.refused).to.be.greaterThan(caseCount / 20);
  });
});

function askKubectl(
  program: string,
  env: { KUBECONFIG: string },
  home: string,
  context: string | undefined,
): Promise<Reading> {
  const args = ['config', 'view', '--minify', '--raw', '--flatten', '-o', 'json'];
  if (context !== undefined) args.push(`--context=${context}`);
  return new Promise((resolve) => {
    execFile(
      program,
      args,
      { env: { ...env, HOME: home, KUBECTL_KUBERC: 'false' } },
      (error, stdout, stderr) =>
        resolve(error === null ? { config: JSON.parse(stdout) as unknown } : { refused: stderr }),
    );
  });
}

function readOurselves(env: { KUBECONFIG: string }, home: string, context: string | undefined): Reading {
  try {
    const config = flattenKubeconfig(loadKubeconfig({ env, home, cwd: home }), context);
    return { config: JSON.parse(JSON.stringify(config)) as unknown };
  } catch (error) {
    if (!(error instanceof DorguError)) throw error;
    return { refused: error.message };
  }
}
