// What a run of `generate` starts from: its path, its flags, and where it was called.
import { resolve } from 'node:path';
import type { EffectiveClusterPersona } from '../../api/personas.ts';
import type { GenerationInput } from '../../generation/prepare-application.ts';
import type { Invocation } from '../invocation.ts';
import { product } from '../product.ts';

/** The pipeline's input. */
export function toGenerationInput(
  path: string,
  flags: Record<string, unknown>,
  { cwd, env, home, signal }: Pick<Invocation, 'cwd' | 'env' | 'home' | 'signal'>,
  clusterPersona: EffectiveClusterPersona | undefined,
): GenerationInput {
  const { 'compose-file': composeFiles, target } = flags as { 'compose-file'?: string[]; target?: string };
  return {
    directory: resolve(cwd, path),
    flags,
    clusterPersona,
    env,
    home,
    generatorVersion: product.version,
    signal,
    ...(composeFiles === undefined ? {} : { composeFiles }),
    ...(target === undefined ? {} : { target }),
  };
}
