// `recommend --write DIR`: the advice into settings, persona and manifests of an application that was generated.
import { join, resolve } from 'node:path';
import type { RecommendReport } from '../../cluster/recommend/recommended.ts';
import {
  planResize,
  writeResize,
  type NewSize,
  type ResizePlan,
} from '../../generation/resize-application.ts';
import { escapeText } from '../../ui/escape.ts';
import type { Invocation } from '../invocation.ts';
import { product } from '../product.ts';

/** Where, and whether it is only looked at. */
export interface WriteOptions {
  /** As it was given. */
  path: string;
  isDryRun: boolean;
}

/** What was changed, a line each, and notes; both empty where there is no advice. @throws as {@link planResize} and {@link writeResize} do */
export async function writeSizes(
  { workloads }: RecommendReport,
  { path, isDryRun }: WriteOptions,
  { cwd, env, home, signal }: Pick<Invocation, 'cwd' | 'env' | 'home' | 'signal'>,
): Promise<{ text: string; notes: readonly string[] }> {
  const sizes = workloads.flatMap(({ workload: { kind, name }, advice }) =>
    advice.map(({ container, resource, setting, recommended }): NewSize => ({
      ...{ kind, name, container, amount: recommended },
      field: `${setting}s`.concat('.', resource) as NewSize['field'],
    })),
  );
  if (sizes.length === 0) return { text: '', notes: [] };
  const directory = resolve(cwd, path);
  const plan = await planResize({ directory, env, home, signal, generatorVersion: product.version }, sizes);
  if (!isDryRun) writeResize(plan);
  return { text: formatChanged(plan, path, isDryRun), notes: formatNotes(plan) };
}

function formatChanged({ changed }: ResizePlan, path: string, isDryRun: boolean): string {
  const suffix = isDryRun ? ' (dry run)' : '';
  return changed.map((file) => `${escapeText(join(path, file))} changed${suffix}\n`).join('');
}

function formatNotes({ changed, notes }: ResizePlan): string[] {
  const nothing = changed.length === 0 ? ['nothing to change: the settings say so already'] : [];
  return [...notes, ...nothing].map(escapeText);
}
