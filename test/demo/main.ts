// `npm run demo`: a real control plane, the operator of this checkout, and the examples on it. Ctrl-C stops it and leaves nothing behind.
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startControlPlane, type ControlPlane } from '../cluster/control-plane.ts';
import { installCrds } from '../cluster/crds.ts';
import { interruptible } from '../cluster/interruption.ts';
import { kubectlEnvironment } from '../cluster/kubectl.ts';
import { createOperatorAccount } from '../cluster/operator-account.ts';
import { findPrograms } from '../cluster/programs.ts';
import { startDemoOperator } from './operator.ts';
import { applications, showApplication, showCluster, showNodes, showRollout } from './scenes.ts';
import { createShell, type Shell } from './shell.ts';

const help = `Shows the operator at work: a real control plane on this machine, nodes that are only played, the examples of this repository.

Usage:
  npm run demo -- [--once | --fast]

Options:
  --once      end after the last scene, instead of living until Ctrl-C
  --fast      as --once, with one of the examples only
  -h, --help  this text

stdout gets the commands and what they print, stderr gets progress. Exit code 0 also after Ctrl-C at the end.
`;

const root = resolve(import.meta.dirname, '../..');

interface Choice {
  isFast: boolean;
  isOnce: boolean;
}

/** The choice, `help`, or in one line what is wrong with the arguments. */
function readArguments(args: string[]): Choice | { help: true } | { wrong: string } {
  try {
    const flag = { type: 'boolean', default: false } as const;
    const { values } = parseArgs({
      args,
      options: { once: flag, fast: flag, help: { ...flag, short: 'h' } },
    });
    if (values.help) return { help: true };
    return { isFast: values.fast, isOnce: values.once || values.fast };
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
}

function report(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function runDemo(choice: Choice, signal: AbortSignal): Promise<void> {
  const search = await findPrograms({ environment: process.env, report, signal });
  if ('missing' in search) throw new Error(search.missing);
  if (search.programs.workloads === undefined)
    throw new Error(
      'the demo needs kube-controller-manager, kube-scheduler and kwok: unset KUBEBUILDER_ASSETS',
    );
  const folder = await mkdtemp(join(tmpdir(), 'kubectl-dorgu-demo-'));
  try {
    const plane = await startControlPlane({ programs: search.programs, nodes: 3, signal });
    try {
      await runOn(plane, folder, choice, signal);
    } finally {
      report('stopping');
      await plane.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runOn(
  plane: ControlPlane,
  folder: string,
  { isFast, isOnce }: Choice,
  signal: AbortSignal,
): Promise<void> {
  await installCrds(plane.kubectl, { signal });
  const kubeconfig = await createOperatorAccount(plane.kubectl, folder, { signal });
  const operator = startDemoOperator(kubeconfig, folder);
  try {
    report(`${plane.server}; the operator runs as process ${operator.pid} and logs to ${operator.logFile}`);
    const shell = createShell(folder, await prepareEnvironment(plane, folder), signal);
    await play(shell, isFast ? applications.slice(0, 1) : applications);
    if (!isOnce) await waitForInterruption(plane, signal);
  } catch (error) {
    const death = operator.death();
    if (death !== undefined) report(`the operator has ended:\n${death}`);
    throw error;
  } finally {
    await operator.stop();
  }
}

async function play(shell: Shell, names: readonly string[]): Promise<void> {
  await showCluster(shell);
  for (const name of names) await showApplication(shell, name);
  await showRollout(shell);
  await showNodes(shell);
}

/** A folder with copies of the examples, and a PATH on which kubectl finds this checkout's plugin. */
async function prepareEnvironment(plane: ControlPlane, folder: string): Promise<NodeJS.ProcessEnv> {
  await cp(join(root, 'examples'), join(folder, 'examples'), { recursive: true });
  const bin = join(folder, 'bin');
  await mkdir(bin);
  await symlink(join(root, 'bin/dev.js'), join(bin, 'kubectl-dorgu'));
  await symlink(plane.kubectl.program, join(bin, 'kubectl'));
  return {
    ...kubectlEnvironment(plane.kubectl),
    PATH: [bin, dirname(process.execPath), process.env['PATH']].join(delimiter),
    HOME: folder,
  };
}

/** Ends the demo well: the scenes are over. */
async function waitForInterruption(plane: ControlPlane, signal: AbortSignal): Promise<void> {
  report(`\nFor a look of your own, in a second terminal: export KUBECONFIG=${plane.kubectl.kubeconfig}`);
  report('Ctrl-C stops everything.');
  if (signal.aborted) return;
  await new Promise<void>((done) => signal.addEventListener('abort', () => done(), { once: true }));
}

const read = readArguments(process.argv.slice(2));
if ('help' in read) {
  process.stdout.write(help);
} else if ('wrong' in read) {
  process.stderr.write(`Error: ${read.wrong}\nRun "npm run demo -- --help" for what it takes.\n`);
  process.exitCode = 2;
} else {
  await interruptible((signal) => runDemo(read, signal));
}
