// Installing the project's CustomResourceDefinitions into a cluster.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { compareText } from '../../src/api/compare-text.ts';
import { kubectlOrThrow, type KubectlOptions, type KubectlTarget } from './kubectl.ts';

const basesFolder = join(import.meta.dirname, '../../config/crd/bases');

/** Applies every file of config/crd/bases and waits until the API server serves them. Returns the names of the files, sorted. */
export async function installCrds(target: KubectlTarget, options: KubectlOptions = {}): Promise<string[]> {
  const files = (await readdir(basesFolder)).filter((name) => name.endsWith('.yaml')).sort(compareText);
  if (files.length === 0) return files;
  const paths = files.flatMap((name) => ['-f', join(basesFolder, name)]);
  await kubectlOrThrow(target, ['apply', '--server-side', ...paths], options);
  // kubectl trips over a CRD that a busy server has written no condition of yet.
  await kubectlOrThrow(
    target,
    ['wait', '--for=jsonpath={.status.conditions}', '--timeout=30s', ...paths],
    options,
  );
  await kubectlOrThrow(target, ['wait', '--for=condition=Established', '--timeout=30s', ...paths], options);
  return files;
}
