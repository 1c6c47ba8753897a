// `npm run cluster`: the tests' cluster for people. It prints a KUBECONFIG, lives until Ctrl-C and leaves nothing behind.
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { startControlPlane } from './control-plane.ts';
import { installCrds } from './crds.ts';
import { interruptible } from './interruption.ts';
import { findPrograms } from './programs.ts';

const help = `Starts a real Kubernetes control plane on this machine, with nodes that are only played.

Usage:
  npm run cluster -- [--nodes N]

Options:
  --nodes N   how many Ready nodes it has, 0 to 500 (default 3)
  -h, --help  this text

It builds the programs with Go on its first run, or takes them from KUBEBUILDER_ASSETS.
stdout gets shell lines for a second terminal, stderr gets progress. Ctrl-C stops it (exit code 0).
`;

const maxNodes = 500;

/** The number of nodes, `help`, or in one line what is wrong with the arguments. */
function readArguments(args: string[]): { nodes: number } | { help: true } | { wrong: string } {
  try {
    const { values } = parseArgs({
      args,
      options: {
        nodes: { type: 'string', default: '3' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) return { help: true };
    const isNumber = /^\d{1,3}$/.test(values.nodes) && Number(values.nodes) <= maxNodes;
    if (!isNumber)
      return { wrong: `--nodes: expected a number from 0 to ${maxNodes}, found "${values.nodes}"` };
    return { nodes: Number(values.nodes) };
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
}

function report(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function runUntilInterrupted(nodes: number, signal: AbortSignal): Promise<void> {
  const startMs = Date.now();
  const search = await findPrograms({ environment: process.env, report, signal });
  if ('missing' in search) throw new Error(search.missing);
  const controlPlane = await startControlPlane({ programs: search.programs, nodes, signal });
  try {
    const crds = await installCrds(controlPlane.kubectl, { signal });
    const { kubeconfig, program } = controlPlane.kubectl;
    const played = controlPlane.hasWorkloads
      ? `${nodes} nodes`
      : 'no nodes (KUBEBUILDER_ASSETS lacks the controllers)';
    report(
      `ready in ${((Date.now() - startMs) / 1000).toFixed(1)} s: ${controlPlane.server}, ${played}, ${crds.length} CRDs`,
    );
    process.stdout.write(
      `export KUBECONFIG=${quote(kubeconfig)}\nexport PATH=${quote(dirname(program))}:"$PATH"\n` +
        '# in a second terminal, after these two lines:\n' +
        '#   kubectl get nodes\n#   kubectl create deployment web --image=nginx --replicas=3 && kubectl rollout status deployment/web\n' +
        '#   kubectl explain applicationpersona.spec\n',
    );
    report(`logs are in ${controlPlane.folder}; Ctrl-C stops it`);
    signal.throwIfAborted();
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    report('stopping');
  } finally {
    await controlPlane.stop();
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

const read = readArguments(process.argv.slice(2));
if ('help' in read) {
  process.stdout.write(help);
} else if ('wrong' in read) {
  process.stderr.write(`Error: ${read.wrong}\nRun "npm run cluster -- --help" for what it takes.\n`);
  process.exitCode = 2;
} else {
  await interruptible((signal) => runUntilInterrupted(read.nodes, signal));
}
