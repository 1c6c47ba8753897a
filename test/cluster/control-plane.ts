// One control plane: its programs started in order, and stopped in reverse, with nothing left behind.
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  listApiServerFlags,
  listControllerManagerFlags,
  listEtcdFlags,
  listSchedulerFlags,
  type Ports,
} from './control-plane-flags.ts';
import { writeCredentials, type Credentials } from './credentials.ts';
import { findFreePorts } from './free-port.ts';
import { kubectlOrThrow, type KubectlTarget } from './kubectl.ts';
import { formatNodes, listKwokFlags, writeKwokConfig, type PodForwards } from './kwok.ts';
import { createOrphanGuard, type OrphanGuard } from './orphan-guard.ts';
import type { Programs, WorkloadPrograms } from './programs.ts';
import { isApiServerReady } from './readiness.ts';
import { startProgram, type RunningProgram } from './running-program.ts';
import { waitUntil } from './wait-until.ts';

/** A control plane that answers requests. */
export interface ControlPlane {
  /** https://127.0.0.1:port */
  server: string;
  /** kubectl with an administrator's kubeconfig. */
  kubectl: KubectlTarget;
  /** Whether there are controllers, a scheduler and nodes, so that pods run. */
  hasWorkloads: boolean;
  /** In the order of the start. */
  programs: readonly ControlledProgram[];
  /** Whether the API server answers /readyz with 200. */
  isReady(): Promise<boolean>;
  /** Where data, keys and logs are, until it is stopped. */
  folder: string;
  /** Stops everything and removes the folder. May be called more than once. */
  stop(): Promise<void>;
}

/** One program of it, to be tormented by whoever has started the control plane for that. */
export type ControlledProgram = Pick<
  RunningProgram,
  'name' | 'pid' | 'logFile' | 'kill' | 'pause' | 'resume' | 'startAgain'
>;

/** What to start: `nodes` that kwok plays (2 by default), and where port-forwards lead. */
export interface ControlPlaneOptions {
  programs: Programs;
  nodes?: number;
  /** More flags of the API server: an audit log, priorities, limits. */
  apiServerFlags?: readonly string[];
  forwardPodsTo?: PodForwards;
  signal?: AbortSignal | undefined;
}

/** What is under way while a control plane starts. */
interface Site {
  folder: string;
  ports: Ports;
  server: string;
  credentials: Credentials;
  start(program: string, flags: readonly string[]): Promise<void>;
  /** Waits for a condition; fails at once when a program dies. */
  until(what: string, ask: () => Promise<boolean>): Promise<void>;
}

const attempts = 3;

/**
 * Starts a control plane. Throws, with nothing left running, when a program dies (its
 * message holds the end of its log) or `signal` aborts. A port that was snatched meanwhile is no reason to fail: it tries again.
 */
export async function startControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(options);
    } catch (error) {
      const isPortTaken = error instanceof Error && error.message.includes('address already in use');
      if (!isPortTaken || attempt === attempts) throw error;
    }
  }
}

async function startOnce({
  programs,
  nodes = 2,
  apiServerFlags = [],
  forwardPodsTo,
  signal,
}: ControlPlaneOptions): Promise<ControlPlane> {
  signal?.throwIfAborted();
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'kubectl-dorgu-cluster-')));
  const guard = createOrphanGuard(folder);
  const running: RunningProgram[] = [];
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopping ??= stopAll(running, folder).finally(() => guard.dismiss()));
  try {
    const site = await prepareSite(
      folder,
      signal,
      async (program, flags) => {
        signal?.throwIfAborted();
        const started = await startProgram(
          program,
          flags,
          join(folder, `${program.split('/').at(-1) ?? 'program'}.log`),
        );
        running.push(guarded(started, guard));
      },
      () => running.map((program) => program.death()).find((death) => death !== undefined),
    );
    const kubectl = {
      program: programs.kubectl,
      kubeconfig: site.credentials.kubeconfigs.admin,
      cacheFolder: join(folder, 'kubectl-cache'),
    };
    await startApiServer(site, programs, apiServerFlags);
    if (programs.workloads) await startWorkloads(site, programs.workloads, forwardPodsTo);
    if (programs.workloads) await createNodes(kubectl, nodes, signal);
    const { authorityPem, admin } = site.credentials;
    return {
      server: site.server,
      kubectl,
      hasWorkloads: programs.workloads !== undefined,
      programs: running,
      isReady: () => isApiServerReady(site.server, authorityPem, admin),
      folder,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function prepareSite(
  folder: string,
  signal: AbortSignal | undefined,
  start: Site['start'],
  findDeath: () => string | undefined,
): Promise<Site> {
  const [etcd = 0, apiServer = 0, kubelet = 0] = await findFreePorts(3);
  const server = `https://127.0.0.1:${apiServer}`;
  return {
    folder,
    ports: { etcd, apiServer, kubelet },
    server,
    credentials: await writeCredentials(join(folder, 'keys'), server),
    start,
    until: async (what, ask) => {
      await waitUntil(
        what,
        async () => {
          const death = findDeath();
          if (death !== undefined) throw new Error(death);
          return (await ask()) || undefined;
        },
        { timeoutMs: 60_000, signal },
      );
    },
  };
}

/** Whatever pid it has after another start, it is killed should we be. */
function guarded(program: RunningProgram, guard: OrphanGuard): RunningProgram {
  guard.watch(program.pid);
  const startAgain = async (): Promise<void> => {
    await program.startAgain();
    guard.watch(program.pid);
  };
  return Object.create(program, { startAgain: { value: startAgain } }) as RunningProgram;
}

async function startApiServer(site: Site, programs: Programs, moreFlags: readonly string[]): Promise<void> {
  const { credentials, ports, server } = site;
  await site.start(programs.etcd, listEtcdFlags(join(site.folder, 'etcd'), ports, credentials));
  await site.start(programs.kubeApiserver, [...listApiServerFlags(ports, credentials), ...moreFlags]);
  await site.until(`${server}/readyz`, () =>
    isApiServerReady(server, credentials.authorityPem, credentials.admin),
  );
}

async function startWorkloads(
  site: Site,
  programs: WorkloadPrograms,
  forwardPodsTo?: PodForwards,
): Promise<void> {
  const { credentials, ports } = site;
  await site.start(programs.kubeControllerManager, listControllerManagerFlags(credentials));
  await site.start(programs.kubeScheduler, listSchedulerFlags(credentials));
  const config = await writeKwokConfig(join(site.folder, 'kwok.yaml'), programs.kwokStages, forwardPodsTo);
  const { certificate, key } = credentials.serving;
  await site.start(
    programs.kwok,
    listKwokFlags({
      kubeconfig: credentials.kubeconfigs.kwok,
      config,
      port: ports.kubelet,
      certificate,
      key,
    }),
  );
}

async function createNodes(kubectl: KubectlTarget, count: number, signal?: AbortSignal): Promise<void> {
  if (count === 0) return;
  await kubectlOrThrow(kubectl, ['create', '-f', '-'], { input: formatNodes(count), signal });
  await kubectlOrThrow(kubectl, ['wait', '--for=condition=Ready', 'node', '--all', '--timeout=60s'], {
    signal,
    timeoutMs: 90_000,
  });
}

/** Stops in reverse order. The clients get a moment; the API server and etcd hold nothing that outlives the run. */
async function stopAll(running: readonly RunningProgram[], folder: string): Promise<void> {
  for (const program of running.toReversed()) await program.stop(2000);
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}
