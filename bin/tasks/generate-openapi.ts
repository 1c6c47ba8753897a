// Refreshes src/checks/openapi from a real API server of the version that the tests run: `npm run generate:openapi`.
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { startControlPlane } from '../../test/cluster/control-plane.ts';
import { interruptible } from '../../test/cluster/interruption.ts';
import { kubectlOrThrow } from '../../test/cluster/kubectl.ts';
import { findPrograms, type Programs } from '../../test/cluster/programs.ts';
import { formatSnapshot, selectSchemas, snapshotSources, type OpenApiDocument } from './openapi-snapshot.ts';

const folder = join(import.meta.dirname, '../../src/checks/openapi');

await interruptible(async (signal) => {
  const report = (line: string): void => void process.stderr.write(`${line}\n`);
  const search = await findPrograms({ environment: process.env, report, signal });
  if ('missing' in search) throw new Error(search.missing);
  // An API server and etcd suffice: controllers do not change what is served.
  const { etcd, kubeApiserver, kubectl } = search.programs;
  const programs: Programs = { etcd, kubeApiserver, kubectl };
  const controlPlane = await startControlPlane({ programs, signal });
  try {
    await mkdir(folder, { recursive: true });
    for (const { path, kinds, file } of snapshotSources) {
      const text = await kubectlOrThrow(controlPlane.kubectl, ['get', '--raw', `/openapi/v3/${path}`], {
        signal,
      });
      const snapshot = formatSnapshot(selectSchemas(JSON.parse(text) as OpenApiDocument, kinds));
      await writeFile(join(folder, file), snapshot);
      report(
        `wrote ${relative(process.cwd(), join(folder, file))} (${Math.round(snapshot.length / 1024)} KiB)`,
      );
    }
  } finally {
    await controlPlane.stop();
  }
});
