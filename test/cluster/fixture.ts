// Mocha's global fixture (.mocharc.json requires it): one cluster for a whole run, also with --parallel, if any test asks for one.
import { socketVariable } from './connection.ts';
import { endingSignals } from './interruption.ts';
import { offerCluster, type SharedCluster } from './shared-cluster.ts';

let shared: SharedCluster | undefined;

/** Runs once, in mocha's main process, before any test; workers inherit the variable. */
export async function mochaGlobalSetup(): Promise<void> {
  // Somebody who runs single files again and again may keep a cluster running and name its socket.
  if (process.env[socketVariable]) return;
  shared = await offerCluster((line) => process.stderr.write(`${line}\n`));
  process.env[socketVariable] = shared.socketPath;
  for (const name of Object.keys(endingSignals) as (keyof typeof endingSignals)[]) {
    process.once(name, () => void mochaGlobalTeardown().finally(() => process.exit(endingSignals[name])));
  }
}

/** Runs once after the last test. */
export async function mochaGlobalTeardown(): Promise<void> {
  await shared?.close();
}
