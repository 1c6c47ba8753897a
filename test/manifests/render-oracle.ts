// Renders folders as helm and kustomize do: the Go program of render-oracle.
import { join } from 'node:path';
import { askGoProgram, provideGoProgram } from '../cluster/go-program.ts';

/** A folder to render. */
export interface RenderRequest {
  how: 'helm' | 'kustomize';
  folder: string;
  namespace?: string;
  values?: object;
  apiVersions?: readonly string[];
}

/** What comes of it. */
export interface Rendered {
  /** YAML, each with one object or more. */
  documents: string[] | null;
  /** What `helm lint --strict` says from warnings on. */
  complaints: string[] | null;
  error?: string;
}

/** Path of the program; see provideGoProgram. */
export function provideRenderer(environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  return provideGoProgram(join(import.meta.dirname, 'render-oracle'), environment);
}

/** One answer for each request, in order. */
export async function render(path: string, requests: readonly RenderRequest[]): Promise<Rendered[]> {
  return (await askGoProgram(path, requests, requests.length)) as Rendered[];
}
