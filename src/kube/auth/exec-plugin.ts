// Credentials from a program that the kubeconfig names, as client-go's credential plugins.
import { DorguError } from '../../api/errors.ts';
import type { ClusterEntry, ExecEntry } from '../kubeconfig/kubeconfig.ts';
import type { Authenticator } from './authenticator.ts';
import { toBearer } from './bearer.ts';
import { execApiVersions, formatExecInfo, parseExecCredential, type ExecCredential } from './exec-info.ts';
import { runPlugin, type PluginResult } from './run-plugin.ts';

/** What a plugin's run depends on. */
export interface ExecSurroundings {
  env: Readonly<Record<string, string | undefined>>;
  cluster: ClusterEntry;
  /** The cluster's CA, PEM. */
  ca: Buffer | undefined;
  /** Whether somebody sits at standard input. */
  isTerminal: boolean;
  now?: () => number;
  /** For a plugin that cannot ask anybody. */
  timeoutMs?: number;
}

const defaultTimeoutMs = 120_000;

/** Runs the plugin when credentials are needed first, have expired, or were refused. @throws DorguError ExecPluginInvalid */
export function createExecAuthenticator(exec: ExecEntry, surroundings: ExecSurroundings): Authenticator {
  const { command, apiVersion } = expectUsable(exec);
  const isInteractive = mayInteract(exec, command, surroundings.isTerminal);
  const now = surroundings.now ?? Date.now;
  let current: ExecCredential | undefined;
  let running: Promise<ExecCredential> | undefined;
  const run = async (signal: AbortSignal | undefined): Promise<ExecCredential> => {
    const result = await execute(exec, command, apiVersion, isInteractive, surroundings, signal);
    return parseExecCredential(result.stdout, command, apiVersion);
  };
  // Requests that come meanwhile wait for the same run.
  const obtain = async (signal: AbortSignal | undefined): Promise<ExecCredential> => {
    running ??= run(signal).finally(() => (running = undefined));
    current = await running;
    return current;
  };
  return {
    async credentials(signal) {
      const isFresh = current !== undefined && (current.expiresAt === undefined || now() < current.expiresAt);
      const { token, certificate } = isFresh && current !== undefined ? current : await obtain(signal);
      return {
        headers: token === undefined ? {} : toBearer(token, `the credential plugin ${command}`),
        certificate,
      };
    },
    async renew(signal) {
      const before = current;
      const after = await obtain(signal);
      return after.token !== before?.token || after.certificate?.cert !== before?.certificate?.cert;
    },
  };
}

function expectUsable(exec: ExecEntry): { command: string; apiVersion: string } {
  const { command, apiVersion } = exec;
  if (!command) throw invalid("expected a command in the exec of the kubeconfig's user, found none");
  if (!apiVersion || !execApiVersions.includes(apiVersion))
    throw invalid(
      `expected apiVersion ${execApiVersions.join(' or ')} for the credential plugin ${command}, found ${JSON.stringify(apiVersion ?? '')}`,
    );
  if (apiVersion === execApiVersions[0] && !exec.interactiveMode)
    throw invalid(
      `expected interactiveMode (Never, IfAvailable, Always) for the credential plugin ${command}, found none`,
    );
  return { command, apiVersion };
}

function mayInteract(
  { interactiveMode = 'IfAvailable' }: ExecEntry,
  command: string,
  isTerminal: boolean,
): boolean {
  switch (interactiveMode) {
    case 'Never':
      return false;
    case 'IfAvailable':
      return isTerminal;
    case 'Always':
      if (isTerminal) return true;
      throw new DorguError(
        'ExecPluginFailed',
        `the credential plugin ${command} has to ask you, and standard input is no terminal`,
        {
          hint: 'run it in a terminal, or take credentials that need nobody: --token, --context',
        },
      );
    default:
      throw invalid(
        `expected interactiveMode Never, IfAvailable or Always for the credential plugin ${command}, found ${JSON.stringify(interactiveMode)}`,
      );
  }
}

async function execute(
  exec: ExecEntry,
  command: string,
  apiVersion: string,
  isInteractive: boolean,
  { env, cluster, ca, timeoutMs = defaultTimeoutMs }: ExecSurroundings,
  signal: AbortSignal | undefined,
): Promise<PluginResult> {
  const info = formatExecInfo(apiVersion, isInteractive, exec.provideClusterInfo ? cluster : undefined, ca);
  const result = await runPlugin({
    command,
    args: exec.args ?? [],
    env: { ...env, ...toVariables(exec.env), KUBERNETES_EXEC_INFO: info },
    isInteractive,
    // Somebody who logs in takes the time that it takes.
    timeoutMs: isInteractive ? 0 : timeoutMs,
    signal,
  }).catch((error: unknown) => {
    throw signal?.aborted ? error : explainStart(exec, command, error);
  });
  if (result.code === 0) return result;
  throw failed(command, `ended with ${result.code ?? 'a signal'}`, result.complaint || undefined, exec);
}

function toVariables(env: ExecEntry['env'] = []): Record<string, string> {
  return Object.fromEntries(env.map(({ name, value }) => [name, value]));
}

function explainStart(exec: ExecEntry, command: string, cause: unknown): DorguError {
  const { code } = cause as NodeJS.ErrnoException;
  const why =
    code === 'ENOENT' ? 'is not installed' : code === 'EACCES' ? 'may not be run' : 'did not finish';
  return failed(command, why, cause, exec);
}

function failed(command: string, why: string, cause: unknown, { installHint }: ExecEntry): DorguError {
  return new DorguError('ExecPluginFailed', `the credential plugin ${command} ${why}`, {
    cause,
    hint:
      installHint ??
      "the kubeconfig's user names it in exec.command: install it, log in, or take another --context",
  });
}

function invalid(message: string): DorguError {
  return new DorguError('ExecPluginInvalid', message, {
    hint: 'mend exec of the user in the kubeconfig, or have it written anew',
  });
}
