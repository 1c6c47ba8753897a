// The README's walk through a cluster, run as written: `kubectl dorgu …` through the real kubectl, against a fresh control plane.
// `UPDATE_README=1 npx mocha test/walkthrough/readme.cluster.test.ts` writes what the commands print into the README.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { expect } from 'chai';
import { startControlPlane, type ControlPlane } from '../cluster/control-plane.ts';
import { kubectlEnvironment } from '../cluster/kubectl.ts';
import { findPrograms } from '../cluster/programs.ts';
import { useCluster } from '../cluster/use-cluster.ts';
import { readConsoleBlocks, withoutChance, writeConsoleBlocks } from './console-blocks.ts';

const root = resolve(import.meta.dirname, '../..');
const readme = join(root, 'README.md');

describe('the walk through a cluster in the README', function () {
  this.timeout(180_000);
  // Where there is no cluster to be had, this skips or fails as everywhere.
  useCluster({ workloads: true });
  let controlPlane: ControlPlane;
  let folder = '';
  let environment: NodeJS.ProcessEnv = {};

  before(async () => {
    const search = await findPrograms({ environment: process.env, report: () => undefined });
    if ('missing' in search) throw new Error(search.missing);
    controlPlane = await startControlPlane({ programs: search.programs });
    folder = mkdtempSync(join(tmpdir(), 'dorgu-readme-'));
    for (const name of ['examples', 'config'])
      cpSync(join(root, name), join(folder, name), { recursive: true });
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    symlinkSync(join(root, 'bin/run.js'), join(bin, 'kubectl-dorgu'));
    symlinkSync(controlPlane.kubectl.program, join(bin, 'kubectl'));
    environment = {
      ...kubectlEnvironment(controlPlane.kubectl),
      PATH: [bin, dirname(process.execPath), process.env['PATH']].join(delimiter),
      HOME: folder,
      LANG: 'C.UTF-8',
    };
  });
  after(async () => {
    await controlPlane.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('prints what the README says', async () => {
    const text = readFileSync(readme, 'utf8');
    const blocks = readConsoleBlocks(text, 'walkthrough');
    const found = [];
    for (const { steps, ...place } of blocks) {
      const ran = [];
      for (const { command } of steps)
        ran.push({ command, output: await runInShell(command, folder, environment) });
      found.push({ steps: ran, ...place });
    }
    if (process.env['UPDATE_README']) writeFileSync(readme, writeConsoleBlocks(text, found));
    else
      expect(found.flatMap(({ steps }) => steps.map(toText)).join('\n')).to.equal(
        blocks.flatMap(({ steps }) => steps.map(toText)).join('\n'),
      );
    expect(blocks.length).to.be.greaterThan(0);
  });
});

const toText = ({ command, output }: { command: string; output: string }) =>
  withoutChance(`$ ${command}\n${output}`);

/** Both streams as a terminal would show them; whatever the exit code. */
function runInShell(command: string, cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn('sh', ['-c', `(${command}) 2>&1`], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    child.on('error', fail);
    child.on('close', () => done(output));
  });
}
