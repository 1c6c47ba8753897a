// The one cluster of a test run: started when the first test asks for it, told to all, stopped at the end.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toConnection, type ClusterAnswer } from './connection.ts';
import { startControlPlane, type ControlPlane } from './control-plane.ts';
import { installCrds } from './crds.ts';
import { createOrphanGuard } from './orphan-guard.ts';
import { findPrograms } from './programs.ts';

/** The offer of a cluster: nothing runs until somebody connects to the socket. */
export interface SharedCluster {
  socketPath: string;
  /** Stops what was started, also in the middle of its start, and closes the socket. */
  close(): Promise<void>;
}

/** Opens the socket at which tests ask. `report` gets progress and, once, why there is no cluster. */
export async function offerCluster(report: (line: string) => void): Promise<SharedCluster> {
  const folder = await mkdtemp(join(tmpdir(), 'dorgu-test-'));
  const guard = createOrphanGuard(folder);
  const socketPath = join(folder, 'cluster.sock');
  const aborter = new AbortController();
  let controlPlane: ControlPlane | undefined;
  let answer: Promise<ClusterAnswer> | undefined;

  const start = async (): Promise<ClusterAnswer> => {
    try {
      const search = await findPrograms({ environment: process.env, report, signal: aborter.signal });
      if ('missing' in search) {
        report(`cluster tests are skipped: ${search.missing}`);
        return search;
      }
      controlPlane = await startControlPlane({ programs: search.programs, signal: aborter.signal });
      await installCrds(controlPlane.kubectl, { signal: aborter.signal });
      return { cluster: toConnection(controlPlane) };
    } catch (error) {
      return { failed: error instanceof Error ? error.message : String(error) };
    }
  };
  const server = createServer((socket) => {
    // A test that was cut off no longer wants the answer.
    socket.on('error', () => undefined);
    answer ??= start();
    void answer.then((value) => socket.end(JSON.stringify(value)));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(socketPath, resolve));
  server.unref();
  return {
    socketPath,
    close: async () => {
      aborter.abort(new Error('the test run ends'));
      await answer;
      await controlPlane?.stop();
      server.close();
      await rm(folder, { recursive: true, force: true });
      await guard.dismiss();
    },
  };
}
