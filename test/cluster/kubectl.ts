// Running kubectl against the test cluster.
import { spawn } from 'node:child_process';

/** What a command answered. `code` is null when it was killed because it took too long. */
export interface KubectlResult {
  stdout: string;
  stderr: string;
  code: number | null;
}

/** A kubectl bound to a cluster: the program, the kubeconfig and a folder for its discovery cache. */
export interface KubectlTarget {
  program: string;
  kubeconfig: string;
  cacheFolder: string;
}

/** What a call may bring along: text for stdin, a signal that ends it, its time limit (60 s by default), more variables, another kubectl. */
export interface KubectlOptions {
  environment?: Readonly<Record<string, string>>;
  program?: string | undefined;
  input?: string;
  signal?: AbortSignal | undefined;
  timeoutMs?: number;
}

/** The environment in which kubectl, or a plugin run on its own, meets the test cluster and nothing of the user's. */
export function kubectlEnvironment({ kubeconfig, cacheFolder }: KubectlTarget): NodeJS.ProcessEnv {
  return { ...process.env, KUBECONFIG: kubeconfig, KUBECACHEDIR: cacheFolder, KUBECTL_KUBERC: 'false' };
}

/** Runs kubectl and resolves with its answer, whatever the exit code. Throws when it cannot be started, or on abort. */
export function runKubectl(
  target: KubectlTarget,
  args: readonly string[],
  { input = '', signal, timeoutMs = 60_000, environment, program = target.program }: KubectlOptions = {},
): Promise<KubectlResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { ...kubectlEnvironment(target), ...environment },
      timeout: timeoutMs,
      ...(signal ? { signal } : {}),
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.once('error', reject);
    child.once('close', (code) =>
      resolve({ stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString(), code }),
    );
    // A command that does not read its input closes it early; its exit code tells what it thinks of that.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

/** As {@link runKubectl}, for commands that have to work: returns stdout, throws with stderr on any other code than 0. */
export async function kubectlOrThrow(
  target: KubectlTarget,
  args: readonly string[],
  options: KubectlOptions = {},
): Promise<string> {
  const { stdout, stderr, code } = await runKubectl(target, args, options);
  if (code !== 0)
    throw new Error(`kubectl ${args.join(' ')} ended with ${code}: ${stderr.trim() || stdout.trim()}`);
  return stdout;
}
