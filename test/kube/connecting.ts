// Connections of tests: a kubeconfig in a folder of its own, nothing of the user's, and patience of milliseconds.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DorguError } from '../../src/api/errors.ts';
import type { KubeClient } from '../../src/kube/client.ts';
import { connect, type ConnectionTuning } from '../../src/kube/connect.ts';
import type { ConnectionOptions } from '../../src/kube/connection-options.ts';
import type { ClusterEntry, UserEntry } from '../../src/kube/kubeconfig/kubeconfig.ts';

/** Retries at once, so that tests do not wait; pauses are noted. */
export function createImpatience(pauses: number[] = []): ConnectionTuning {
  return {
    retry: {
      random: () => 0,
      sleep: (ms) => {
        pauses.push(ms);
        return Promise.resolve();
      },
    },
  };
}

/** A folder that is removed after the suite. Call it in a describe. */
export function useFolder(): { readonly path: string } {
  let path = '';
  before(() => (path = mkdtempSync(join(tmpdir(), 'dorgu-kube-'))));
  after(() => rmSync(path, { recursive: true, force: true }));
  return {
    get path() {
      return path;
    },
  };
}

/** Writes a kubeconfig of one context and gives its path. */
export function writeKubeconfig(
  folder: string,
  cluster: ClusterEntry,
  user: UserEntry = {},
  name = 'config',
): string {
  const path = join(folder, name);
  const content = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test', namespace: 'shop' } }],
    clusters: [{ name: 'test', cluster }],
    users: [{ name: 'test', user }],
  };
  writeFileSync(path, JSON.stringify(content), { mode: 0o600 });
  return path;
}

/** Connects with a kubeconfig and nothing else of this machine. */
export function connectWith(
  kubeconfig: string,
  options: Partial<ConnectionOptions> = {},
  tuning: ConnectionTuning = createImpatience(),
): Promise<KubeClient> {
  return connect(
    { env: { KUBECONFIG: kubeconfig }, home: '', cwd: '/', userAgent: 'kubectl-dorgu/test', ...options },
    tuning,
  );
}

/** What a promise is refused with; a test error where it is not, or with something else than our errors. */
export async function refusalOf(work: Promise<unknown> | (() => unknown)): Promise<DorguError> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (error) {
    if (error instanceof DorguError) return error;
    throw error;
  }
  throw new Error('expected a refusal');
}
