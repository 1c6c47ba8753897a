// The personas of an application's folder, as commands ask for them: with progress, and with settings' warnings.
import { resolve } from 'node:path';
import type { EffectiveClusterPersona } from '../../api/personas.ts';
import { planPersonas, type PersonaPlan } from '../../generation/plan-personas.ts';
import { createProgress } from '../../ui/progress.ts';
import type { Invocation } from '../invocation.ts';
import { product } from '../product.ts';
import type { SourceFlagValues } from './source-flags.ts';

/** Analyses the folder. @throws DorguError as analysis and settings do */
export async function planFromSource(
  path: string,
  flags: SourceFlagValues,
  { cwd, env, home, signal, stderr }: Invocation,
  clusterPersona?: EffectiveClusterPersona,
): Promise<PersonaPlan> {
  const progress = createProgress(stderr);
  const { 'compose-file': composeFiles, target, name, tag, namespace } = flags;
  const plan = await planPersonas({
    directory: resolve(cwd, path),
    flags: { name, tag, namespace },
    clusterPersona,
    env,
    home,
    generatorVersion: product.version,
    onProgress: (step) => progress.update(step),
    signal,
    ...(composeFiles === undefined ? {} : { composeFiles }),
    ...(target === undefined ? {} : { target }),
  }).finally(() => progress.stop());
  signal.throwIfAborted();
  return plan;
}
